using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>The kernels' methods: each is printed once, however many regions call it, and those that come out alike share one.</summary>
internal sealed class KernelMethods(Dialect dialect, ChooseStrategy strategies, ForwardGraph graph)
{
    // A method over samples knows how far apart they stand, which for a row of a sequence depends on the scan.
    private readonly Dictionary<(Kernel Kernel, bool ReadsPast, string Strides), KernelMethod> _methods = [];
    private readonly Dictionary<string, KernelMethod> _printed = [];
    private readonly List<KernelMethod> _numbered = [];

    /// <summary>Around the number of the method that is called, in code whose width is not known yet.</summary>
    private const char Callee = '\uE004';
    private readonly Dictionary<Kernel, string> _inLanes = [];

    // The rows of sequences stand back to back, and then so do the samples: a batch is more rows.
    private readonly bool _padsSamples = !graph.Kernels.Any(static k => k is Affine { Rows: > 1 } or Scan);

    // Buffers in the caller's memory.
    private readonly HashSet<Ir.Buffer> _outside = [];

    /// <summary>The larger buffer of each row that the scan being printed for a block works on.</summary>
    public Dictionary<Ir.Buffer, Ir.Buffer> Rows { get; } = [];

    private readonly NameScope _names = new();

    /// <summary>A name for a method that comes from a layer's.</summary>
    public string NameFor(string method) => NameMark.Method + _names.Unique(method);

    /// <summary>
    /// A part of a vector of parameters is read as a whole vector, with what stands behind. Not where the last step has just
    /// written them one by one: a processor passes a store on only to a load that it covers.
    /// </summary>
    public bool ReadsPast { get; set; } = true;

    /// <summary>Says that a buffer lies in the caller's memory, before anything is printed.</summary>
    public void LivesOutside(Ir.Buffer output) => _outside.Add(output);

    /// <summary>What calls a kernel's method: a mark, until all of the caller is printed and <see cref="Resolve"/> knows for which lanes.</summary>
    public string MethodOf(Kernel kernel) => MethodOf(kernel, kernel.IsOverBatch);

    /// <param name="takesSamples">It is the method over all samples of a batch, or of a block.</param>
    public string MethodOf(Kernel kernel, bool takesSamples) => Mark(PrintedOf(kernel, takesSamples));

    private static string Mark(KernelMethod method) => FormattableString.Invariant($"{Callee}{method.Number}{Callee}");

    /// <summary>
    /// Names the methods that a text calls. Those that are generic over the lanes are called for the caller's, where all of them are as wide as the widest:
    /// then the caller is generic itself, and its widest lanes are given back. Others choose their width each time.
    /// </summary>
    public (string Text, Lanes? Widest) Resolve(string text)
    {
        string[] parts = text.Split(Callee);
        if (parts.Length == 1)
            return (text, null);
        Lanes? widest = parts.Where(static (_, k) => k % 2 == 1).Select(p => _numbered[int.Parse(p, System.Globalization.CultureInfo.InvariantCulture)].Widest)
            .OrderByDescending(static l => l?.Count ?? 0).First();
        for (int k = 1; k < parts.Length; k += 2)
        {
            KernelMethod method = _numbered[int.Parse(parts[k], System.Globalization.CultureInfo.InvariantCulture)];
            bool isGeneric = widest is not null && method.Widest == widest;
            method.IsCalledByItself |= !isGeneric;
            parts[k] = method.Name + (isGeneric ? LanesTypes.Parameters : "");
        }

        return (string.Concat(parts), widest);
    }

    /// <summary>Calls a kernel's method; where it has one for the widest vectors alone, elsewhere those of the kernels that it is made of.</summary>
    public static void EmitCalls(CodeWriter w, Kernel kernel, Action<Kernel> call)
    {
        if (kernel is not GatedProduct { IsWide: true } gated)
        {
            call(kernel);
            return;
        }

        using (w.Block($"if ({Lanes.Sixteen.Class}.IsHardwareAccelerated)"))
            call(kernel);
        using (w.Block("else"))
        {
            foreach (Kernel part in gated.Apart)
                call(part);
        }
    }

