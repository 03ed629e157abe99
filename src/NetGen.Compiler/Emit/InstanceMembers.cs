using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>The instance: it owns the buffers that the static core works on.</summary>
internal sealed class InstanceMembers(CodeWriter w, Dialect dialect, Program program, MemberNames names, RegionSet regions, ClassDeclaration declaration, BakedMembers? baked)
{
    private readonly Network _network = program.Network;
    private readonly string _read = dialect.ReadOnly();
    private readonly string _write = dialect.Writable;

    private bool HasScratch => !CoreMembers.UsesStack(dialect, program);

    private string ScratchArgument => HasScratch ? ", " + Floats(names.Scratch) : "";

    public void Emit()
    {
        w.Line();
        EmitFields();
        EmitConstructors();
        Property("Parameters", names.Parameters, "The parameters, ParameterBufferSize floats: to read, to set, and to hand to the static members.");
        if (program.Training is not null)
            Property("Gradients", names.Gradients, "The gradients of the last Backward. After a TrainStep on one sample their values are unspecified.");

        w.Summary("The outputs of n samples. An instance serves one thread at a time; the static Forward serves any number.");
        Throws();
        using (w.Block($"public void Forward({_read} inputs, {_write} outputs)"))
            EmitForward();
        if (_network.HasParts)
            EmitForwardParts();
        if (program.Training is null)
            return;
        EmitTraining(labels: false);
        if (program.Training.LabelSize is not null)
            EmitTraining(labels: true);
        EmitStep();
    }

    private void EmitForwardParts()
    {
        var parts = CoreMembers.PartParameters(_network);
        w.Line();
        w.Summary("The same with memory of its own for each input and each output.");
        CoreMembers.EmitPartTexts(w, parts);
        Throws();
        using (w.Block($"public void ForwardParts({CoreMembers.PartDeclarations(dialect, parts)})"))
            w.Line($"ForwardParts({Floats(names.Parameters)}, {string.Join(", ", parts.Select(static p => CSharpLiteral.Identifier(p.Parameter)))}{ScratchArgument});");
    }

    private void EmitForward()
    {
        if (!IsTiny || HasScratch || regions.Infer is not { } infer)
        {
            w.Line($"Forward({Floats(names.Parameters)}, inputs, outputs{ScratchArgument});");
            return;
        }

        using (w.Block("if (inputs.Length == InputSize && outputs.Length == OutputSize)"))
        {
            CheckIndices();
            w.Line(names.Kernels + "." + infer.Call(a => a switch
            {
                RegionArgument.Input => dialect.Whole("inputs"),
                RegionArgument.Output => dialect.Whole("outputs"),
                _ => Pass(a),
            }) + ";");
        }

        using (w.Block("else"))
            w.Line($"{names.Kernels}.InferBlocks({Floats(names.Parameters)}, inputs, outputs);");
    }

    private void EmitFields()
    {
        if (dialect.HasVectors)
            dialect.Use(Helper.AlignedFloats);
        Field(names.Parameters, "ParameterBufferSize");
        if (HasScratch)
            Field(names.Scratch, "ScratchSize");
        if (program.Training is not null)
        {
            Field(names.Gradients, "ParameterBufferSize");
            Field(names.State, "OptimizerStateSize");
            Field(names.TrainingScratch, IsTiny ? Invariant($"{System.Math.Max(program.Training.Plan.Size, program.InferencePlan.Size)}") : "0", isReadOnly: false);
        }

        w.Line();
    }

    private string Type => dialect.HasVectors ? names.Kernels + ".AlignedFloats" : "float[]";

    private string Allocate(string size) => dialect.HasVectors ? $"new {names.Kernels}.AlignedFloats({size})" : $"new float[{size}]";

    private void Field(string name, string size, bool isReadOnly = true) =>
        w.Line($"private {(isReadOnly ? "readonly " : "")}{Type} {name} = {Allocate(size)};");

    /// <summary>All of a field's floats.</summary>
    private string Floats(string field) => dialect.HasVectors ? field + ".Span" : field;

