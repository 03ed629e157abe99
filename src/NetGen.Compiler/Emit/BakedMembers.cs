using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>
/// The weights that are compiled in, and the member that predicts with them. Where the target has static data without an object
/// (<see cref="Target.HasStaticSpans"/>), they are read where they lie in the assembly's image, numbers in the source and resources alike; elsewhere an array
/// holds them.
/// </summary>
internal sealed class BakedMembers(Dialect dialect, Program program, BakedWeights weights, MemberNames names, string className)
{
    private const int NumbersOfLine = 8;

    private readonly string _kernels = names.Kernels;

    /// <summary>They are read where they lie, in the assembly.</summary>
    private readonly bool _inPlace = dialect.Target.HasStaticSpans && weights.Presented.Count == 0;

    /// <summary>Forward needs no scratch of the caller's.</summary>
    private readonly bool _usesStack = CoreMembers.UsesStack(dialect, program);

    /// <summary>How one sample is predicted by the halves themselves; null where it is not.</summary>
    public ReadHalves? Halves { get; } = dialect.HasVectors && dialect.Target.HasStaticSpans && weights.Presented.Count == 0 && weights.Storage != Storage.Float32
        && program.Network.ParameterCount >= Tuning.Halves.LeastParameters && program.Inference.Count <= Tuning.Source.KernelsOfMethod
        ? ReadHalves.Run(program.Inference, program.Graph, weights.Storage) : null;

    /// <summary>Floats of scratch that one sample takes then.</summary>
    private int ScratchOfOne => Halves is null ? 0 : Halves.Floats + program.InferencePlan.Size;

    /// <summary>A line of the header.</summary>
    public string Description => $"Weights: {Printable(weights.File)}, compiled in as {weights.Storage.ToString().ToLowerInvariant()}{(weights.Resource is null ? "" : weights.Presented.Count > 0 ? ", copied from a resource when they are first used" : ", in a resource")}: {CSharpLiteral.Grouped((weights.Storage == Storage.Float32 ? 4L : 2L) * program.Network.ParameterCount)} bytes.";

    private bool NeedsScratch => !_usesStack || ScratchOfOne > Tuning.Source.ForwardOnStack;

    /// <summary>A statement that copies the weights into an instance's.</summary>
    public string Copy(string parameters) => _inPlace || (weights.Storage != Storage.Float32 && dialect.Target.HasSpan)
        ? $"{_kernels}.Baked.CopyTo({parameters});"
        : dialect.Target.HasSpan ? $"global::System.MemoryExtensions.AsSpan({_kernels}.Baked).CopyTo({parameters});"
        : $"global::System.Array.Copy({_kernels}.Baked, {parameters}, {parameters}.Length);";

    /// <summary>The static member: no instance, nothing to load.</summary>
    public void EmitPredict(CodeWriter w, RegionSet regions)
    {
        string read = dialect.ReadOnly(), write = dialect.Writable;
        w.Summary($"The outputs of n samples, by the weights of {Escape(weights.File)}, which are compiled in. No state, nothing to load{(dialect.Target.IsSmall && NeedsScratch ? "; for one thread at a time" : ", safe from any thread")}.");
        w.Line("/// <param name=\"inputs\">n samples back to back: n InputSize floats.</param>");
        w.Line("/// <param name=\"outputs\">n OutputSize floats; every one is written. Must not overlap the inputs.</param>");
        w.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not agree with the others; nothing was written.</exception>");
        CoreMembers.Optimize(w, dialect);
        using (w.Block($"public static void Predict({read} inputs, {write} outputs)"))
        {
            string many = $"Forward({_kernels}.Baked, inputs, outputs{(_usesStack ? "" : $", {_kernels}.PredictScratch")});";
            if (regions.Predict is not { } one)
                w.Line(many);
            else
                EmitPredictOne(w, one, many);
        }

        w.Line();
    }

