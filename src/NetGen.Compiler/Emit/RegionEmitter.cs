using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>What a region is handed: a piece of the caller's memory, one sample's part of it, or a number.</summary>
internal enum RegionArgument { Parameters, Gradients, State, Input, Target, Labels, Output, Scratch, LearningRate, StepSize, Epsilon, Clip, Scale, Seed }

/// <summary>The method of a region: its name and what it takes, in order.</summary>
internal sealed record Region(string Name, IReadOnlyList<RegionArgument> Arguments, bool GivesLoss)
{
    /// <summary>A call of it, each argument as <paramref name="pass"/> writes it.</summary>
    public string Call(Func<RegionArgument, string> pass) => $"{Name}({string.Join(", ", Arguments.Select(pass))})";

    /// <summary>A call of one over <c>count</c> samples, the first of which stands at <paramref name="first"/> in the batch.</summary>
    public string CallBlock(Func<RegionArgument, string> pass, string? first, string count = "count")
    {
        IEnumerable<string> place = Arguments.Contains(RegionArgument.Seed) ? [count, first!] : [count];
        return $"{Name}({string.Join(", ", place.Concat(Arguments.Select(pass)))})";
    }
}

/// <summary>
/// Prints regions, each as a method that cuts the memory it is handed into named buffers and calls one method for each
/// kernel; and the kernels' methods, each once however many regions call it.
/// </summary>
internal sealed class RegionEmitter(Dialect dialect, ChooseStrategy strategies, ForwardGraph graph)
{
    private readonly Dictionary<(Kernel Kernel, bool ReadsPast), string> _methods = [];
    private readonly NameScope _names = new();
    private readonly Dictionary<string, KernelMethod> _printed = [];
    private readonly Dictionary<Kernel, string> _ofEight = [];

    // The rows of sequences stand back to back, and then so do the samples: a batch is more rows.
    private readonly bool _padsSamples = !graph.Kernels.Any(static k => k is Affine { Rows: > 1 });

    // Buffers in the caller's memory.
    private readonly HashSet<Ir.Buffer> _outside = [];

    /// <summary>
    /// A part of a vector of parameters is read as a whole vector, with what stands behind. Not where the last step has just
    /// written them one by one: a processor passes a store on only to a load that it covers.
    /// </summary>
    public bool ReadsPast { get; set; } = true;

    /// <summary>Takes names that members beside the regions use.</summary>
    public void Reserve(params string[] names)
    {
        foreach (string name in names)
            _names.Unique(name);
    }

    /// <summary>Says that a buffer lies in the caller's memory, before anything is printed.</summary>
    public void LivesOutside(Ir.Buffer output) => _outside.Add(output);

