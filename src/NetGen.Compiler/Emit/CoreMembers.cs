using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>The constants, the parameter table, and the pure static core over the caller's memory.</summary>
internal sealed class CoreMembers(CodeWriter w, Dialect dialect, Program program, MemberNames names, RegionSet regions)
{
    private readonly Network _network = program.Network;
    private readonly string _read = dialect.ReadOnly();
    private readonly string _write = dialect.Writable;

    /// <summary>Where Forward's scratch is: on the stack, where the dialect has one and it is small.</summary>
    public static bool UsesStack(Dialect dialect, Program program) => dialect.Target.HasSpan && program.ScratchFloats <= Tuning.Source.ForwardOnStack && program.InferenceBlocks.Panel <= Tuning.Samples.StackLimit;

    /// <summary>Floats of scratch that Forward needs of the caller.</summary>
    private int CallersScratch => System.Math.Max(StepMembers.CallersScratch(dialect, program), UsesStack(dialect, program) ? 0
        : regions.Blocks is { Infer: not null } blocks ? System.Math.Max(program.ScratchFloats + blocks.Inference.Panel, blocks.Inference.Scratch) : program.ScratchFloats);

    public static string StepName(Network network) => network.Optimizer.Kind == "sgd" ? "SgdStep" : "OptimizerStep";

