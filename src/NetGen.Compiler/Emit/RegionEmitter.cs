using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>What a region is handed: a piece of the caller's memory, one sample's part of it, or a number.</summary>
internal enum RegionArgument { Parameters, Gradients, State, Input, Target, Output, Scratch, LearningRate, StepSize, Epsilon, Clip, Scale, Seed }

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
internal sealed class RegionEmitter(Dialect dialect, ChooseStrategy strategies, ForwardGraph graph, KernelMethods methods)
{
    private static readonly Views s_none = Views.Of([], null);

    /// <param name="w">Where to print.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="summary">What it does, for people.</param>
    /// <param name="kernels">In order.</param>
    /// <param name="plan">Where buffers lie in scratch.</param>
    /// <param name="offsets">Where the buffers of the optimizer's kernels begin.</param>
    /// <param name="output">The buffer that lives in the caller's memory, or null.</param>
    /// <param name="halves">How parameters of 16 bits are read, where they are kept so.</param>
    /// <param name="views">Values that are parts of the caller's memory.</param>
    /// <param name="handed">The inputs and outputs, where each is handed over by itself; null where a sample is, and its output.</param>
    public Region Emit(
        CodeWriter w, string name, string summary, IReadOnlyList<Kernel> kernels, MemoryPlan? plan = null,
        IReadOnlyDictionary<string, int>? offsets = null, Ir.Buffer? output = null, ReadHalves? halves = null, Views? views = null, PartBuffers? handed = null)
    {
        Views parts = views ?? s_none;
        kernels = [.. kernels.Where(k => !parts.Serves(k)).Select(k => handed?.Rewritten(k, output!) ?? k)];
        Operand[] operands = [.. kernels.SelectMany(static k => k.Operands).Select(o => parts.Find(o.Buffer) is { } view ? o with { Buffer = view.Memory } : o)];
        HashSet<Scalar> scalars = [.. kernels.SelectMany(static k => k.Scalars)];
        var arguments = new List<RegionArgument>();
        var declarations = new List<string>();
        void Memory(RegionArgument argument, string memory, Func<Operand, bool> isIn)
        {
            Operand[] used = [.. operands.Where(isIn)];
            if (used.Length == 0)
                return;
            arguments.Add(argument);
            declarations.Add(dialect.Inner(used.Any(static o => o.IsWritten), halves is not null && argument == RegionArgument.Parameters ? "ushort" : "float") + " " + memory);
        }

        bool IsWidened(Ir.Buffer buffer) => halves is not null && buffer.Role == BufferRole.Parameter && buffer.Storage == Storage.Float32;

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
            declarations.Add(KernelMethods.Declare(scalar));
        }

        Memory(RegionArgument.Parameters, "parameters", static o => o.Buffer.Role == BufferRole.Parameter);
        void Each(RegionArgument argument, IReadOnlyList<(Ir.Buffer Part, int Offset)> buffers, bool isWritten)
        {
            arguments.Add(argument);
            declarations.AddRange(buffers.Select(b => dialect.Parameter(b.Part, isWritten)));
        }