    /// <param name="w">Where to print.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="summary">What it does, for people.</param>
    /// <param name="kernels">In order.</param>
    /// <param name="plan">Where buffers lie in scratch.</param>
    /// <param name="offsets">Where the buffers of the optimizer's kernels begin.</param>
    /// <param name="output">The buffer that lives in the caller's memory, or null.</param>
    public Region Emit(
        CodeWriter w, string name, string summary, IReadOnlyList<Kernel> kernels, MemoryPlan? plan = null,
        IReadOnlyDictionary<string, int>? offsets = null, Ir.Buffer? output = null)
    {
        Operand[] operands = [.. kernels.SelectMany(static k => k.Operands)];
        HashSet<Scalar> scalars = [.. kernels.SelectMany(static k => k.Scalars)];
        var arguments = new List<RegionArgument>();
        var declarations = new List<string>();
        void Memory(RegionArgument argument, string memory, Func<Operand, bool> isIn)
        {
            Operand[] used = [.. operands.Where(isIn)];
            if (used.Length == 0)
                return;
            arguments.Add(argument);
            declarations.Add(dialect.Inner(used.Any(static o => o.IsWritten)) + " " + memory);
        }

        void Sample(RegionArgument argument, Func<Operand, bool> isIn)
        {
            Operand[] used = [.. operands.Where(isIn)];
            if (used.Length == 0)
                return;
            arguments.Add(argument);
            declarations.Add(dialect.Parameter(used[0].Buffer, used.Any(static o => o.IsWritten)));
        }

        void Number(RegionArgument argument, Scalar scalar)
        {
            if (!scalars.Contains(scalar))
                return;
            arguments.Add(argument);
            declarations.Add(Declare(scalar));
        }

        Memory(RegionArgument.Parameters, "parameters", static o => o.Buffer.Role == BufferRole.Parameter);
        Sample(RegionArgument.Input, static o => o.Buffer.Role == BufferRole.Input);
        Sample(RegionArgument.Target, static o => o.Buffer.Role == BufferRole.Target);
        Sample(RegionArgument.Labels, static o => o.Buffer.Role == BufferRole.Labels);
        Memory(RegionArgument.Scratch, "scratch", o => o.Buffer.Role == BufferRole.Activation && o.Buffer != output);
        Memory(RegionArgument.Gradients, "gradients", static o => o.Buffer.Role == BufferRole.ParameterGradient);
        Memory(RegionArgument.State, "state", static o => o.Buffer.Role == BufferRole.OptimizerState);
        Sample(RegionArgument.Output, o => o.Buffer == output);
        Number(RegionArgument.LearningRate, Scalar.LearningRate);
        Number(RegionArgument.StepSize, Scalar.StepSize);
        Number(RegionArgument.Epsilon, Scalar.Epsilon);
        Number(RegionArgument.Clip, Scalar.Clip);
        Number(RegionArgument.Scale, Scalar.Scale);
        Number(RegionArgument.Seed, Scalar.Seed);

        bool givesLoss = kernels.Any(static k => k.GivesLoss);
        int ParameterOffset(string parameter) => graph.Parameters.TryGetValue(parameter, out PlacedParameter placed) ? placed.Offset : offsets![parameter];
        Home HomeOf(Ir.Buffer buffer) => buffer.Role switch
        {
            BufferRole.Parameter => new("parameters", ParameterOffset(buffer.Name)),
            BufferRole.ParameterGradient => new("gradients", ParameterOffset(buffer.Name.Substring(0, buffer.Name.Length - "Gradient".Length))),
            BufferRole.OptimizerState => new("state", offsets![buffer.Name]),
            BufferRole.Activation when buffer != output => new("scratch", plan!.Offsets[buffer.Name]),
            _ => new(null, 0),
        };

        Region[] parts = Parts(kernels, name, (part, partName) => Emit(w, partName, summary, part, plan, offsets, output));
        w.Summary(summary);
        EmitAttribute(w, kernels.All(k => strategies.Of(k) == Strategy.Inline));
        using (w.Block($"internal static {(givesLoss ? "double" : "void")} {name}({string.Join(", ", declarations)})"))
        {
            if (parts.Length > 0)
                EmitCalls(w, givesLoss, parts, part => part.Call(a => PassOn(a, output)));
            else
                EmitBody(w, kernels, operands, HomeOf, givesLoss);
        }

        w.Line();
        return new Region(name, arguments, givesLoss);
    }

    /// <summary>More kernels than this would make a method that the JIT no longer optimizes: it counts locals, and bytes of IL.</summary>
    private const int KernelsOfMethod = 100;

    /// <summary>The regions that a long one is made of; none where it is short enough to be one.</summary>
    private Region[] Parts(IReadOnlyList<Kernel> kernels, string name, Func<IReadOnlyList<Kernel>, string, Region> emit)
    {
        if (kernels.Count <= KernelsOfMethod)
            return [];
        var parts = new List<Region>();
        for (int start = 0; start < kernels.Count; start += KernelsOfMethod)
            parts.Add(emit([.. kernels.Skip(start).Take(KernelsOfMethod)], _names.Unique(FormattableString.Invariant($"{name}Part{parts.Count + 1}"))));
        return [.. parts];
    }

    private static void EmitCalls(CodeWriter w, bool givesLoss, Region[] parts, Func<Region, string> call)
    {
        if (givesLoss)
            w.Line("double sum = 0.0;");
        foreach (Region part in parts)
            w.Line($"{(part.GivesLoss ? "sum += " : "")}{call(part)};");
        if (givesLoss)
            w.Line("return sum;");
    }