    private KernelMethod PrintedOf(Kernel kernel, bool takesSamples)
    {
        string strides = takesSamples ? string.Join(" ", kernel.Operands.Select(o => StrideOf(o.Buffer))) : "";
        if (_methods.TryGetValue((kernel, ReadsPast, strides), out KernelMethod? known))
            return known;
        Strategy strategy = strategies.Of(kernel);
        List<string> parameters = [.. kernel.Operands.Select(o => dialect.Parameter(o.Buffer, o.IsWritten)), .. kernel.Scalars.Select(Declare)];
        if (takesSamples)
            parameters.Insert(0, "int samples");
        var body = new CodeWriter();
        if (strategy != Strategy.Loops)
            EmitLengths(body, kernel);
        if (kernel is Scan scan)
            return _methods[(kernel, ReadsPast, strides)] = ScanOf(scan, strides, parameters);

        KernelWriter Print(CodeWriter to, PortableForm? portable)
        {
            var writer = new KernelWriter(to, dialect, strategy, kernel.Statements, kernel.Operands.Select(static o => o.Buffer).Distinct().Select(Surroundings), parameters, strategies.WritesVectorsOut, portable)
            {
                Most = strategies.Widest,
            };
            if (takesSamples)
                kernel.EmitOverBatch(writer, StrideOf);
            else
                kernel.Emit(writer);
            return writer;
        }

        KernelWriter printed = Print(body, null);
        IReadOnlyList<Companion> companions = printed.Companions;
        Lanes? sole = printed.Sole;
        // What is written out is a few numbers.
        if (dialect.HasPortableVectors && strategy == Strategy.Loops)
            (body, companions) = OverPortableVectors(body, Print);

        return _methods[(kernel, ReadsPast, strides)] = Share(kernel, strides, kernel.Formula, kernel.GivesLoss ? "double" : "void", parameters, body.ToString(), companions, strategy == Strategy.Inline, sole);
    }

    /// <summary>
    /// A body that chooses between the kernel's form over portable vectors and the one over numbers; the latter alone, where those vectors have no form of it.
    /// </summary>
    private (CodeWriter Body, IReadOnlyList<Companion> Companions) OverPortableVectors(CodeWriter numbers, Func<CodeWriter, PortableForm?, KernelWriter> print)
    {
        (Helper[], Function[], string[]) called = dialect.Called;
        var vectors = new CodeWriter();
        var form = new PortableForm();
        IReadOnlyList<Companion> companions = print(vectors, form).Companions;
        // Numbers alone stand there already.
        if (!form.IsPossible || companions.Count == 0)
        {
            dialect.Forget(called);
            return (numbers, []);
        }

        dialect.UseLanes(PortableLanes.Fit);
        var body = new CodeWriter();
        using (body.Block($"if ({form.Condition})"))
            body.Line(vectors.ToString().TrimEnd('\n'));
        using (body.Block("else"))
            body.Line(numbers.ToString().TrimEnd('\n'));
        return (body, companions);
    }

    /// <summary>A scan calls the methods of its kernels, and is generic where they are.</summary>
    private KernelMethod ScanOf(Scan scan, string strides, List<string> parameters)
    {
        var calls = new CodeWriter();
        new ScanEmitter(dialect, this).EmitSample(calls, scan);
        (string text, Lanes? widest) = Resolve(calls.ToString());
        if (widest is not { } lanes)
            return Share(scan, strides, scan.Formula, "void", parameters, text, [], isInline: false, null);
        var body = new CodeWriter();
        KernelWriter.Dispatch(body, KernelWriter.Self.ToString(), lanes, parameters, returns: false);
        return Share(scan, strides, scan.Formula, "void", parameters, body.ToString(), [new Companion("", null, parameters, text)], isInline: false, lanes);
    }

    public string ElementwiseOf(Kernel kernel)
    {
        if (_methods.TryGetValue((kernel, ReadsPast, ""), out KernelMethod? known))
            return Mark(known);
        Ir.Buffer[] buffers = [.. kernel.Operands.Select(static o => o.Buffer).Distinct()];
        var body = new CodeWriter();
        string[] parameters = ["int count", .. buffers.Select(static b => "ref float " + b.Name)];
        var writer = new KernelWriter(body, dialect, Strategy.Loops, 0, buffers.Select(static b => (b, 0, 0)), parameters, portable: dialect.HasPortableVectors ? new PortableForm() : null);
        kernel.EmitElements(writer);
        return Mark(_methods[(kernel, ReadsPast, "")] = Share(kernel, "", kernel.Formula + ", over so many elements", "void", parameters, body.ToString(), writer.Companions, isInline: false, null));
    }