    private void EmitConstructors()
    {
        string name = CSharpLiteral.Identifier(declaration.Name);
        if (baked is not null)
        {
            w.Summary("A network that starts from the weights that are compiled in.");
            using (w.Block($"public {name}()"))
                w.Line(baked.Copy(Floats(names.Parameters)));
        }
        else
        {
            w.Summary(Invariant($"A network with the initial weights that the spec's seed, {_network.Seed}, gives."));
            using (w.Block(Invariant($"public {name}() : this({_network.Seed})")))
            {
            }
        }

        w.Line();
        w.Summary("A network with the initial weights that a seed gives: the same on every platform.");
        using (w.Block($"public {name}(int seed)"))
            w.Line($"{names.Kernels}.Initialize({Floats(names.Parameters)}, seed);");
        w.Line();
    }

    private void Property(string name, string field, string summary)
    {
        w.Summary(summary);
        w.Line($"public {_write} {name}");
        using (w.Block(null))
            w.Line($"get {{ return {Floats(field)}; }}");
        w.Line();
    }

    private void EmitTraining(bool labels)
    {
        string parameter = labels ? dialect.ReadOnly("int") + " labels" : _read + " targets";
        string argument = labels ? "labels" : "targets";
        string what = labels ? " whose targets are class indices" : "";

        w.Line();
        w.Summary($"The loss of n samples{what}, in inference mode.");
        Throws();
        using (w.Block($"public float Loss({_read} inputs, {parameter})"))
            w.Line($"return Loss({Floats(names.Parameters)}, inputs, {argument}{ScratchArgument});");

        w.Line();
        w.Summary($"Overwrites <see cref=\"Gradients\"/> with those of n samples{what}, in training mode, and returns the loss.");
        Throws();
        using (w.Block($"public float Backward({_read} inputs, {parameter})"))
        {
            EnsureScratch($"{dialect.Length("inputs")} / InputSize");
            w.Line($"return Backward({Floats(names.Parameters)}, inputs, {argument}, {Floats(names.Gradients)}, {Floats(names.TrainingScratch)}, {names.StepSeed}());");
        }

        w.Line();
        w.Summary($"One step on a mini-batch of n samples{what}: Backward and {CoreMembers.StepName(_network)} in one. Returns the loss before it.");
        Throws();
        using (w.Block($"public float TrainStep({_read} inputs, {parameter}, float learningRate)"))
            EmitTrainStep(labels, argument);

        w.Line();
        w.Summary(SameWithRate);
        using (w.Block($"public float TrainStep({_read} inputs, {parameter})"))
            w.Line($"return TrainStep(inputs, {argument}, {Rate});");
    }

    private string Rate => StepMethods.LearningRate(_network, names.Kernels, "Steps");

    private string SameWithRate => _network.Optimizer.Schedule is { } schedule
        ? $"The same with the schedule's learning rate at <see cref=\"Steps\"/>: {schedule.Description}."
        : "The same with the spec's learning rate.";

    private void EmitTrainStep(bool labels, string argument)
    {
        if (FusesOne && dialect.HasReferences && !labels && !LabelMembers.Weighs(_network))
            EmitOneFirst();
        w.Line($"{names.Kernels}.CheckLearningRate(learningRate);");
        bool takesLabels = program.Training!.LabelSize is not null;
        if (IsFused || takesLabels)
            w.Line(TrainingMembers.Check(dialect, names.Kernels, labels));
        if (takesLabels)
            w.Line($"return {names.TrainStepOf}(inputs, {(labels ? "default, labels" : "targets, default")}, learningRate);");
        else
            EmitTrainStepBody();
    }

    /// <summary>The mean is over the labels that count: the fused steps are told how many samples they make.</summary>
    private bool CountsLabels => LabelMembers.Counts(_network);

    private bool IsMean => _network.Loss!.Reduction == Reduction.Mean;

    /// <summary>What the loss of some samples is divided by.</summary>
    private string Divisor => CountsLabels ? "counted" : "count";

    private string Counted => CountsLabels ? ", double counted" : "";

    /// <summary>Backward and the update of one sample are one.</summary>
    private bool FusesOne => regions.Step is not null || program.Training!.Step is { Count: 0 };