    /// <summary>What a region passes to a part of it.</summary>
    private string PassOn(RegionArgument argument, Ir.Buffer? output)
    {
        string Memory(string name) => dialect.HasVectors ? "ref " + name : name;
        return argument switch
        {
            RegionArgument.Parameters => Memory("parameters"),
            RegionArgument.Gradients => Memory("gradients"),
            RegionArgument.State => Memory("state"),
            RegionArgument.Scratch => Memory("scratch"),
            RegionArgument.Input => dialect.PassOn("input"),
            RegionArgument.Target => dialect.PassOn("target"),
            RegionArgument.Labels => dialect.PassOn("labels"),
            RegionArgument.Output => dialect.PassOn(output!.Name),
            RegionArgument.LearningRate => NameOf(Scalar.LearningRate),
            RegionArgument.StepSize => NameOf(Scalar.StepSize),
            RegionArgument.Epsilon => NameOf(Scalar.Epsilon),
            RegionArgument.Clip => NameOf(Scalar.Clip),
            RegionArgument.Scale => NameOf(Scalar.Scale),
            _ => NameOf(Scalar.Seed),
        };
    }

    /// <summary>
    /// The same for a block of samples: values of the samples stand back to back, in scratch as in the caller's memory. The
    /// method's first argument is the number of samples; where randomness is drawn, the second is the first one's place in the batch.
    /// </summary>
    /// <param name="steps">The gradient of each parameter is a step of it, not kept.</param>
    public Region EmitBlock(
        CodeWriter w, string name, string summary, IReadOnlyList<Kernel> kernels, MemoryPlan plan, bool usesPanel, Ir.Buffer? output = null, bool steps = false)
    {
        Ir.Buffer Resolve(Ir.Buffer b) => steps && b.Role == BufferRole.ParameterGradient ? ParameterOf(b) : b;
        Operand[] operands = [.. kernels.SelectMany(static k => k.Operands).Select(o => o with { Buffer = Resolve(o.Buffer) })];
        HashSet<Scalar> scalars = [.. kernels.SelectMany(static k => k.Scalars)];
        var arguments = new List<RegionArgument>();
        var declarations = new List<string> { "int samples" };
        void Take(RegionArgument argument, string memory, Func<Ir.Buffer, bool> isIn)
        {
            if (!operands.Any(o => isIn(o.Buffer)) && !(usesPanel && argument == RegionArgument.Scratch))
                return;
            arguments.Add(argument);
            declarations.Add(dialect.Inner(operands.Any(o => isIn(o.Buffer) && o.IsWritten), argument == RegionArgument.Labels ? "int" : "float") + " " + memory);
        }

        if (scalars.Contains(Scalar.Seed))
            declarations.Add("int first");
        Take(RegionArgument.Parameters, "parameters", static b => b.Role == BufferRole.Parameter);
        Take(RegionArgument.Input, "input", static b => b.Role == BufferRole.Input);
        Take(RegionArgument.Target, "target", static b => b.Role == BufferRole.Target);
        Take(RegionArgument.Labels, "labels", static b => b.Role == BufferRole.Labels);
        Take(RegionArgument.Scratch, "scratch", b => b.Role is BufferRole.Activation or BufferRole.Batch && b != output);
        Take(RegionArgument.Gradients, "gradients", static b => b.Role == BufferRole.ParameterGradient);
        if (output is not null)
            Take(RegionArgument.Output, output.Name, b => b == output);
        if (steps)
        {
            arguments.Add(RegionArgument.LearningRate);
            declarations.Add("float learningRate");
        }

        foreach ((RegionArgument argument, Scalar scalar) in new[] { (RegionArgument.Scale, Scalar.Scale), (RegionArgument.Seed, Scalar.Seed) })
        {
            if (!scalars.Contains(scalar))
                continue;
            arguments.Add(argument);
            declarations.Add(Declare(scalar));
        }

        bool givesLoss = kernels.Any(static k => k.GivesLoss);
        Region[] parts = Parts(kernels, name, (part, partName) => EmitBlock(w, partName, summary, part, plan, usesPanel, output, steps));
        w.Summary(summary);
        EmitAttribute(w);
        using (w.Block($"internal static {(givesLoss ? "double" : "void")} {name}({string.Join(", ", declarations)})"))
        {
            if (parts.Length > 0)
                EmitCalls(w, givesLoss, parts, part => part.CallBlock(a => PassOn(a, output), "first", "samples"));
            else if (dialect.HasVectors)
                EmitBlockBody(w, kernels, operands, plan, usesPanel, output, steps, givesLoss);
            else
                EmitBatchBody(w, kernels, plan, givesLoss);
        }

        w.Line();
        return new Region(name, arguments, givesLoss);
    }