    public string InLanes(Kernel kernel)
    {
        if (!_inLanes.TryGetValue(kernel, out string? name))
            _inLanes[kernel] = name = NameFor(kernel.Name + "InLanes");
        return name;
    }

    /// <summary>From one sample's values to the next one's: in scratch, whole vectors.</summary>
    public int StrideOf(Ir.Buffer buffer) => Rows.TryGetValue(buffer, out Ir.Buffer? whole) ? StrideOf(whole) : _padsSamples && buffer.Role == BufferRole.Activation && !_outside.Contains(buffer) ? PlanMemory.Room(buffer.Size) : buffer.Size;

    public void EmitAttribute(CodeWriter w, bool isInline = false)
    {
        if (isInline)
            w.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining | global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
        else if (dialect.Target.HasAggressiveOptimization)
            w.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
    }

    public static string NameOf(Scalar scalar) => scalar switch
    {
        Scalar.LearningRate => "learningRate",
        Scalar.StepSize => "stepSize",
        Scalar.Epsilon => "epsilon",
        Scalar.Clip => "clip",
        Scalar.Scale => "scale",
        Scalar.Step => KernelNames.Step,
        _ => "seed",
    };

    public static string Declare(Scalar scalar) => (scalar switch
    {
        Scalar.Scale => "double ",
        Scalar.Seed => "ulong ",
        Scalar.Step => "int ",
        _ => "float ",
    }) + NameOf(scalar);

    /// <summary>Prints the methods of all kernels that regions called.</summary>
    public void EmitKernels(CodeWriter w)
    {
        foreach (Kernel kernel in _inLanes.Keys)
            EmitInLanes(w, kernel);
        foreach (KernelMethod method in _printed.Values)
        {
            w.Line("// " + method.Formula);
            if (method.Sharers.Count > 0)
                w.Line("// Also called for " + string.Join(", ", method.Sharers.Take(3)) + (method.Sharers.Count > 3 ? FormattableString.Invariant($" and {method.Sharers.Count - 3} more") : "") + ", of the same sizes.");
            if (method.Widest is null || method.IsCalledByItself)
            {
                EmitAttribute(w, method.IsInline || method.Widest is not null);
                using (w.Block($"internal static {method.Returns} {method.Name}({string.Join(", ", method.Parameters)})"))
                    w.Line(Named(method.Body));
                w.Line();
            }

            foreach (Companion companion in method.Companions)
            {
                EmitAttribute(w, method.IsInline && method.Widest is not null);
                w.Line($"private static {companion.Returns ?? method.Returns} {method.Name}{companion.Suffix}{(dialect.HasVectors ? LanesTypes.Parameters : "")}({string.Join(", ", companion.Parameters)})");
                using (w.Block(dialect.HasVectors ? "    " + LanesTypes.Constraints : null))
                    w.Line(Named(companion.Body));
                w.Line();
            }

            string Named(string body) => body.TrimEnd('\n').Replace(KernelWriter.Self.ToString(), method.Name);
        }
    }

    private void EmitInLanes(CodeWriter w, Kernel kernel)
    {
        w.Line("// " + kernel.Formula + ", for as many samples as there are lanes");
        EmitAttribute(w);
        IEnumerable<string> parameters = kernel.Operands.Select(o => dialect.Parameter(o.Buffer, o.IsWritten)).Concat(kernel.Scalars.Select(Declare));
        w.Line($"private static {(kernel.GivesLoss ? "double" : "void")} {_inLanes[kernel]}{LanesTypes.Parameters}({string.Join(", ", parameters)})");
        using (w.Block("    " + LanesTypes.Constraints))
        {
            var code = new CodeBuilder();
            Local? losses = kernel.GivesLoss ? code.Variable("losses", Term.Zero) : null;
            Term? weights = kernel.GivesLoss ? code.Let("weights", Term.All(Term.Of(Operation.ToFloat, new Argument("scale", Kind.Double)))) : null;
            var lanes = new LaneWriter(code, static _ => 0, static _ => null, StrideOf) { Losses = losses, Weights = weights };
            foreach (Operand operand in kernel.Operands.Where(static o => !o.IsWritten))
                lanes.Gather(operand.Buffer, MemoryOf(operand.Buffer));
            kernel.EmitLanes(lanes);
            foreach (Operand operand in kernel.Operands.Where(static o => o.IsWritten))
                lanes.Scatter(operand.Buffer, MemoryOf(operand.Buffer));
            if (losses is not null)
                code.Return(Term.Of(Operation.Sum, new Get(losses)));
            new CodePrinter(w, dialect, [.. kernel.Operands.Select(static o => o.Buffer.Name), .. kernel.Scalars.Select(NameOf)]).Print(code.Steps);
        }

        static Memory MemoryOf(Ir.Buffer buffer) => new(buffer.Name, element: VectorDialect.TypeOf(buffer));

        w.Line();
    }