        if (handed is not null)
            Each(RegionArgument.Input, handed.Inputs, isWritten: false);
        else
            Sample(RegionArgument.Input, static o => o.Buffer.Role == BufferRole.Input);
        Sample(RegionArgument.Target, static o => o.Buffer.Role == BufferRole.Target);
        bool IsCallers(Ir.Buffer buffer) => buffer == output || handed?.Outputs.Any(p => p.Part == buffer) == true;
        Memory(RegionArgument.Scratch, "scratch", o => (o.Buffer.Role == BufferRole.Activation && !IsCallers(o.Buffer)) || IsWidened(o.Buffer));
        Memory(RegionArgument.Gradients, "gradients", static o => o.Buffer.Role == BufferRole.ParameterGradient);
        Memory(RegionArgument.State, "state", static o => o.Buffer.Role == BufferRole.State);
        if (handed is not null)
            Each(RegionArgument.Output, handed.Outputs, isWritten: true);
        else
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
            BufferRole.Parameter when IsWidened(buffer) => new("scratch", halves!.Widened[buffer.Name]),
            BufferRole.Parameter => new("parameters", ParameterOffset(buffer.Name)),
            BufferRole.ParameterGradient => new("gradients", ParameterOffset(buffer.Stem)),
            BufferRole.State => new("state", offsets![buffer.Name]),
            _ when parts.Find(buffer) is { } view => new(view.Memory.Name, view.Offset, IsPart: true),
            BufferRole.Activation when !IsCallers(buffer) => new("scratch", plan!.Offsets[buffer.Name] + (halves?.Floats ?? 0)),
            _ => new(null, 0),
        };

        Region[] pieces = Parts(kernels, name, (part, partName) => Emit(w, partName, summary, part, plan, offsets, output, views: views, handed: handed));
        var body = new CodeWriter();
        if (pieces.Length > 0)
            EmitCalls(body, givesLoss, pieces, piece => piece.Call(a => PassOn(a, output, handed)));
        else
        {
            foreach (KeyValuePair<string, int> widened in halves?.Widened ?? new Dictionary<string, int>())
            {
                dialect.Use(Widening.HelperOf(halves!.Storage));
                body.Line(Widening.All(VectorDialect.Reference("parameters", graph.Parameters[widened.Key].Offset), graph.Parameters[widened.Key].Parameter.Size, VectorDialect.Reference("scratch", widened.Value)));
            }

            EmitBody(body, kernels, HomeOf, givesLoss);
        }

        EmitMethod(w, name, summary, declarations, givesLoss, body.ToString(), isInline: kernels.All(k => strategies.Of(k) == Strategy.Inline));
        return new Region(name, arguments, givesLoss);
    }

    /// <summary>The method of a region: where its kernels are generic over the lanes, it is, beside a method that chooses them once.</summary>
    private void EmitMethod(CodeWriter w, string name, string summary, IReadOnlyList<string> declarations, bool givesLoss, string calls, bool isInline)
    {
        (string body, Lanes? widest) = methods.Resolve(calls);
        string returns = givesLoss ? "double" : "void", parameters = string.Join(", ", declarations);
        w.Summary(summary);
        methods.EmitAttribute(w, isInline || widest is not null);
        using (w.Block($"internal static {returns} {name}({parameters})"))
        {
            if (widest is { } lanes)
                KernelWriter.Dispatch(w, name, lanes, declarations, givesLoss);
            else
                w.Line(body.TrimEnd('\n'));
        }

        w.Line();
        if (widest is null)
            return;
        methods.EmitAttribute(w, isInline);
        w.Line($"private static {returns} {name}{LanesTypes.Parameters}({parameters})");
        using (w.Block("    " + LanesTypes.Constraints))
            w.Line(body.TrimEnd('\n'));
        w.Line();
    }

    /// <summary>The regions that a long one is made of; none where it is short enough to be one.</summary>
    private Region[] Parts(IReadOnlyList<Kernel> kernels, string name, Func<IReadOnlyList<Kernel>, string, Region> emit)
    {
        if (kernels.Count <= Tuning.Source.KernelsOfMethod)
            return [];
        var parts = new List<Region>();
        for (int start = 0; start < kernels.Count; start += Tuning.Source.KernelsOfMethod)
            parts.Add(emit([.. kernels.Skip(start).Take(Tuning.Source.KernelsOfMethod)], methods.NameFor(FormattableString.Invariant($"{name}Part{parts.Count + 1}"))));
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
    private string PassOn(RegionArgument argument, Ir.Buffer? output, PartBuffers? handed = null)
    {
        string PassEach(IReadOnlyList<(Ir.Buffer Part, int Offset)> parts) => string.Join(", ", parts.Select(p => dialect.PassOn(p.Part.Name)));
        string Memory(string name) => dialect.HasReferences ? "ref " + name : name;
        return argument switch
        {
            RegionArgument.Parameters => Memory("parameters"),
            RegionArgument.Gradients => Memory("gradients"),
            RegionArgument.State => Memory("state"),
            RegionArgument.Scratch => Memory("scratch"),
            RegionArgument.Input when handed is not null => PassEach(handed.Inputs),
            RegionArgument.Output when handed is not null => PassEach(handed.Outputs),
            RegionArgument.Input => dialect.PassOn("input"),
            RegionArgument.Target => dialect.PassOn("target"),
            RegionArgument.Output => dialect.PassOn(output!.Name),
            RegionArgument.LearningRate => KernelMethods.NameOf(Scalar.LearningRate),
            RegionArgument.StepSize => KernelMethods.NameOf(Scalar.StepSize),
            RegionArgument.Epsilon => KernelMethods.NameOf(Scalar.Epsilon),
            RegionArgument.Clip => KernelMethods.NameOf(Scalar.Clip),
            RegionArgument.Scale => KernelMethods.NameOf(Scalar.Scale),
            _ => KernelMethods.NameOf(Scalar.Seed),
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
        Operand[] operands = [.. FuseCells.Apart(kernels).SelectMany(static k => k.Operands).Select(o => o with { Buffer = Resolve(o.Buffer) })];
        HashSet<Scalar> scalars = [.. kernels.SelectMany(static k => k.Scalars)];
        var arguments = new List<RegionArgument>();
        var declarations = new List<string> { "int samples" };
        void Take(RegionArgument argument, string memory, Func<Ir.Buffer, bool> isIn)
        {
            if (!operands.Any(o => isIn(o.Buffer)) && !(usesPanel && argument == RegionArgument.Scratch))
                return;
            arguments.Add(argument);
            declarations.Add(dialect.Inner(operands.Any(o => isIn(o.Buffer) && o.IsWritten)) + " " + memory);
        }

        if (scalars.Contains(Scalar.Seed))
            declarations.Add("int first");
        Take(RegionArgument.Parameters, "parameters", static b => b.Role == BufferRole.Parameter);
        Take(RegionArgument.Input, "input", static b => b.Role == BufferRole.Input);
        if (operands.FirstOrDefault(static o => o.Buffer.Role == BufferRole.Target) is { Buffer: { } target })
        {
            arguments.Add(RegionArgument.Target);
            declarations.Add(dialect.Parameter(target, false));
        }

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
            declarations.Add(KernelMethods.Declare(scalar));
        }

        bool givesLoss = kernels.Any(static k => k.GivesLoss);
        Region[] parts = Parts(kernels, name, (part, partName) => EmitBlock(w, partName, summary, part, plan, usesPanel, output, steps));
        var body = new CodeWriter();
        if (parts.Length > 0)
            EmitCalls(body, givesLoss, parts, part => part.CallBlock(a => PassOn(a, output), "first", "samples"));
        else if (dialect.HasReferences)
            EmitBlockBody(body, kernels, operands, plan, usesPanel, output, steps, givesLoss);
        else
            EmitBatchBody(body, kernels, plan, givesLoss);
        EmitMethod(w, name, summary, declarations, givesLoss, body.ToString(), isInline: false);
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
                BufferRole.Activation => VectorDialect.Reference("scratch", plan.Offsets[buffer.Name] is > 0 and int at ? BlockWriter.Count(at) : "0"),
                BufferRole.Batch => VectorDialect.Reference("scratch", OffsetInBatch(plan, buffer)),
                _ => null,
            };
            if (view is not null)
                w.Line($"ref float {buffer.Name} = {view};");
        }

        if (usesPanel)
        {
            // Packed weights first, then the panel.
            int behind = plan.BatchSize;
            string Behind() => VectorDialect.Reference("scratch", BlockWriter.Count(plan.Size) + (behind > 0 ? FormattableString.Invariant($" + {behind}") : ""));
            foreach (PackedWeight p in PackedWeight.Within(kernels))
            {
                w.Line($"ref float {p.Name} = {Behind()};");
                behind += p.Size;
            }

            w.Line($"ref float panel = {Behind()};");
        }

        w.Line();
        if (givesLoss)
            w.Line("double loss = 0.0;");
        var block = new BlockWriter(
            w, dialect, g => steps ? (ParameterOf(g).Name, "-learningRate") : (g.Name, "1f"),
            kernel => methods.ElementwiseOf(kernel with { Name = kernel.Name + "OfBlock" }), kernel => methods.MethodOf(kernel with { Name = kernel.Name + "OfBlock" }, true), methods.StrideOf, methods.Rows.ContainsKey, usesPanel);
        var scans = new ScanEmitter(dialect, methods);
        int depth = 0;
        HashSet<string> packed = [];
        void Print(Kernel kernel)
        {
            if (kernel is Scan scan)
            {
                if (depth == 0)
                    Pack(scan);
                scans.EmitBlock(w, scan, depth++, Print);
                depth--;
                return;
            }

            if (kernel is GatedProduct gated)
            {
                PrintGated(gated);
                return;
            }

            w.Line("// " + kernel.Formula + (steps && kernel.Operands.Any(static o => o.Buffer.Role == BufferRole.ParameterGradient) ? ", as a step" : ""));
            if (kernel.IsOverBatch)
                w.Line($"{methods.MethodOf(kernel)}(samples, {string.Join(", ", kernel.Operands.Select(static o => "ref " + o.Buffer.Name))});");
            else if (depth > 0 && kernel is Affine { Rows: 1 } or AffineInputGradient { Rows: 1 })
                PrintEither(() => PrintOne(kernel), () => PrintProduct(kernel));
            else if (!kernel.EmitBlock(block))
                EmitForEachSample(w, kernel);
        }

        // What steps multiply by is packed before the first one.
        void Pack(Scan scan)
        {
            PackedWeight[] weights = [.. PackedWeight.Within([scan]).Where(p => packed.Add(p.Name))];
            if (weights.Length == 0)
                return;
            dialect.Use(Helper.MultiplyPacked);
            foreach (PackedWeight p in weights)
            {
                string call = FormattableString.Invariant(
                    $"PackWeight({p.Columns}, {p.Depth}, ref {p.Weight.Name}, {p.RowStep}, {p.ColumnStep}, ref {p.Name});");
                w.Line(p.ServesOneSample ? call : "if (samples > 1)\n    " + call);
            }
        }

        // In a loop over time a product of one row is worth its own form.
        void PrintEither(Action one, Action many)
        {
            using (w.Block("if (samples == 1)"))
                one();
            using (w.Block("else"))
                many();
        }

        void PrintOne(Kernel kernel)
        {
            if (kernel is AffineInputGradient g && PackedWeight.For(kernel) is { ServesOneSample: true } p && packed.Contains(p.Name))
                block.MultiplyPackedRow(p.Columns, p.Depth, g.Dy, p.Name, g.Dx, g.DxAccess == Access.Accumulate);
            else
            {
                string step = ScanEmitter.NameOfStep(depth - 1);
                KernelMethods.EmitCalls(w, kernel, k =>
                {
                    IEnumerable<string> arguments = k.Operands.Select(static o => "ref " + o.Buffer.Name).Concat(k.Scalars.Select(_ => step));
                    w.Line($"{methods.MethodOf(k)}({string.Join(", ", arguments)});");
                });
            }
        }

        void PrintProduct(Kernel kernel)
        {
            if (PackedWeight.For(kernel) is { } p && packed.Contains(p.Name))
            {
                if (kernel is Affine a)
                    block.MultiplyPacked(p.Columns, p.Depth, a.X, p.Name, a.Bias, a.Y, adds: false);
                else if (kernel is AffineInputGradient g)
                    block.MultiplyPacked(p.Columns, p.Depth, g.Dy, p.Name, null, g.Dx, g.DxAccess == Access.Accumulate);
            }
            else if (!kernel.EmitBlock(block))
                EmitForEachSample(w, kernel);
        }

        // Of many samples the product is one for all.
        void PrintGated(GatedProduct gated)
        {
            w.Line("// " + gated.Formula);
            PrintEither(() => PrintOne(gated), () =>
            {
                PrintProduct(gated.Product);
                gated.Units.EmitBlock(block);
            });
        }

        foreach (Kernel kernel in kernels)
            Print(kernel);

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
                w.Line($"{methods.MethodOf(kernel)}(samples, {string.Join(", ", arguments)});");
                continue;
            }

            if (kernel.Scalars.Contains(Scalar.Seed))
                dialect.Use(Helper.SampleSeed);
            IEnumerable<string> numbers = kernel.Scalars.Select(static s => s == Scalar.Seed ? "SampleSeed(seed, first + sample)" : KernelMethods.NameOf(s));
            using (w.Block("for (int sample = 0; sample < samples; sample++)"))
                w.Line($"{(kernel.GivesLoss ? "loss += " : "")}{methods.MethodOf(kernel)}({string.Join(", ", arguments.Concat(numbers))});");
        }

        if (givesLoss)
            w.Line("return loss;");
    }

    private string ArgumentInBatch(Ir.Buffer buffer, MemoryPlan plan, bool all)
    {
        int stride = methods.StrideOf(buffer);
        string size = all ? BlockWriter.Count(stride) : FormattableString.Invariant($"{buffer.Size}");
        string sample = all ? "0" : stride == 1 ? "sample" : FormattableString.Invariant($"sample * {stride}");
        return buffer.Role switch
        {
            BufferRole.Parameter => dialect.Part("parameters", FormattableString.Invariant($"{graph.Parameters[buffer.Name].Offset}"), FormattableString.Invariant($"{buffer.Size}")),
            BufferRole.ParameterGradient => dialect.Part("gradients", FormattableString.Invariant($"{graph.Parameters[ParameterOf(buffer).Name].Offset}"), FormattableString.Invariant($"{buffer.Size}")),
            BufferRole.Batch => dialect.Part("scratch", OffsetInBatch(plan, buffer), FormattableString.Invariant($"{buffer.Size}")),
            BufferRole.Activation => dialect.Part("scratch", plan.Offsets[buffer.Name] is > 0 and int at ? BlockWriter.Count(at) + (all ? "" : " + " + sample) : sample, size),
            BufferRole.Input => dialect.Part("input", sample, size),
            _ => dialect.PartOf("target", sample, size),
        };
    }

    /// <summary>What is of the batch stands behind what is of its samples.</summary>
    private static string OffsetInBatch(MemoryPlan plan, Ir.Buffer buffer) =>
        BlockWriter.Count(plan.Size) + (plan.Offsets[buffer.Name] is > 0 and int at ? FormattableString.Invariant($" + {at}") : "");

    private void EmitForEachSample(CodeWriter w, Kernel kernel)
    {
        IEnumerable<string> arguments = kernel.Operands.Select(o => o.Buffer.Role switch
        {
            BufferRole.Parameter or BufferRole.ParameterGradient or BufferRole.State or BufferRole.Batch => "ref " + o.Buffer.Name,
            _ => VectorDialect.Reference(o.Buffer.Name, methods.StrideOf(o.Buffer) is > 1 and int stride ? FormattableString.Invariant($"sample * {stride}") : "sample"),
        });
        IEnumerable<string> numbers = kernel.Scalars.Select(static s => s == Scalar.Seed ? "SampleSeed(seed, first + sample)" : KernelMethods.NameOf(s));
        if (kernel.Scalars.Contains(Scalar.Seed))
            dialect.Use(Helper.SampleSeed);
        string all = string.Join(", ", arguments.Concat(numbers)), sum = kernel.GivesLoss ? "loss += " : "";
        if (!kernel.IsWorthLanes || !dialect.HasVectors)
        {
            using (w.Block("for (int sample = 0; sample < samples; sample++)"))
                w.Line($"{sum}{methods.MethodOf(kernel)}({all});");
            return;
        }

        using (w.Block(null))
        {
            w.Line("int sample = 0;");
            foreach (Lanes lanes in new[] { Lanes.Sixteen, Lanes.Eight })
            {
                using (w.Block($"if ({lanes.Class}.IsHardwareAccelerated)"))
                using (w.Block(FormattableString.Invariant($"for (; sample <= samples - {lanes.Count}; sample += {lanes.Count})")))
                    w.Line($"{sum}{methods.InLanes(kernel)}{LanesTypes.ArgumentsOf(lanes)}({all});");
                w.Line();
            }

            using (w.Block("for (; sample < samples; sample++)"))
                w.Line($"{sum}{methods.MethodOf(kernel)}({all});");
        }
    }

    private static Ir.Buffer ParameterOf(Ir.Buffer gradient) =>
        gradient with { Name = gradient.Stem, Role = BufferRole.Parameter };

    private void EmitBody(CodeWriter w, IReadOnlyList<Kernel> kernels, Func<Ir.Buffer, Home> homeOf, bool givesLoss)
    {
        bool hasViews = false;
        foreach (Ir.Buffer buffer in kernels.SelectMany(static k => k.Operands).Select(static o => o.Buffer).Distinct())
        {
            if (homeOf(buffer) is { Memory: { } memory } home && dialect.View(buffer, memory, home.Offset) is { } view)
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
            KernelMethods.EmitCalls(w, kernel, k =>
            {
                IEnumerable<string> arguments = k.Operands.Select(o => homeOf(o.Buffer) switch
                {
                    { Memory: { } memory, IsPart: true } home when dialect.View(o.Buffer, memory, home.Offset) is null => dialect.PartOf(memory, FormattableString.Invariant($"{home.Offset}"), FormattableString.Invariant($"{o.Buffer.Size}")),
                    { Memory: { } memory } home => dialect.ViewArgument(o.Buffer.Name, memory, home.Offset),
                    _ => dialect.PassOn(o.Buffer.Name),
                });
                string call = $"{methods.MethodOf(k)}({string.Join(", ", arguments.Concat(k.Scalars.Select(static s => KernelMethods.NameOf(s))))});";
                w.Line(k.Formula, sums && k.GivesLoss ? "sum += " + call : k.GivesLoss ? "return " + call : call);
            });
        }

        if (sums)
            w.Line("return sum;");
    }

    /// <summary>The memory that a buffer is a part of, and where it begins; null where it is handed over by itself.</summary>
    /// <param name="IsPart">The memory is a sample's part of the caller's, which a method is handed as a buffer.</param>
    private readonly record struct Home(string? Memory, int Offset, bool IsPart = false);
}