    private void EmitBlockBody(
        CodeWriter w, IReadOnlyList<Kernel> kernels, Operand[] operands, MemoryPlan plan, bool usesPanel, Ir.Buffer? output, bool steps, bool givesLoss)
    {
        foreach (Ir.Buffer buffer in operands.Select(static o => o.Buffer).Distinct().Where(b => b != output))
        {
            string? view = buffer.Role switch
            {
                BufferRole.Parameter => VectorDialect.Reference("parameters", graph.Parameters[buffer.Name].Offset),
                BufferRole.ParameterGradient => VectorDialect.Reference("gradients", graph.Parameters[ParameterOf(buffer).Name].Offset),
                BufferRole.Activation => VectorDialect.Reference("scratch", plan.Offsets[buffer.Name] is > 0 and int at ? Dialects.BlockWriter.Count(at) : "0"),
                BufferRole.Batch => VectorDialect.Reference("scratch", OffsetInBatch(plan, buffer)),
                _ => null,
            };
            if (view is not null)
                w.Line($"ref float {buffer.Name} = {view};");
        }

        if (usesPanel)
            w.Line($"ref float panel = {VectorDialect.Reference("scratch", Dialects.BlockWriter.Count(plan.Size) + (plan.BatchSize > 0 ? FormattableString.Invariant($" + {plan.BatchSize}") : ""))};");
        w.Line();
        if (givesLoss)
            w.Line("double loss = 0.0;");
        var block = new BlockWriter(
            w, dialect, g => steps ? (ParameterOf(g).Name, "-learningRate") : (g.Name, "1f"),
            kernel => ElementwiseOf(kernel with { Name = kernel.Name + "OfBlock" }), kernel => MethodOf(kernel with { Name = kernel.Name + "OfBlock" }, true), StrideOf, usesPanel);
        foreach (Kernel kernel in kernels)
        {
            w.Line("// " + kernel.Formula + (steps && kernel.Operands.Any(static o => o.Buffer.Role == BufferRole.ParameterGradient) ? ", as a step" : ""));
            if (kernel.IsOverBatch)
                w.Line($"{MethodOf(kernel)}(samples, {string.Join(", ", kernel.Operands.Select(static o => "ref " + o.Buffer.Name))});");
            else if (!kernel.EmitBlock(block))
                EmitForEachSample(w, kernel);
        }

        if (givesLoss)
            w.Line("return loss;");
    }

    /// <summary>The same where there are no vectors: each kernel is called for one sample after another, or for all of them.</summary>
    private void EmitBatchBody(CodeWriter w, IReadOnlyList<Kernel> kernels, MemoryPlan plan, bool givesLoss)
    {
        if (givesLoss)
            w.Line("double loss = 0.0;");
        foreach (Kernel kernel in kernels)
        {
            w.Line("// " + kernel.Formula);
            IEnumerable<string> arguments = kernel.Operands.Select(o => ArgumentInBatch(o.Buffer, plan, kernel.IsOverBatch));
            if (kernel.IsOverBatch)
            {
                w.Line($"{MethodOf(kernel)}(samples, {string.Join(", ", arguments)});");
                continue;
            }

            if (kernel.Scalars.Contains(Scalar.Seed))
                dialect.Use(Helper.SampleSeed);
            IEnumerable<string> numbers = kernel.Scalars.Select(static s => s == Scalar.Seed ? "SampleSeed(seed, first + sample)" : NameOf(s));
            using (w.Block("for (int sample = 0; sample < samples; sample++)"))
                w.Line($"{(kernel.GivesLoss ? "loss += " : "")}{MethodOf(kernel)}({string.Join(", ", arguments.Concat(numbers))});");
        }

        if (givesLoss)
            w.Line("return loss;");
    }