    /// <summary>The method of a kernel, as it is printed.</summary>
    /// <param name="Widest">The widest lanes of the one method, generic over them, that is all of it.</param>
    private sealed record KernelMethod(
        string Name, string Formula, string Returns, IReadOnlyList<string> Parameters, string Body, IReadOnlyList<Companion> Companions, bool IsInline, Lanes? Widest)
    {
        /// <summary>By which it is called as long as its caller's width is not known.</summary>
        public int Number { get; init; }

        /// <summary>Some caller is not generic over its lanes.</summary>
        public bool IsCalledByItself { get; set; }

        /// <summary>Other kernels that come out alike but for the names of their buffers, and call this one.</summary>
        public List<string> Sharers { get; } = [];
    }

    /// <summary>A method for the kernel: one that is there already where only the names of values differ.</summary>
    private KernelMethod Share(
        Kernel kernel, string strides, string formula, string returns, IReadOnlyList<string> parameters, string body, IReadOnlyList<Companion> companions, bool isInline, Lanes? widest)
    {
        string key = Numbered(returns + string.Join(", ", parameters) + "\n" + body + string.Concat(companions.Select(static c => c.Body)), [.. kernel.Operands.Select(static o => o.Buffer.Name)]);
        if (_printed.TryGetValue(key, out KernelMethod? method))
        {
            method.Sharers.Add(kernel.Name);
            return method;
        }

        string name = NameFor(_methods.ContainsKey((kernel, !ReadsPast, strides)) ? kernel.Name + "InTraining" : kernel.Name);
        _printed[key] = method = new KernelMethod(name, formula, returns, parameters, body, companions, isInline, widest) { Number = _numbered.Count };
        _numbered.Add(method);
        return method;
    }

    /// <summary>A text with numbers for the names of values, in their order. It is read for every kernel of every network, so it allocates little.</summary>
    private static string Numbered(string text, HashSet<string> operands)
    {
        HashSet<int> lengths = [.. operands.Select(static o => o.Length)];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var result = new System.Text.StringBuilder(text.Length);
        int copied = 0;
        foreach (CSharpWord word in CSharpWord.In(text).Where(w => w.IsMarked ? text[w.Start] is not (NameMark.Method or NameMark.Alias) : lengths.Contains(w.Length)))
        {
            string name = text.Substring(word.Start, word.Length);
            if (!word.IsMarked && !operands.Contains(name))
                continue;
            if (!numbers.TryGetValue(name, out int number))
                numbers[name] = number = numbers.Count;
            result.Append(text, copied, word.Start - copied).Append('#').Append(number);
            copied = word.Start + word.Length;
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>With its lengths known, the JIT drops the bounds checks of straight-line code.</summary>
    private void EmitLengths(CodeWriter w, Kernel kernel)
    {
        string[] lengths = [.. kernel.Operands.Select(o => dialect.AssumeLength(o.Buffer)).OfType<string>()];
        if (lengths.Length == 0)
            return;
        w.Line("// With constant lengths the JIT needs no bounds checks below.");
        foreach (string length in lengths)
            w.Line(length);
        w.Line();
    }

    /// <summary>
    /// How many elements behind a buffer's end a vector may read, and write: the next parameters; in scratch, what fills the
    /// last vector.
    /// </summary>
    private (Ir.Buffer Buffer, int Readable, int Writable) Surroundings(Ir.Buffer buffer)
    {
        if (ReadsPast && buffer.Role == BufferRole.Parameter && graph.Parameters.TryGetValue(buffer.Name, out PlacedParameter placed))
            return (buffer, graph.Parameters.Values.Max(static p => p.Offset + p.Parameter.Size) - placed.Offset - buffer.Size, 0);
        int rest = Rows.ContainsKey(buffer) ? 0 : StrideOf(buffer) - buffer.Size;
        return (buffer, rest, rest);
    }
}