    private BlockRegions? FusedBlocks => regions.Blocks is { Step: not null } or { StepsInLanes: true } ? regions.Blocks : null;

    private bool IsFused => FusesOne || FusedBlocks is not null;

    private void EmitTrainStepBody()
    {
        bool takesLabels = program.Training!.LabelSize is not null;
        if (!IsFused)
            EmitUnfused(takesLabels);
        else
        {
            w.Line("float loss;");
            w.Line($"int samples = {dialect.Length("inputs")} / InputSize;");
            string test = FusedBlocks switch
            {
                null => "samples == 1",
                { StepsInLanes: true } blocks => (FusesOne ? "samples == 1 || " : "") + Invariant($"(samples >= {Lanes.Four.Count} && samples <= {blocks.Training!.Samples!.Value})"),
                { } blocks => Invariant($"samples <= {blocks.Training!.Samples!.Value}"),
            };
            using (w.Block($"if ({test})"))
                EmitFusedStep(takesLabels);
            using (w.Block("else"))
                EmitUnfused(takesLabels);
        }

        w.Line();
        w.Line("Steps++;");
        w.Line("return loss;");
    }

    private void EmitFusedStep(bool takesLabels)
    {
        CheckIndices();
        EnsureScratch("samples");
        string target = dialect.All("targets");
        if (program.Training!.MakesTargets)
        {
            string count = FusedBlocks is null ? "1" : "samples", floats = count == "1" ? Invariant($"{_network.TargetSize}") : Invariant($"samples * {_network.TargetSize}");
            string room = $"{names.TrainingScratch}.Length - {floats}";
            (string, string, string) place = (dialect.SpanOf(names.TrainingScratch), room, floats);
            string? weighted = !LabelMembers.Weighs(_network) ? null : dialect.Weighted(names.Kernels + ".", ("0", count), _network.TargetSize, place);
            IEnumerable<string> counted = takesLabels ? LabelMembers.DeclareCounted(_network, names.Kernels + ".") : [];
            IEnumerable<string> made = !takesLabels ? dialect.DeclareWeighted(weighted!, room) : dialect.DeclareTarget(
                ("0", count), _network.TargetSize, LabelMembers.OneHot(_network, dialect, names.Kernels + ".", ("0", count), program.Training.LabelSize!.Value, place), weighted, room);
            // Of several losses it is the targets that hold what the counts say.
            foreach (string line in CountsLabels ? made.Concat(counted) : counted.Concat(made))
                w.Line(line);
            target = dialect.DeclaredTarget;
        }

        string numbers = CountsLabels ? "learningRate, counted" : "learningRate";
        string one = $"{names.StepWith}({dialect.All("inputs")}, {target}, {numbers})", many = $"{names.StepBlockWith}(samples, {dialect.All("inputs")}, {target}, {numbers})";
        w.Line($"loss = {((FusesOne, FusedBlocks) switch { (true, null) => one, (false, _) => many, _ => $"samples == 1 ? {one} : {many}" })};");
    }

    /// <summary>A step by targets or by labels: the other are none.</summary>
    private void EmitTrainStepOf()
    {
        w.Line();
        w.Line("// By targets or by labels: the other are none.");
        Optimize();
        using (w.Block($"private float {names.TrainStepOf}({_read} inputs, {_read} targets, {dialect.ReadOnly("int")} labels, float learningRate)"))
            EmitTrainStepBody();
    }

    /// <summary>One sample of a tiny network is one method, which works in the instance's scratch: that is there from the start.</summary>
    private bool IsTiny => program.Training is not null && regions.Blocks is { SampleFloats: not null };

    private bool KeepsOnStack => IsTiny && program.Training!.Plan.Size <= Tuning.Source.StepOnStack;

    /// <summary>Where inputs are indices, each has to be one.</summary>
    private void CheckIndices()
    {
        if (Checks.Indices(_network).Count > 0)
            w.Line($"{names.Kernels}.CheckIndices(inputs, \"inputs\");");
    }