    /// <summary>One sample reads the halves; of more, each number is needed more often, and it is floats that are read.</summary>
    private void EmitPredictOne(CodeWriter w, Region one, string many)
    {
        using (w.Block("if (inputs.Length == InputSize && outputs.Length == OutputSize)"))
        {
            if (Checks.Indices(program.Network).Count > 0)
                w.Line($"{_kernels}.CheckIndices(inputs, \"inputs\");");
            string scratch = ScratchOfOne == 0 ? dialect.Whole("default") : ScratchOfOne <= Tuning.Source.ForwardOnStack ? dialect.Stack(w, ScratchOfOne) : dialect.Whole($"{_kernels}.PredictScratch");
            w.Line($"{_kernels}.{one.Call(a => a switch
            {
                RegionArgument.Parameters => dialect.Whole($"{_kernels}.Halves"),
                RegionArgument.Input => dialect.Whole("inputs"),
                RegionArgument.Output => dialect.Whole("outputs"),
                _ => scratch,
            })};");
        }

        using (w.Block("else"))
            w.Line(many);
    }

    /// <summary>The data, in the nested class.</summary>
    public void EmitData(CodeWriter w)
    {
        string count = Invariant($"{program.Network.ParameterCount}");
        string type = weights.Storage == Storage.Float32 ? "float" : "ushort", what = weights.Storage == Storage.Float32 ? "" : $", as {weights.Storage.ToString().ToLowerInvariant()}s";
        if (weights.Values is not null)
        {
            w.Summary($"The weights of {Escape(weights.File)}, as the parameter table lays them out{what}.");
            string name = weights.Storage == Storage.Float32 ? "Baked" : "Halves";
            if (dialect.Target.HasStaticSpans)
            {
                w.Line($"internal static {dialect.ReadOnly(type)} {name}");
                using (w.Block(null))
                {
                    w.Line("get");
                    using (w.Block(null))
                    {
                        w.Line("// Of constants this is no array: the span is of the assembly's own data.");
                        w.Line($"return new {type}[]");
                        EmitNumbers(w, ";");
                    }
                }
            }
            else
            {
                w.Line($"internal static readonly {type}[] {name} =");
                EmitNumbers(w, ";");
            }
        }
        else if (_inPlace)
            EmitInPlace(w, type, count);
        else
            EmitRead(w, count);

        w.Line();
        if (weights.Storage != Storage.Float32)
            EmitWidened(w, count);
        if (NeedsScratch)
            EmitScratch(w);
    }

    /// <summary>A resource lies in the assembly's image, which the runtime maps and never moves.</summary>
    private void EmitInPlace(CodeWriter w, string type, string count)
    {
        string name = weights.Storage == Storage.Float32 ? "Baked" : "Halves", size = weights.Storage == Storage.Float32 ? "4" : "2";
        w.Line($$"""
            /// <summary>The weights of {{Escape(weights.File)}}, as the parameter table lays them out, where they lie in the assembly's image.</summary>
            internal static {{dialect.ReadOnly(type)}} {{name}}
            {
                get { return global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref global::System.Runtime.CompilerServices.Unsafe.AddByteOffset(ref global::System.Runtime.CompilerServices.Unsafe.NullRef<{{type}}>(), WeightsAddress), {{count}}); }
            }

            // Only where the resource is no memory; kept, for its address is all that else would be.
            private static byte[]{{Nullable}} WeightsCopy;

            private static readonly nint WeightsAddress = FindWeights();

            private static nint FindWeights()
            {
                global::System.IO.Stream{{Nullable}} stream = typeof({{className}}).Assembly.GetManifestResourceStream({{CSharpLiteral.String(weights.Resource!)}});
                if (stream is null || stream.Length != {{size}}L * {{count}})
                    throw new global::System.InvalidOperationException({{CSharpLiteral.String($"The assembly has no resource '{weights.Resource}' of the right length: it was not built by NetGen's build step for weights.")}});
                if (stream is global::System.IO.UnmanagedMemoryStream && global::System.BitConverter.IsLittleEndian)
                {
                    // C# takes a pointer only where a project allows unsafe code. This asks for it by name, once.
                    object{{Nullable}} pointer = typeof(global::System.IO.UnmanagedMemoryStream).GetProperty("PositionPointer"){{Sure}}.GetValue(stream);
                    return (nint)typeof(nint).GetConstructor(new global::System.Type[] { typeof(void).MakePointerType() }){{Sure}}.Invoke(new object{{Nullable}}[] { pointer });
                }

                // Pinned memory does not move.
                byte[] bytes = global::System.GC.AllocateArray<byte>((int)stream.Length, pinned: true);
                stream.ReadExactly(bytes);
                for (int k = 0; !global::System.BitConverter.IsLittleEndian && k < bytes.Length; k += {{size}})
                    global::System.Array.Reverse(bytes, k, {{size}});
                WeightsCopy = bytes;
                return global::System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
            }
            """);
    }

    private string Nullable => dialect.Target.IsNullable ? "?" : "";

    private string Sure => dialect.Target.IsNullable ? "!" : "";

    /// <summary>A resource into an array, once.</summary>
    private void EmitRead(CodeWriter w, string count)
    {
        bool isHalves = weights.Storage != Storage.Float32;
        string size = isHalves ? "2" : "4", type = isHalves ? "ushort" : "float";
        w.Summary($"The weights of {Escape(weights.File)}, as the parameter table lays them out: read from the assembly when they are first used.");
        w.Line($"internal static readonly {type}[] {(isHalves ? "Halves" : "Baked")} = ReadWeights();");
        w.Line();
        using (w.Block($"private static {type}[] ReadWeights()"))
        {
            w.Line($$"""
                global::System.IO.Stream{{Nullable}} stream = typeof({{className}}).Assembly.GetManifestResourceStream({{CSharpLiteral.String(weights.Resource!)}});
                if (stream == null)
                    throw new global::System.InvalidOperationException({{CSharpLiteral.String($"The assembly has no resource '{weights.Resource}': it was not built by NetGen's build step for weights.")}});
                byte[] bytes = new byte[stream.Length];
                for (int read = 0, more; read < bytes.Length; read += more)
                {
                    more = stream.Read(bytes, read, bytes.Length - read);
                    if (more == 0)
                        throw new global::System.InvalidOperationException({{CSharpLiteral.String($"The resource '{weights.Resource}' ends too early.")}});
                }

                for (int k = 0; !global::System.BitConverter.IsLittleEndian && k < bytes.Length; k += {{size}})
                    global::System.Array.Reverse(bytes, k, {{size}});
                {{type}}[] weights = new {{type}}[{{count}}];
                """);
            if (weights.Presented.Count > 0)
                EmitPresented(w);
            else
                w.Line("global::System.Buffer.BlockCopy(bytes, 0, weights, 0, bytes.Length);");
            w.Line("return weights;");
        }
    }

    /// <summary>The halves as floats: made by the first who needs all of them at once.</summary>
    private void EmitWidened(CodeWriter w, string count)
    {
        (int bits, int exponents, int bias) = weights.Storage == Storage.Float16 ? (10, 32, 15) : (7, 256, 127);
        if (dialect.HasVectors)
            dialect.Use(Helper.AlignedFloats);
        (string type, string view) = dialect.HasVectors ? ("AlignedFloats", ".Span") : ("float[]", "");
        w.Line(Invariant($$"""
            /// <summary>The weights as floats: made when they are first used.</summary>
            internal static {{dialect.ReadOnly()}} Baked
            {
                get { return Widened.Floats{{view}}; }
            }

            private static class Widened
            {
                internal static readonly {{type}} Floats = Widen();

                private static {{type}} Widen()
                {
                    {{type}} floats = new {{(dialect.HasVectors ? $"AlignedFloats({count})" : $"float[{count}]")}};
                    // By its exponent, what the digits of a half count.
                    double[] units = new double[{{exponents}}];
                    for (int e = 0; e < units.Length; e++)
                        units[e] = global::System.Math.Pow(2.0, global::System.Math.Max(e, 1) - {{bias + bits}});
                    for (int k = 0; k < {{count}}; k++)
                    {
                        int half = Halves[k], e = (half >> {{bits}}) & {{exponents - 1}}, digits = half & {{(1 << bits) - 1}};
                        double size = (e == 0 ? digits : digits + {{1 << bits}}) * units[e];
                        floats{{view}}[k] = (float)((half & 0x8000) == 0 ? size : -size);
                    }

                    return floats;
                }
            }
            """));
        w.Line();
    }

    /// <summary>From the order of the file to that of the network.</summary>
    private void EmitPresented(CodeWriter w)
    {
        w.Line("float[] values = new float[bytes.Length / 4];");
        w.Line("global::System.Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);");
        Dictionary<string, int> starts = weights.Presented.ToDictionary(static p => p.Parameter, static p => p.Start);
        foreach (ParameterPlace place in BakedLayout.PlacesOf(program.Network))
        {
            int next = starts[place.Name];
            w.Line($"// {place.Name} {Excerpt.Shape(place.Shape)}");
            string source = next == 0 ? "" : Invariant($"{next} + "), index = "";
            var terms = new List<string>();
            var open = new Stack<System.IDisposable>();
            for (int axis = 0; axis < place.Shape.Count; axis++)
            {
                string name = "ijklmn"[axis].ToString();
                open.Push(w.Block(KernelWriter.Loop(name, place.Shape[axis])));
                index = axis == 0 ? name : Invariant($"{(axis > 1 ? $"({index})" : index)} * {place.Shape[axis]} + {name}");
                terms.Add(place.Strides[axis] == 1 ? name : Invariant($"{name} * {place.Strides[axis]}"));
            }

            w.Line(Invariant($"weights[{place.Offset} + {string.Join(" + ", terms)}] = values[{source}{index}];"));
            while (open.Count > 0)
                open.Pop().Dispose();
        }
    }

    /// <summary>Parameter by parameter, in the order in which they are kept.</summary>
    private void EmitNumbers(CodeWriter w, string end)
    {
        w.Line("{");
        foreach (Binding.PlacedParameter placed in program.Network.Parameters)
        {
            Parameter p = placed.Parameter;
            w.Line(Invariant($"    // {placed.Name} {Excerpt.Shape(p.Shape)}, element {string.Join(" + ", p.Strides.Select((s, axis) => s == 1 ? "ijklmn"[axis].ToString() : Invariant($"{"ijklmn"[axis]} * {s}")))}"));
            for (int at = 0; at < p.Size; at += NumbersOfLine)
                w.Line("    " + string.Join(" ", Enumerable.Range(placed.Offset + at, System.Math.Min(NumbersOfLine, p.Size - at)).Select(k => Number(weights.Values![k]) + ",")));
        }

        w.Line("}" + end);
    }

    private string Number(float value) => weights.Storage == Storage.Float32 ? CSharpLiteral.Float(value) : Invariant($"0x{BakedLayout.Half(value, weights.Storage):X4}");

    /// <summary>What Predict works on, of each thread its own.</summary>
    private void EmitScratch(CodeWriter w)
    {
        string type = dialect.HasVectors ? "AlignedFloats" : "float[]";
        string size = ScratchOfOne <= Tuning.Source.ForwardOnStack ? "ScratchSize" : Invariant($"global::System.Math.Max(ScratchSize, {ScratchOfOne})");
        if (dialect.HasVectors)
            dialect.Use(Helper.AlignedFloats);
        bool isOfThread = !dialect.Target.IsSmall;
        if (isOfThread)
            w.Line("[global::System.ThreadStatic]");
        w.Line($"private static {type}{(dialect.HasVectors || !dialect.Target.IsNullable ? "" : "?")} t_predictScratch;");
        w.Line();
        w.Summary(isOfThread ? "What Predict works on: each thread has its own, from its first call on." : "What Predict works on, from the first call on.");
        w.Line($"internal static {dialect.Writable} PredictScratch");
        using (w.Block(null))
        {
            w.Line("get");
            using (w.Block(null))
            {
                w.Line(dialect.HasVectors ? "if (t_predictScratch.Length == 0)" : "if (t_predictScratch == null)");
                w.Line($"    t_predictScratch = new {(dialect.HasVectors ? $"AlignedFloats({size})" : $"float[{size}]")};");
                w.Line($"return t_predictScratch{(dialect.HasVectors ? ".Span" : "")};");
            }
        }

        w.Line();
    }

    private static string Escape(string text) => Printable(text).Replace("&", "&amp;").Replace("<", "&lt;");

    /// <summary>Without what would end a comment.</summary>
    private static string Printable(string text) => new([.. text.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '\uFFFD' : c)]);
}