    private string ArgumentInBatch(Ir.Buffer buffer, MemoryPlan plan, bool all)
    {
        int stride = StrideOf(buffer);
        string size = all ? Dialects.BlockWriter.Count(stride) : FormattableString.Invariant($"{buffer.Size}");
        string sample = all ? "0" : stride == 1 ? "sample" : FormattableString.Invariant($"sample * {stride}");
        return buffer.Role switch
        {
            BufferRole.Parameter => dialect.Part("parameters", FormattableString.Invariant($"{graph.Parameters[buffer.Name].Offset}"), FormattableString.Invariant($"{buffer.Size}")),
            BufferRole.ParameterGradient => dialect.Part("gradients", FormattableString.Invariant($"{graph.Parameters[ParameterOf(buffer).Name].Offset}"), FormattableString.Invariant($"{buffer.Size}")),
            BufferRole.Batch => dialect.Part("scratch", OffsetInBatch(plan, buffer), FormattableString.Invariant($"{buffer.Size}")),
            BufferRole.Activation => dialect.Part("scratch", plan.Offsets[buffer.Name] is > 0 and int at ? Dialects.BlockWriter.Count(at) + (all ? "" : " + " + sample) : sample, size),
            BufferRole.Input => dialect.Part("input", sample, size),
            BufferRole.Target => dialect.Part("target", sample, size),
            _ => dialect.Part("labels", sample, size),
        };
    }

    /// <summary>What is of the batch stands behind what is of its samples.</summary>
    private static string OffsetInBatch(MemoryPlan plan, Ir.Buffer buffer) =>
        Dialects.BlockWriter.Count(plan.Size) + (plan.Offsets[buffer.Name] is > 0 and int at ? FormattableString.Invariant($" + {at}") : "");

    /// <summary>From one sample's values to the next one's: in scratch, whole vectors.</summary>
    private int StrideOf(Ir.Buffer buffer) => _padsSamples && buffer.Role == BufferRole.Activation && !_outside.Contains(buffer) ? PlanMemory.Room(buffer.Size) : buffer.Size;

    private void EmitForEachSample(CodeWriter w, Kernel kernel)
    {
        IEnumerable<string> arguments = kernel.Operands.Select(o => o.Buffer.Role switch
        {
            BufferRole.Parameter or BufferRole.ParameterGradient or BufferRole.OptimizerState or BufferRole.Batch => "ref " + o.Buffer.Name,
            _ => VectorDialect.Reference(o.Buffer.Name, StrideOf(o.Buffer) is > 1 and int stride ? FormattableString.Invariant($"sample * {stride}") : "sample"),
        });
        IEnumerable<string> numbers = kernel.Scalars.Select(static s => s == Scalar.Seed ? "SampleSeed(seed, first + sample)" : NameOf(s));
        if (kernel.Scalars.Contains(Scalar.Seed))
            dialect.Use(Helper.SampleSeed);
        string all = string.Join(", ", arguments.Concat(numbers)), sum = kernel.GivesLoss ? "loss += " : "";
        if (!kernel.IsWorthLanes)
        {
            using (w.Block("for (int sample = 0; sample < samples; sample++)"))
                w.Line($"{sum}{MethodOf(kernel)}({all});");
            return;
        }

        using (w.Block(null))
        {
            w.Line("int sample = 0;");
            using (w.Block($"if ({Lanes.Eight.Class}.IsHardwareAccelerated)"))
            using (w.Block("for (; sample <= samples - 8; sample += 8)"))
                w.Line($"{sum}{OfEight(kernel)}({all});");
            w.Line();
            using (w.Block("for (; sample < samples; sample++)"))
                w.Line($"{sum}{MethodOf(kernel)}({all});");
        }
    }

    private string OfEight(Kernel kernel)
    {
        if (!_ofEight.TryGetValue(kernel, out string? name))
            _ofEight[kernel] = name = _names.Unique(kernel.Name + "OfEight");
        return name;
    }