    /// <summary>One sample, whose lengths are constants, once the scratch is there: nothing else is in its way.</summary>
    private void EmitOneFirst()
    {
        string scratch = IsTiny ? "" : Invariant($" && {names.TrainingScratch}.Length >= {program.Training!.Plan.Size}");
        using (w.Block($"if (inputs.Length == InputSize && targets.Length == {_network.TargetSizeName}{scratch} && learningRate >= 0f && learningRate <= float.MaxValue)"))
        {
            CheckIndices();
            w.Line($"float lossOfOne = {names.StepWith}({dialect.All("inputs")}, {dialect.All("targets")}, learningRate{(CountsLabels ? ", 1.0" : "")});");
            w.Line("Steps++;");
            w.Line("return lossOfOne;");
        }

        w.Line();
    }

    private void EmitUnfused(bool takesLabels)
    {
        string backward = "Backward(inputs, targets)";
        if (takesLabels)
            backward = (dialect.Target.HasSpan ? "labels.IsEmpty" : "labels == null") + $" ? {backward} : Backward(inputs, labels)";
        w.Line($"{(IsFused ? "" : "float ")}loss = {backward};");
        w.Line($"{CoreMembers.StepName(_network)}({Floats(names.Parameters)}, {Floats(names.Gradients)}, {Floats(names.State)}, learningRate);");
    }

    private void EmitStep()
    {
        string step = CoreMembers.StepName(_network);
        w.Line();
        w.Summary("One step of the optimizer with <see cref=\"Gradients\"/>.");
        Throws();
        using (w.Block($"public void {step}(float learningRate)"))
        {
            w.Line($"{step}({Floats(names.Parameters)}, {Floats(names.Gradients)}, {Floats(names.State)}, learningRate);");
            w.Line("Steps++;");
        }

        w.Line();
        w.Summary(SameWithRate);
        using (w.Block($"public void {step}()"))
            w.Line($"{step}({Rate});");

        w.Line();
        w.Summary(_network.Optimizer.Schedule is null
            ? "Steps taken. Dropout reads it; whoever restores a checkpoint sets it."
            : "Steps taken. Dropout and the learning rate's schedule read it; whoever restores a checkpoint sets it.");
        w.Line("public long Steps { get; set; }");

        w.Line();
        w.Line("// The randomness of the next step: a function of the spec's seed and the steps taken.");
        using (w.Block($"private ulong {names.StepSeed}()"))
        {
            dialect.Use(Helper.Mix);
            w.Line(Invariant($"return {names.Kernels}.Mix(unchecked((ulong)({_network.Seed}L)) ^ {names.Kernels}.Mix(unchecked((ulong)Steps)));"));
        }

        if (program.Training!.LabelSize is not null)
            EmitTrainStepOf();
        if (regions.Step is not null || program.Training!.Step is not null)
            EmitFused();
        if (regions.Blocks is { StepsInLanes: true })
            EmitFusedLanes();
        if (regions.Blocks is { Step: not null } blocks)
            EmitFusedBlock(blocks);
    }

    /// <summary>Forward, head and the fused backward of a block of samples.</summary>
    private void EmitFusedBlock(BlockRegions blocks)
    {
        w.Line();
        w.Line("// Samples of one block: each parameter is updated as soon as its gradient is known.");
        Optimize();
        using (w.Block($"private float {names.StepBlockWith}(int count, {SampleParameters}, float learningRate{Counted})"))
        {
            const string First = "0";
            if (CoreMembers.UsesSeed(blocks.Forward, blocks.Step))
                w.Line($"ulong sampleSeed = {names.StepSeed}();");
            w.Line(IsMean ? $"double scale = 1.0 / {Divisor};" : "const double scale = 1.0;");
            if (blocks.Forward is not null)
                w.Line($"{names.Kernels}.{blocks.Forward.CallBlock(Pass, First)};");
            w.Line($"double loss = {names.Kernels}.{blocks.Head!.CallBlock(a => a == RegionArgument.Scale ? "scale" : Pass(a), First)};");
            w.Line($"{names.Kernels}.{blocks.Step!.CallBlock(Pass, First)};");
            w.Line(IsMean ? $"return (float)(loss / {Divisor});" : "return (float)loss;");
        }
    }