    public void EmitConstants()
    {
        int scratch = CallersScratch;
        Constant("InputSize", _network.Input.Size, $"Floats of one sample's input, {Shape(_network.Input)}.");
        Constant("OutputSize", _network.Output.Size, $"Floats of one sample's output, {Shape(_network.Output)}.");
        if (_network.NamesOutputs && program.Training is not null)
            Constant("TargetSize", _network.TargetSize, "Floats of one sample's targets: those of each output that has a loss.");
        if (_network.HasParts)
            EmitParts();
        Constant("ParameterCount", _network.ParameterCount, "The elements of all parameters in <see cref=\"ParameterTable\"/>.");
        Constant("ParameterBufferSize", _network.ParameterCount, "Floats of a parameter buffer and of a gradient buffer.");
        Constant("ScratchSize", scratch, scratch == 0 ? "Floats of scratch that Forward needs of the caller: none, the stack serves." : "Floats of scratch that Forward needs of the caller.");
        if (program.Training is not { } t)
            return;
        w.Summary("Floats of scratch that training needs of the caller for so many samples.");
        w.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">The number of samples is negative.</exception>");
        using (w.Block("public static int TrainingScratchSize(int samples)"))
        {
            using (w.Block("if (samples < 0)"))
                w.Line($"throw {Checks.OutOfRange(dialect.Target, "\"samples\"", "samples", "\"samples must be at least 0\"")};");
            if (regions.Blocks?.Training is { Samples: null } whole)
                w.Line(Invariant($"return checked(global::System.Math.Max(samples, 1) * {t.Plan.Size + t.TargetFloats} + {whole.Batch + whole.Panel});"));
            else if (regions.Blocks is { SampleFloats: { } floats } lanes)
                w.Line(Invariant($"return global::System.Math.Max({t.Plan.Size}, (global::System.Math.Min(samples, {lanes.Training!.Samples!.Value}) + {LaneEmitter.MostLanes - 1}) / {LaneEmitter.MostLanes} * {LaneEmitter.MostLanes * floats}){(t.TargetFloats == 0 ? "" : Invariant($" + global::System.Math.Min(samples, {lanes.Training!.Samples!.Value}) * {t.TargetFloats}"))};"));
            else if (regions.Blocks?.Training is { } blocks)
            {
                string size = Invariant($"global::System.Math.Min(global::System.Math.Max(samples, 1), {blocks.Samples}) * {t.Plan.Size + t.TargetFloats}{(blocks.Panel > 0 ? Invariant($" + {blocks.Panel}") : "")}");
                w.Line($"return {size};");
            }
            else
                w.Line(Invariant($"return {t.Plan.Size + t.TargetFloats};"));
        }

        w.Line();
        Constant("OptimizerStateSize", t.StateSize, t.StateSize == 0 ? "Floats that the optimizer keeps between steps: none." : "Floats that the optimizer keeps between steps; zeros begin it.");
    }

    public void EmitTable()
    {
        string table = dialect.ReadOnly("ParameterInfo");
        w.Summary("Every parameter and where it lies in a parameter buffer, in the order of the layers." + (dialect.Target.IsSmall ? " Made on each call: nothing keeps it." : ""));
        w.Line($"public static {table} ParameterTable");
        using (w.Block(null))
            w.Line($"get {{ return {names.Kernels}.Table{(dialect.Target.IsSmall ? "()" : "")}; }}");
        w.Line();
        w.Summary("One parameter and where it lies in a parameter buffer: element [i, j, …] at Offset + i Strides[0] + j Strides[1] + …");
        using (w.Block(StructHead(dialect.Target)))
        {
            using (w.Block("internal ParameterInfo(string name, int[] shape, int offset, int[] strides)"))
            {
                foreach (string property in new[] { "Name", "Shape", "Offset", "Strides" })
                    w.Line($"{property} = {char.ToLowerInvariant(property[0])}{property.Substring(1)};");
            }

            foreach ((string type, string property, string summary) in new[]
            {
                ("string", "Name", "The layer's name, a dot and the parameter's: hidden.weight."),
                ("int[]", "Shape", "The shape as presented: [out, in] for a dense layer's weight, as in PyTorch. Not to be written to."),
                ("int", "Offset", "Where element [0, 0, …] lies."),
                ("int[]", "Strides", "How many floats apart neighbours along each axis lie. Not to be written to."),
            })
            {
                w.Line();
                w.Summary(summary);
                w.Line($"public {type} {property} {{ get; }}");
            }
        }

        w.Line();
    }

    public void EmitForward()
    {
        w.Summary("The outputs of n samples. Pure: no state, no allocation, safe from any thread.");
        Parameter("parameters", "ParameterBufferSize floats.");
        Parameter("inputs", "n samples back to back: n InputSize floats.");
        Parameter("outputs", "n OutputSize floats; every one is written. Must not overlap the inputs.");
        Parameter("scratch", "At least ScratchSize floats, whatever they hold.");
        ArgumentExceptions();
        Optimize();
        using (w.Block($"public static void Forward({_read} parameters, {_read} inputs, {_write} outputs, {dialect.OptionalScratch})"))
        {
            if (!dialect.HasReferences)
            {
                Line("int samples = {0}.SampleCount(" + dialect.Length("inputs") + ");");
                CheckParameters();
                Check("outputs", "(long)samples * OutputSize", "samples times OutputSize");
                CheckIndices(w, names.Kernels + ".");
                string scratch = Scratch(program.InferencePlan.Size);
                using (w.Block("for (int sample = 0; sample < samples; sample++)"))
                    w.Line(Call(regions.Infer!, scratch) + ";");
            }
            else
                EmitForwardInBlocks();
        }

        w.Line();
    }

    /// <summary>The inputs and outputs as buffers of their own.</summary>
    public static PartBuffers PartsOf(Program program)
    {
        Network network = program.Network;
        Ir.Buffer Part(string member, int size, Ir.BufferRole role) => new(NameMark.Value + char.ToLowerInvariant(member[0]).ToString() + member.Substring(1), size, role);
        return new PartBuffers(
            network.Inputs.Count == 1 ? [(program.Graph.Input, 0)] : [.. network.Inputs.Select(i => (Part(i.Member + "Input", i.Shape.Size, Ir.BufferRole.Input), i.Offset))],
            network.Outputs.Count == 1 ? [(program.Graph.Output, 0)] : [.. network.Outputs.Select(o => (Part(o.Member + "Output", o.Shape.Size, Ir.BufferRole.Activation), o.Offset))]);
    }

    /// <summary>Where the parts stand, in classes of constants.</summary>
    private void EmitParts()
    {
        EmitOffsets("Inputs", "Where each input stands in a sample", _network.Inputs.Select(static i => (i.Name, i.Member, i.Shape, i.Offset)));
        EmitOffsets("Outputs", "Where each output stands in a sample's", _network.Outputs.Select(static o => (o.Name, o.Member, o.Shape, o.Offset)));
        if (program.Training is null || _network.TargetSize == _network.Output.Size)
            return;
        OutputPart[] trained = [.. _network.Trained];
        EmitOffsets("Targets", "Where the targets of each output stand in a sample's", trained.Select((o, k) => (o.Name, o.Member, o.Shape, trained.Take(k).Sum(static t => t.Shape.Size))));
    }

    private void EmitOffsets(string name, string summary, IEnumerable<(string Name, string Member, Shapes.Shape Shape, int Offset)> parts)
    {
        w.Summary(summary + ".");
        using (w.Block($"public static class {name}"))
        {
            bool isFirst = true;
            foreach ((string part, string member, Shapes.Shape shape, int offset) in parts)
            {
                if (!isFirst)
                    w.Line();
                isFirst = false;
                w.Summary($"Where {part} begins.");
                w.Line(Invariant($"public const int {member}Offset = {offset};"));
                w.Line();
                w.Summary($"Floats of {part}, {Shape(shape)}.");
                w.Line(Invariant($"public const int {member}Size = {shape.Size};"));
            }
        }

        w.Line();
    }

    /// <summary>The parameters of ForwardParts, each with the constant that says how long it is for a sample.</summary>
    public static IReadOnlyList<(string Parameter, string Size, string Name, bool IsWritten)> PartParameters(Network network)
    {
        var taken = new HashSet<string> { "parameters", "scratch" };
        string Unique(string member) => UniqueIn(taken, char.ToLowerInvariant(member[0]) + member.Substring(1));

        return
        [
            .. network.Inputs.Select(i => (Unique(i.Member), $"Inputs.{i.Member}Size", i.Name, false)),
            .. network.Outputs.Select(o => (Unique(o.Member), $"Outputs.{o.Member}Size", o.Name, true)),
        ];
    }

    /// <summary>The name, or with a number behind it where it is taken; it is from then on.</summary>
    private static string UniqueIn(HashSet<string> taken, string name)
    {
        string unique = name;
        for (int n = 2; !taken.Add(unique); n++)
            unique = Invariant($"{name}_{n}");
        return unique;
    }

    public void EmitForwardParts()
    {
        IReadOnlyList<(string Parameter, string Size, string Name, bool IsWritten)> parts = PartParameters(_network);
        // What the method calls something for itself gives way to what users have named.
        HashSet<string> taken = [.. parts.Select(static p => p.Parameter)];
        string samples = UniqueIn(taken, "samples"), sample = UniqueIn(taken, "sample"), memory = UniqueIn(taken, "memory");
        w.Summary("The outputs of n samples, as Forward, with memory of its own for each input and each output. Pure: no state, no allocation, safe from any thread.");
        Parameter("parameters", "ParameterBufferSize floats.");
        EmitPartTexts(w, parts);
        Parameter("scratch", "At least ScratchSize floats, whatever they hold.");
        ArgumentExceptions();
        Optimize();
        using (w.Block($"public static void ForwardParts({_read} parameters, {PartDeclarations(dialect, parts)}, {dialect.OptionalScratch})"))
        {
            (string first, string size, _, _) = parts[0];
            first = CSharpLiteral.Identifier(first);
            using (w.Block($"if ({dialect.Length(first)} % {size} != 0)"))
                w.Line($"throw new global::System.ArgumentException(\"{parts[0].Parameter} has \" + {dialect.Length(first)} + \" floats, but must have a multiple of {size}, \" + {size} + \": samples stand back to back\", \"{parts[0].Parameter}\");");
            w.Line($"int {samples} = {dialect.Length(first)} / {size};");
            CheckParameters();
            foreach ((string parameter, string each, _, _) in parts.Skip(1))
                w.Line($"{names.Kernels}.CheckLength(\"{parameter}\", {dialect.Length(CSharpLiteral.Identifier(parameter))}, (long){samples} * {each}, \"samples times {each}\");");
            foreach ((int input, _) in Checks.Indices(_network))
                w.Line($"{names.Kernels}.{Checks.IndexCheckOf(_network, input)}({CSharpLiteral.Identifier(parts[input].Parameter)}, \"{parts[input].Parameter}\");");
            string scratch = Scratch(program.InferencePlan.Size, memory);
            string Arguments(bool areOutputs) => string.Join(", ", parts.Select((p, k) => (p, k)).Where(p => p.p.IsWritten == areOutputs).Select(p => dialect.SampleArgument(
                CSharpLiteral.Identifier(p.p.Parameter), areOutputs ? _network.Outputs[p.k - _network.Inputs.Count].Shape.Size : _network.Inputs[p.k].Shape.Size, sample)));
            using (w.Block($"for (int {sample} = 0; {sample} < {samples}; {sample}++)"))
            {
                w.Line($"{names.Kernels}.{regions.InferParts!.Call(a => a switch
                {
                    RegionArgument.Input => Arguments(false),
                    RegionArgument.Output => Arguments(true),
                    _ => Pass(a, scratch, "", ""),
                })};");
            }
        }

        w.Line();
    }

    public static void EmitPartTexts(CodeWriter w, IReadOnlyList<(string Parameter, string Size, string Name, bool IsWritten)> parts)
    {
        foreach ((string parameter, string size, string name, bool isWritten) in parts)
            w.Line($"/// <param name=\"{parameter}\">{(isWritten ? "Output" : "Input")} {name} of each sample, back to back: n {size} floats{(isWritten ? "; every one is written" : "")}.</param>");
    }

    public static string PartDeclarations(Dialect dialect, IReadOnlyList<(string Parameter, string Size, string Name, bool IsWritten)> parts) =>
        string.Join(", ", parts.Select(p => $"{(p.IsWritten ? dialect.Writable : dialect.ReadOnly())} {CSharpLiteral.Identifier(p.Parameter)}"));

    /// <summary>One sample first: all lengths are constants, and nothing else is in its way.</summary>
    private void EmitForwardInBlocks()
    {
        bool usesStack = UsesStack(dialect, program);
        string many = $"{names.Kernels}.InferBlocks(parameters, inputs, outputs{(usesStack ? "" : ", scratch")});";
        if (regions.Infer is null)
        {
            w.Line(many);
            return;
        }

        string enough = usesStack ? "" : " && scratch.Length >= ScratchSize";
        using (w.Block($"if (inputs.Length == InputSize && outputs.Length == OutputSize && parameters.Length == ParameterBufferSize{enough})"))
        {
            CheckIndices(w, names.Kernels + ".");
            w.Line(CallOne(regions.Infer, usesStack ? Scratch(program.InferencePlan.Size) : dialect.Whole("scratch")) + ";");
        }

        using (w.Block("else"))
            w.Line(many);
    }

    /// <summary>A call for the one sample that is all of the caller's memory.</summary>
    private string CallOne(Region region, string scratch) => names.Kernels + "." + region.Call(a => a switch
    {
        RegionArgument.Input => dialect.Whole("inputs"),
        RegionArgument.Output => dialect.Whole("outputs"),
        _ => Pass(a, scratch, "inputs", "outputs"),
    });

    /// <summary>The loop over the blocks, in a method of its own, so that one sample does not pay for its stack.</summary>
    public void EmitInferBlocks(CodeWriter kernels)
    {
        if (!dialect.HasReferences || regions.Blocks is not { } blocks)
            return;
        bool usesStack = UsesStack(dialect, program);
        kernels.Summary("Samples forward, block by block.");
        Optimize(kernels, dialect, isApart: true);
        using (kernels.Block($"internal static void InferBlocks({_read} parameters, {_read} inputs, {_write} outputs{(usesStack ? "" : $", {_write} scratch")})"))
        {
            kernels.Line("int samples = SampleCount(inputs.Length);");
            kernels.Line("CheckLength(\"parameters\", parameters.Length, ParameterBufferSize, \"ParameterBufferSize\");");
            kernels.Line("CheckLength(\"outputs\", outputs.Length, (long)samples * OutputSize, \"samples times OutputSize\");");
            if (!usesStack)
                kernels.Line("CheckScratch(scratch.Length, ScratchSize, \"ScratchSize\");");
            CheckIndices(kernels, "");
            if (blocks.Infer is null)
                EmitInferLanes(kernels, usesStack);
            else
                EmitInferBlocksOf(kernels, blocks, blocks.Infer, usesStack);
        }

        kernels.Line();
    }

    /// <summary>As many samples at a time as there are lanes; fewer than four one by one.</summary>
    private void EmitInferLanes(CodeWriter kernels, bool usesStack)
    {
        string all = $"(samples, {dialect.Whole("parameters")}, {dialect.Whole("inputs")}, {dialect.Whole("outputs")});";
        string otherwise = "";
        foreach ((string condition, string arguments) in LaneEmitter.Widths("samples"))
        {
            kernels.Line($"{otherwise}if ({condition})\n    InferLanes{arguments}{all}");
            otherwise = "else ";
        }

        using (kernels.Block("else"))
        {
            string scratch = usesStack ? Stack(kernels, program.InferencePlan.Size) : dialect.Whole("scratch");
            using (kernels.Block("for (int sample = 0; sample < samples; sample++)"))
                kernels.Line(regions.Infer!.Call(a => Pass(a, scratch, "inputs", "outputs")) + ";");
        }
    }

    private void EmitInferBlocksOf(CodeWriter kernels, BlockRegions blocks, Region infer, bool usesStack)
    {
        if (regions.Infer is not null && Blocks.OneByOne(program.Inference) is > 0 and int few && blocks.Inference.Samples > 1)
        {
            kernels.Line("// So few fill no tile of a product, and what a block needs is not cleared for them.");
            using (kernels.Block(Invariant($"if (samples <= {few})")))
            {
                using (kernels.Block("for (int sample = 0; sample < samples; sample++)"))
                    kernels.Line($"Forward(parameters, inputs.Slice(sample * InputSize, InputSize), outputs.Slice(sample * OutputSize, OutputSize){(usesStack ? "" : ", scratch")});");
                kernels.Line("return;");
            }

            kernels.Line();
        }

        string scratch = dialect.Whole("scratch");
        if (usesStack && blocks.Inference.Scratch > 0)
        {
            kernels.Line(Invariant($"{_write} memory = stackalloc float[{blocks.Inference.Scratch}];"));
            scratch = dialect.Whole("memory");
        }

        using (kernels.Block(Invariant($"for (int first = 0; first < samples; first += {blocks.Inference.Samples})")))
        {
            kernels.Line(Invariant($"int count = global::System.Math.Min(samples - first, {blocks.Inference.Samples});"));
            kernels.Line(infer.CallBlock(BlockPass(scratch, "inputs", "outputs"), null) + ";");
        }
    }

    private System.Func<RegionArgument, string> BlockPass(string scratch, string inputs, string outputs, string first = "first") => argument => argument switch
    {
        RegionArgument.Input => dialect.SampleArgument(inputs, _network.Input.Size, first),
        RegionArgument.Output => dialect.SampleArgument(outputs, _network.Output.Size, first),
        RegionArgument.Seed => "seed",
        _ => Pass(argument, scratch, inputs, outputs),
    };

    public void EmitStep()
    {
        string clip = (_network.Optimizer.ClipValue, _network.Optimizer.ClipNorm) switch
        {
            ({ } value, { } norm) => $", each gradient kept within {CSharpLiteral.Shortest(value)} on both sides of 0 first, and then all scaled down where their norm is above {CSharpLiteral.Shortest(norm)}",
            ({ } value, null) => $", each gradient kept within {CSharpLiteral.Shortest(value)} on both sides of 0 first",
            (null, { } norm) => $", the gradients scaled down first where the norm of all of them is above {CSharpLiteral.Shortest(norm)}",
            _ => "",
        };
        w.Summary($"One step of the optimizer{clip}: {(UpdateScalars.Describe(_network.Optimizer.Rule) + StepMethods.Describe(_network.Optimizer.Rule)).Replace("<", "&lt;").Replace(">", "&gt;")}. Pure.");
        Parameter("parameters", "ParameterBufferSize floats, which the step changes; frozen ones stay.");
        Parameter("gradients", "ParameterBufferSize floats, as Backward leaves them.");
        Parameter("state", "OptimizerStateSize floats, which the step changes; zeros before the first one.");
        Parameter("learningRate", "At least 0.");
        ArgumentExceptions();
        w.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">The learning rate is negative, infinite or not a number.</exception>");
        Optimize();
        using (w.Block($"public static void {StepName(_network)}({_write} parameters, {_read} gradients, {_write} state, float learningRate)"))
        {
            CheckParameters();
            Check("gradients", "ParameterBufferSize", "ParameterBufferSize");
            Check("state", "OptimizerStateSize", "OptimizerStateSize");
            Line("{0}.CheckLearningRate(learningRate);");
            if (_network.Optimizer.ClipNorm is { } limit && regions.Norm is not null)
            {
                w.Line($"double norm = global::System.Math.Sqrt({Call(regions.Norm, "")});");
                w.Line($"float clip = norm > {CSharpLiteral.Double(limit)} ? (float)({CSharpLiteral.Double(limit)} / norm) : 1f;");
            }

            if (regions.Update is null)
                return;
            if (StepMethods.Begins(_network))
                w.Line(StepMethods.Begin(_network, names.Kernels, dialect.Whole("state")));
            w.Line(Call(regions.Update, "") + ";");
        }
    }

    /// <summary>Where inputs are indices, each has to be one.</summary>
    private void CheckIndices(CodeWriter code, string kernels)
    {
        if (Checks.Indices(_network).Count > 0)
            code.Line($"{kernels}CheckIndices(inputs, \"inputs\");");
    }

    private void Line(string format) => w.Line(format.Replace("{0}", names.Kernels));

    private void CheckParameters() => Check("parameters", "ParameterBufferSize", "ParameterBufferSize");

    private void Check(string span, string expected, string meaning) =>
        w.Line($"{names.Kernels}.CheckLength(\"{span}\", {dialect.Length(span)}, {expected}, {CSharpLiteral.String(meaning)});");

    private void CheckScratch(string expected, string meaning) =>
        w.Line($"{names.Kernels}.CheckScratch({dialect.Length("scratch", optional: !dialect.Target.HasSpan)}, {expected}, {CSharpLiteral.String(meaning)});");

    /// <summary>Checks or makes the scratch; gives back what to pass for it.</summary>
    /// <param name="memory">What it is called, where it is made.</param>
    private string Scratch(int size, string memory = "memory")
    {
        if (UsesStack(dialect, program))
            return Stack(w, size, memory);
        CheckScratch("ScratchSize", "ScratchSize");
        return dialect.Whole("scratch");
    }

    private string Stack(CodeWriter code, int size, string memory = "memory") => size == 0 ? dialect.Whole("default") : dialect.Stack(code, size, memory);

    private string Call(Region region, string scratch) => names.Kernels + "." + region.Call(a => Pass(a, scratch, "inputs", "outputs"));

    private string Pass(RegionArgument argument, string scratch, string inputs, string outputs) => argument switch
    {
        RegionArgument.Parameters => dialect.Whole("parameters"),
        RegionArgument.Gradients => dialect.Whole("gradients"),
        RegionArgument.State => dialect.Whole("state"),
        RegionArgument.Input => dialect.SampleArgument(inputs, _network.Input.Size),
        RegionArgument.Output => dialect.SampleArgument(outputs, _network.Output.Size),
        RegionArgument.Scratch => scratch,
        RegionArgument.LearningRate => "learningRate",
        RegionArgument.StepSize => "stepSize",
        RegionArgument.Epsilon => "epsilon",
        RegionArgument.Clip => "clip",
        RegionArgument.Scale => "scale",
        _ => "sampleSeed",
    };

    public static bool UsesSeed(params Region?[] used) => used.Any(static r => r is not null && r.Arguments.Contains(RegionArgument.Seed));

    private void Constant(string name, int value, string summary) => Constant(w, name, value, summary);

    public static void Constant(CodeWriter w, string name, int value, string summary)
    {
        w.Summary(summary);
        w.Line(Invariant($"public const int {name} = {value};"));
        w.Line();
    }

    /// <summary>Where the attribute that marks structs as read-only is missing, every assembly would get one of its own.</summary>
    public static string StructHead(Target target) => $"public {(target.IsSmall ? "" : "readonly ")}struct ParameterInfo";

    private void Parameter(string name, string text) => w.Line($"/// <param name=\"{name}\">{text}</param>");

    private void ArgumentExceptions() => ArgumentExceptions(w);

    public static void ArgumentExceptions(CodeWriter w, bool labels = false)
    {
        w.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not agree with the others; nothing was written.</exception>");
        if (labels)
            w.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">A label is no class.</exception>");
    }

    private void Optimize() => Optimize(w, dialect);

    /// <summary>The attribute of a method that runs often: compiled at once, and for speed.</summary>
    /// <param name="isApart">It is not to become a part of its caller, whose registers and stack it would take.</param>
    public static void Optimize(CodeWriter w, Dialect dialect, bool isApart = false)
    {
        const string Options = "global::System.Runtime.CompilerServices.MethodImplOptions.";
        if (dialect.Target.HasAggressiveOptimization)
            w.Line($"[global::System.Runtime.CompilerServices.MethodImpl({(isApart ? Options + "NoInlining | " : "")}{Options}AggressiveOptimization)]");
    }

    private static string Shape(Shapes.Shape shape) => shape.Rank == 1 ? "a vector" : shape.ToString();
}