    private void EmitOfEight(CodeWriter w, Kernel kernel)
    {
        w.Line("// " + kernel.Formula + ", for eight samples, each a lane");
        EmitAttribute(w);
        IEnumerable<string> parameters = kernel.Operands.Select(o => dialect.Parameter(o.Buffer, o.IsWritten)).Concat(kernel.Scalars.Select(Declare));
        using (w.Block($"private static {(kernel.GivesLoss ? "double" : "void")} {_ofEight[kernel]}({string.Join(", ", parameters)})"))
        {
            var lanes = new LaneWriter(w, dialect, Lanes.Eight, static _ => 0, static _ => null, StrideOf);
            foreach (Operand operand in kernel.Operands.Where(static o => !o.IsWritten))
                lanes.Gather(operand.Buffer);
            if (kernel.GivesLoss)
            {
                w.Line($"var losses = {Lanes.Eight.Zero};");
                w.Line($"var weights = {Lanes.Eight.Broadcast("(float)scale")};");
            }

            kernel.EmitLanes(lanes);
            foreach (Operand operand in kernel.Operands.Where(static o => o.IsWritten))
                lanes.Scatter(operand.Buffer);
            if (kernel.GivesLoss)
                w.Line($"return {Lanes.Eight.Class}.Sum(losses);");
        }

        w.Line();
    }

    private static Ir.Buffer ParameterOf(Ir.Buffer gradient) =>
        gradient with { Name = gradient.Name.Substring(0, gradient.Name.Length - "Gradient".Length), Role = BufferRole.Parameter };

    /// <summary>Prints the methods of all kernels that regions called.</summary>
    public void EmitKernels(CodeWriter w)
    {
        foreach (Kernel kernel in _ofEight.Keys)
            EmitOfEight(w, kernel);
        foreach (KernelMethod method in _printed.Values)
        {
            w.Line("// " + method.Formula);
            if (method.Sharers.Count > 0)
                w.Line("// Also called for " + string.Join(", ", method.Sharers.Take(3)) + (method.Sharers.Count > 3 ? FormattableString.Invariant($" and {method.Sharers.Count - 3} more") : "") + ", of the same sizes.");
            EmitAttribute(w, method.IsInline);
            using (w.Block($"internal static {method.Returns} {method.Name}({method.Parameters})"))
                w.Line(method.Body.TrimEnd('\n'));
            w.Line();
        }
    }

    /// <summary>The method of a kernel, as it is printed.</summary>
    private sealed record KernelMethod(string Name, string Formula, string Returns, string Parameters, string Body, bool IsInline)
    {
        /// <summary>Other kernels that come out alike but for the names of their buffers, and call this one.</summary>
        public List<string> Sharers { get; } = [];
    }

    private string MethodOf(Kernel kernel) => MethodOf(kernel, kernel.IsOverBatch);

    /// <param name="takesSamples">It is the method over all samples of a batch, or of a block.</param>
    private string MethodOf(Kernel kernel, bool takesSamples)
    {
        if (_methods.TryGetValue((kernel, ReadsPast), out string? known))
            return known;
        Strategy strategy = strategies.Of(kernel);
        IEnumerable<string> parameters = kernel.Operands.Select(o => dialect.Parameter(o.Buffer, o.IsWritten)).Concat(kernel.Scalars.Select(Declare));
        var body = new CodeWriter();
        if (strategy != Strategy.Loops)
            EmitLengths(body, kernel);
        var writer = new KernelWriter(body, dialect, strategy, kernel.Statements, kernel.Operands.Select(static o => o.Buffer).Distinct().Select(Surroundings));
        if (takesSamples)
        {
            parameters = parameters.Prepend("int samples");
            kernel.EmitOverBatch(writer, StrideOf);
        }
        else
            kernel.Emit(writer);
        return Share(kernel, kernel.Formula, kernel.GivesLoss ? "double" : "void", string.Join(", ", parameters), body.ToString(), strategy == Strategy.Inline);
    }

    private string ElementwiseOf(Kernel kernel)
    {
        if (_methods.TryGetValue((kernel, ReadsPast), out string? known))
            return known;
        Ir.Buffer[] buffers = [.. kernel.Operands.Select(static o => o.Buffer).Distinct()];
        var body = new CodeWriter();
        kernel.EmitElements(new KernelWriter(body, dialect, Strategy.Loops, 0, buffers.Select(static b => (b, 0, 0))));
        string parameters = string.Join(", ", new[] { "int count" }.Concat(buffers.Select(static b => "ref float " + b.Name)));
        return Share(kernel, kernel.Formula + ", over so many elements", "void", parameters, body.ToString(), isInline: false);
    }