    /// <summary>Samples each in a lane, whose gradients are a step at once.</summary>
    private void EmitFusedLanes()
    {
        w.Line();
        w.Line("// Samples each in a lane: the sum of a parameter's gradients is a step of it.");
        Optimize();
        using (w.Block($"private float {names.StepBlockWith}(int count, {SampleParameters}, float learningRate{Counted})"))
        {
            string arguments = $"(count, {Pass(RegionArgument.Parameters)}, {dialect.PassOn("input")}, {dialect.PassOn("target")}, {Pass(RegionArgument.Scratch)}, {Pass(RegionArgument.Parameters)}, -learningRate, {(IsMean ? "1.0 / " + Divisor : "1.0")})";
            string method = $"{names.Kernels}.TrainLanes";
            (string Condition, string Arguments)[] widths = [.. LaneEmitter.Widths("count", names.Kernels + ".")];
            w.Line("double loss =");
            foreach ((string condition, string typeArguments) in widths.Take(widths.Length - 1))
                w.Line($"    {condition} ? {method}{typeArguments}{arguments} :");
            w.Line($"    {method}{widths[widths.Length - 1].Arguments}{arguments};");
            w.Line(IsMean ? $"return (float)(loss / {Divisor});" : "return (float)loss;");
        }
    }

    /// <summary>Forward, head and the fused backward of one sample.</summary>
    private void EmitFused()
    {
        w.Line();
        w.Line("// One sample: each weight is updated as backward passes it, so no gradient is held.");
        Optimize();
        using (w.Block($"private float {names.StepWith}({SampleParameters}, float learningRate{Counted})"))
        {
            if (CoreMembers.UsesSeed(regions.Forward, regions.Step))
            {
                dialect.Use(Helper.SampleSeed);
                w.Line($"ulong sampleSeed = {names.Kernels}.SampleSeed({names.StepSeed}(), 0);");
            }

            string scratch = KeepsOnStack ? dialect.Stack(w, program.Training!.Plan.Size) : Pass(RegionArgument.Scratch);
            string Call(Region region) => names.Kernels + "." + region.Call(a => a == RegionArgument.Scratch ? scratch : Pass(a));
            if (regions.Forward is not null)
                w.Line(Call(regions.Forward) + ";");
            w.Line($"double loss = {Call(regions.Head!)}{(CountsLabels ? " / counted" : "")}{(regions.Penalty is null ? "" : " + " + Call(regions.Penalty))};");
            if (regions.Step is not null && StepMethods.Begins(_network))
                w.Line(StepMethods.Begin(_network, names.Kernels, dialect.WholeArray(names.State)));
            if (regions.Step is not null)
                w.Line(Call(regions.Step) + ";");
            w.Line("return (float)loss;");
        }
    }

    /// <summary>The parameters by which a fused step takes its samples.</summary>
    private string SampleParameters => dialect.Parameter(program.Graph.Input, false) + ", " + dialect.Parameter(program.Training!.Target, false);

    private string Pass(RegionArgument argument) => argument switch
    {
        RegionArgument.Parameters => dialect.WholeArray(names.Parameters),
        RegionArgument.Gradients => dialect.WholeArray(names.Gradients),
        RegionArgument.State => dialect.WholeArray(names.State),
        RegionArgument.Input => dialect.PassOn("input"),
        RegionArgument.Target => dialect.PassOn("target"),
        RegionArgument.Scratch => dialect.WholeArray(names.TrainingScratch),
        RegionArgument.LearningRate => "learningRate",
        RegionArgument.StepSize => "stepSize",
        RegionArgument.Epsilon => "epsilon",
        RegionArgument.Scale => CountsLabels ? "1.0 / counted" : "1.0",
        _ => "sampleSeed",
    };

    private void EnsureScratch(string samples)
    {
        using (w.Block($"if ({names.TrainingScratch}.Length < TrainingScratchSize({samples}))"))
            w.Line($"{names.TrainingScratch} = {Allocate($"TrainingScratchSize({samples})")};");
    }

    private void Throws()
    {
        w.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not agree with the others; nothing was changed.</exception>");
        Optimize();
    }

    private void Optimize() => CoreMembers.Optimize(w, dialect);
}