    // What locals that belong to a buffer add to its name.
    private static readonly string[] s_suffixes = ["", "At", "Rows", "Columns", "K"];
    private static readonly Regex s_identifier = new("[A-Za-z_][A-Za-z0-9_]*", RegexOptions.CultureInvariant);

    /// <summary>A method for the kernel: one that is there already where only the buffers' names differ.</summary>
    private string Share(Kernel kernel, string formula, string returns, string parameters, string body, bool isInline)
    {
        var places = new Dictionary<string, string>();
        foreach (string buffer in kernel.Operands.Select(static o => o.Buffer.Name).Distinct())
        {
            string place = FormattableString.Invariant($"#{places.Count}");
            foreach (string suffix in s_suffixes)
                places[buffer + suffix] = place + suffix;
        }

        string key = s_identifier.Replace(returns + parameters + "\n" + body, m => places.TryGetValue(m.Value, out string? place) ? place : m.Value);
        if (_printed.TryGetValue(key, out KernelMethod? method))
            method.Sharers.Add(kernel.Name);
        else
            _printed[key] = method = new KernelMethod(_names.Unique(_methods.ContainsKey((kernel, !ReadsPast)) ? kernel.Name + "InTraining" : kernel.Name), formula, returns, parameters, body, isInline);
        _methods[(kernel, ReadsPast)] = method.Name;
        return method.Name;
    }

    private void EmitBody(CodeWriter w, IReadOnlyList<Kernel> kernels, Operand[] operands, Func<Ir.Buffer, Home> homeOf, bool givesLoss)
    {
        bool hasViews = false;
        foreach (Ir.Buffer buffer in operands.Select(static o => o.Buffer).Distinct())
        {
            if (homeOf(buffer) is { Memory: { } memory } home && dialect.View(buffer.Name, memory, home.Offset, buffer.Size) is { } view)
            {
                w.Line(view);
                hasViews = true;
            }
        }

        if (hasViews)
            w.Line();
        bool sums = givesLoss && kernels.Count > 1;
        if (sums)
            w.Line("double sum = 0.0;");
        foreach (Kernel kernel in kernels)
        {
            IEnumerable<string> arguments = kernel.Operands.Select(o => homeOf(o.Buffer) is { Memory: { } memory } home
                ? dialect.ViewArgument(o.Buffer.Name, memory, home.Offset)
                : dialect.PassOn(o.Buffer.Name));
            string call = $"{MethodOf(kernel)}({string.Join(", ", arguments.Concat(kernel.Scalars.Select(static s => NameOf(s))))});";
            w.Line(kernel.Formula, sums && kernel.GivesLoss ? "sum += " + call : kernel.GivesLoss ? "return " + call : call);
        }

        if (sums)
            w.Line("return sum;");
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

    private void EmitAttribute(CodeWriter w, bool isInline = false)
    {
        if (isInline)
            w.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining | global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
        else if (dialect.Target.HasAggressiveOptimization)
            w.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
    }

    /// <summary>
    /// How many elements behind a buffer's end a vector may read, and write: the next parameters; in scratch, what fills the
    /// last vector.
    /// </summary>
    private (Ir.Buffer Buffer, int Readable, int Writable) Surroundings(Ir.Buffer buffer)
    {
        if (ReadsPast && buffer.Role == BufferRole.Parameter && graph.Parameters.TryGetValue(buffer.Name, out PlacedParameter placed))
            return (buffer, graph.Parameters.Values.Max(static p => p.Offset + p.Parameter.Size) - placed.Offset - buffer.Size, 0);
        int rest = StrideOf(buffer) - buffer.Size;
        return (buffer, rest, rest);
    }

    private static string NameOf(Scalar scalar) => scalar switch
    {
        Scalar.LearningRate => "learningRate",
        Scalar.StepSize => "stepSize",
        Scalar.Epsilon => "epsilon",
        Scalar.Clip => "clip",
        Scalar.Scale => "scale",
        _ => "seed",
    };

    private static string Declare(Scalar scalar) => (scalar switch
    {
        Scalar.Scale => "double ",
        Scalar.Seed => "ulong ",
        _ => "float ",
    }) + NameOf(scalar);

    /// <summary>The memory that a buffer is a part of, and where it begins; null where it is handed over by itself.</summary>
    private readonly record struct Home(string? Memory, int Offset);
}
