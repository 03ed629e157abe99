using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>
/// The generated file. Members stand in the order in which a reader wants them: constants and the parameter table, the
/// static core, the instance, and last, in a nested class, the regions, kernels and helpers behind them.
/// </summary>
internal sealed class NetworkEmitter
{
    private readonly Network _network;
    private readonly Program _program;
    private readonly ClassDeclaration _declaration;
    private readonly Dialect _dialect;
    private readonly MemberNames _names;
    private readonly CodeWriter _kernels = new();
    private readonly KernelMethods _methods;
    private readonly RegionEmitter _regions;
    private readonly ChooseStrategy _strategies;

    private readonly BakedMembers? _baked;

    private NetworkEmitter(Network network, ClassDeclaration declaration, Target target, BakedWeights? weights)
    {
        _network = network;
        _declaration = declaration;
        _dialect = Dialect.For(target);
        _program = _dialect.HasVectors ? FuseCells.Run(Program.Of(network)) : Program.Of(network);
        _names = MemberNames.For(declaration);
        _dialect.KernelsClass = _names.Kernels;
        _baked = weights is null ? null : new BakedMembers(_dialect, _program, weights, _names, declaration.GlobalName);
        _strategies = new ChooseStrategy(_program, _dialect.HasVectors);
        _methods = new KernelMethods(_dialect, _strategies, _program.Graph);
        _regions = new RegionEmitter(_dialect, _strategies, _program.Graph, _methods);
    }

    public static GeneratedSource Run(Network network, ClassDeclaration declaration, Target target, BakedWeights? weights)
    {
        var emitter = new NetworkEmitter(network, declaration, target, weights);
        string text = emitter.Write();
        return new GeneratedSource(text, declaration.Helpers is null ? HelperNeeds.None : HelperNeeds.Of(emitter._dialect));
    }

    private string Write()
    {
        RegionSet regions = EmitRegions();
        string summary = $"A network from {Parts(_network.Inputs.Select(static i => (i.Name, i.Shape)), _network.NamesInputs)} to {Parts(_network.Outputs.Select(static o => (o.Name, o.Shape)), _network.NamesOutputs)}, with {CSharpLiteral.Grouped(_network.ParameterCount)} parameters"
            + (_network.Loss is not null ? $", trained by {_network.Optimizer.Kind} on {_network.LossText}." : ".");
        string[] table = [.. SummaryTable.Lines(_program, _strategies), .. _baked is null ? [] : (string[])[_baked.Description]];
        // What an editor shows where the class is named.
        summary += $"\n<code>\n{string.Join("\n", table)}\n</code>";
        return Skeleton.Write(_declaration, _dialect.Target, ["", .. table], _dialect.Aliases, summary,
            TrainingInterface.BaseList(_dialect.Target, _declaration, TrainingInterface.NameFor(_network)), w =>
        {
            var core = new CoreMembers(w, _dialect, _program, _names, regions);
            core.EmitConstants();
            core.EmitTable();
            core.EmitForward();
            if (_network.HasParts)
                core.EmitForwardParts();
            _baked?.EmitPredict(w, regions);
            new StepMembers(w, _dialect, _program, _names).Emit(regions.TimeStep);
            if (_program.Training is not null)
            {
                new TrainingMembers(w, _kernels, _dialect, _program, _names, regions).Emit();
                core.EmitStep();
            }

            core.EmitInferBlocks(_kernels);
            new InstanceMembers(w, _dialect, _program, _names, regions, _declaration, _baked).Emit();
            if (_dialect.Target.HasTraining)
                TrainingInterface.Emit(w, _program, _dialect.HasVectors ? _names with { State = _names.State + ".Span" } : _names, _declaration);
            EmitNested(w);
        });
    }

    private RegionSet EmitRegions()
    {
        CodeWriter w = _kernels;
        bool ofOne = !_strategies.UsesBlocksOnly;
        _methods.LivesOutside(_program.Graph.Output);
        Views inferred = Views.Of(_program.Inference, _program.Graph.Output);
        Views trained = Views.Of([.. _program.Training is { } all ? all.Kernels : []], null);
        Views? stepped = _program.Step is { } one ? Views.Of(one.Kernels, one.Output) : null;
        // The output of one time step is the caller's memory too, and another buffer than that of all steps.
        if (_program.Step is { } ofTime)
            _methods.LivesOutside(ofTime.Output);
        foreach (Ir.Buffer part in inferred.Values.Concat(trained.Values).Concat(stepped?.Values ?? []))
            _methods.LivesOutside(part);
        Region? forward = !ofOne ? null : _regions.Emit(w, "Infer", "One sample forward, as it is for inference.", _program.Inference, _program.InferencePlan, output: _program.Graph.Output, views: inferred);
        BlockRegions? blocks = _dialect.HasReferences || _program.Training is { Blocks.Samples: null } ? EmitBlockRegions() : null;
        Region? step = _program.Step is not { } s ? null
            : _regions.Emit(w, "InferStep", "One time step of a stream, as it is for inference.", s.Kernels, s.Plan, s.Offsets, s.Output, views: stepped);
        Region? predict = forward is null || _baked?.Halves is not { } halves ? null
            : _regions.Emit(w, "PredictOne", "One sample forward, by weights that are kept in 16 bits.", halves.Kernels, _program.InferencePlan, output: _program.Graph.Output, halves: halves, views: inferred);
        Region? inferParts = null;
        if (_network.HasParts)
        {
            PartBuffers parts = CoreMembers.PartsOf(_program);
            foreach ((Ir.Buffer part, _) in parts.Outputs)
                _methods.LivesOutside(part);
            inferParts = _regions.Emit(
                w, "InferParts", "One sample forward, as it is for inference, from its inputs to its outputs.", _program.Inference, _program.InferencePlan, output: _program.Graph.Output,
                views: inferred.OfParts(parts), handed: parts);
        }

        if (_program.Training is not { } t)
            return new RegionSet(forward) { Blocks = blocks, TimeStep = step, Predict = predict, InferParts = inferParts };
        _methods.ReadsPast = !_strategies.IsTiny;

        Region? Optional(string name, string summary, IReadOnlyList<Kernel> kernels, MemoryPlan? plan = null) =>
            kernels.Count == 0 ? null : _regions.Emit(w, name, summary, kernels, plan, t.Offsets, views: trained);
        Region? trainingForward = !ofOne || (blocks is { SampleFloats: null } && t.Step is null) ? null
            : Optional("TrainingForward", "One sample forward, as it is for training; backward reads what it leaves in scratch.", t.Forward, t.Plan);
        Region head = _regions.Emit(w, "TrainingLoss", "The loss of one sample, and its gradient.", t.Head, t.Plan, views: trained);
        // The loss is evaluated by the methods of training where no layer differs by mode and the stack has room for their scratch.
        bool isSame = trainingForward is not null && CoreMembers.UsesStack(_dialect, _program) && t.Plan.Size + t.TargetFloats <= Tuning.Source.ForwardOnStack && t.Evaluation.SequenceEqual(t.Forward);
        return new RegionSet(forward)
        {
            Blocks = blocks,
            TimeStep = step,
            Predict = predict,
            InferParts = inferParts,
            EvaluationFloats = (isSame ? t.Plan : t.EvaluationPlan).Size,
            Evaluate = isSame ? trainingForward : !ofOne ? null
                : Optional("Evaluate", "One sample forward as far as the loss needs it, as it is for inference.", t.Evaluation, t.EvaluationPlan),
            EvaluateLoss = isSame ? head : _regions.Emit(w, "SampleLoss", "The loss of one sample.", t.EvaluationHead, t.EvaluationPlan, views: trained),
            Forward = trainingForward,
            Head = head,
            Backward = blocks is { SampleFloats: null } ? null : Optional("BackwardSample", "One sample backward: adds its part to the gradients.", t.Backward, t.Plan),
            Step = t.Step is null || !ofOne ? null : Optional("StepSample", "One sample backward, each parameter updated as it is passed.", t.Step, t.Plan),
            Penalty = Optional("Penalty", "The l2 penalty, once for a batch.", t.Penalties),
            PenaltyGradient = Optional("AddPenaltyGradient", "The gradient of the l2 penalty, once for a batch.", t.PenaltyGradients),
            Norm = Optional("SquaredNorm", "The squared norm of all gradients together.", t.Norms),
            Update = Optional("Update", "The step of the optimizer.", t.Updates),
        };
    }

    private BlockRegions EmitBlockRegions()
    {
        CodeWriter w = _kernels;
        Blocks inference = _program.InferenceBlocks;
        LaneEmitter? lanes = _strategies is { IsTiny: true, UsesBlocksOnly: false } ? new(_dialect, _program) : null;
        bool infersInLanes = lanes?.EmitInference(w) == true;
        Region? infer = infersInLanes || !_dialect.HasReferences ? null : _regions.EmitBlock(w, "InferBlock", "A block of samples forward, as it is for inference.", _program.Inference, _program.InferencePlan, inference.Panel > 0, _program.Graph.Output);
        if (_program.Training is not { } t)
            return new BlockRegions(inference, infer);

        Blocks blocks = t.Blocks;
        Region? Optional(string name, string summary, IReadOnlyList<Kernel> kernels, bool steps = false) =>
            kernels.Count == 0 ? null : _regions.EmitBlock(w, name, summary, kernels, t.Plan, _dialect.HasReferences && blocks.Panel > 0, steps: steps);
        bool isOverBatch = blocks.Samples is null;
        // The gradient of a convolution's weight goes into the parameter at once only where the product over vectors is the only form it has.
        bool canStep = !isOverBatch && Blocks.CanStep(_network, t.Backward) && (_dialect.HasVectors || !t.Backward.Any(static k => k is CorrelateWeightGradient));
        if (!isOverBatch && lanes?.EmitTraining(w) is { } floats)
            return new BlockRegions(inference, infer) { Training = blocks, SampleFloats = floats, StepsInLanes = canStep };
        return new BlockRegions(inference, infer)
        {
            Training = blocks with { Panel = _dialect.HasReferences ? blocks.Panel : 0 },
            Forward = Optional("TrainingForwardBlock", "A block of samples forward, as it is for training.", t.Forward),
            Head = Optional("TrainingLossBlock", "The loss of a block of samples, and its gradient.", t.Head),
            Evaluate = _strategies.UsesBlocksOnly && t.Evaluation.Count > 0
                ? _regions.EmitBlock(w, "EvaluateBlock", "A block of samples forward as far as the loss needs it, as it is for inference.", t.Evaluation, t.EvaluationPlan, inference.Panel > 0) : null,
            Backward = Optional("BackwardBlock", "A block of samples backward: adds its part to the gradients.", t.Backward),
            Step = canStep ? Optional("StepBlock", "A block of samples backward, each parameter updated as soon as its gradient is known.", t.Backward, steps: true) : null,
        };
    }

    private void EmitNested(CodeWriter w)
    {
        _methods.EmitKernels(_kernels);
        InitializerEmitter.Emit(_kernels, _dialect, _network);
        Checks.Emit(_kernels, _dialect, _program);
        if (_program.Training is { } training)
            StepMethods.Emit(_kernels, _dialect, _network, training.StateSize);
        if (_declaration.Helpers is null)
            HelperNeeds.Of(_dialect).Emit(_kernels, _dialect.Target);

        foreach (int size in _dialect.StackSizes)
        {
            _kernels.Summary(FormattableString.Invariant($"{size} floats."));
            _kernels.Line(FormattableString.Invariant($"[global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential, Size = {4 * size})]"));
            _kernels.Line(FormattableString.Invariant($"internal struct Scratch{size}"));
            _kernels.Line("{\n}");
            _kernels.Line();
        }

        // Last: it may be long.
        _baked?.EmitData(_kernels);
        w.Line();
        w.Summary("What the members above are made of.");
        using (w.Block(_declaration.Helpers is { } helpers ? $"private abstract class {_names.Kernels} : {helpers}" : $"private static class {_names.Kernels}"))
        {
            w.Line(_kernels.ToString().TrimEnd('\n'));
        }
    }

    private static string Parts(System.Collections.Generic.IEnumerable<(string Name, Shapes.Shape Shape)> parts, bool areNamed) =>
        string.Join(" and ", parts.Select(p => areNamed ? $"{p.Name} ({Floats(p.Shape)})" : Floats(p.Shape)));

    private static string Floats(Shapes.Shape shape) => shape.Rank == 1 ? $"{CSharpLiteral.Grouped(shape.Size)} numbers" : shape.ToString();
}

/// <summary>The text of a file, and what it calls of the file that networks share.</summary>
internal sealed record GeneratedSource(string Text, HelperNeeds Needs);

/// <summary>The regions' methods; null where there is nothing to do.</summary>
internal sealed record RegionSet(Region? Infer)
{
    /// <summary>The regions over blocks of samples, where the target has vectors.</summary>
    public BlockRegions? Blocks { get; init; }

    /// <summary>One sample forward, each input and each output handed over by itself.</summary>
    public Region? InferParts { get; init; }

    /// <summary>One time step of a stream.</summary>
    public Region? TimeStep { get; init; }

    /// <summary>One sample forward by baked weights of 16 bits.</summary>
    public Region? Predict { get; init; }

    public Region? Evaluate { get; init; }

    public Region? EvaluateLoss { get; init; }

    /// <summary>The floats of scratch that evaluating the loss of a sample takes.</summary>
    public int EvaluationFloats { get; init; }

    public Region? Forward { get; init; }

    public Region? Head { get; init; }

    public Region? Backward { get; init; }

    public Region? Step { get; init; }

    public Region? Penalty { get; init; }

    public Region? PenaltyGradient { get; init; }

    public Region? Norm { get; init; }

    public Region? Update { get; init; }
}

/// <summary>The regions' methods over a block of samples.</summary>
/// <param name="Infer">Null where each lane is a sample, and where the target has no vectors: only what is over the batch needs blocks then.</param>
internal sealed record BlockRegions(Blocks Inference, Region? Infer)
{
    public Blocks? Training { get; init; }

    /// <summary>The floats of a sample's scratch in training where each lane is a sample; else null.</summary>
    public int? SampleFloats { get; init; }

    /// <summary>The gradients of samples in lanes can be a step at once.</summary>
    public bool StepsInLanes { get; init; }

    public Region? Forward { get; init; }

    /// <summary>Where there is none for one sample.</summary>
    public Region? Evaluate { get; init; }

    public Region? Head { get; init; }

    public Region? Backward { get; init; }

    /// <summary>Null where a step needs the gradient first.</summary>
    public Region? Step { get; init; }
}

/// <summary>The private names of the generated class, which avoid those of the user.</summary>
internal sealed record MemberNames(string Kernels, string Parameters, string Gradients, string State, string Scratch, string TrainingScratch, string StepSeed, string TrainStepOf, string StepWith, string StepBlockWith)
{
    public static MemberNames For(ClassDeclaration declaration) => new(
        declaration.Free("Kernels"), declaration.Free("_parameters"), declaration.Free("_gradients"), declaration.Free("_state"), declaration.Free("_scratch"),
        declaration.Free("_trainingScratch"), declaration.Free("StepSeed"), declaration.Free("TrainStepOf"), declaration.Free("StepWith"), declaration.Free("StepBlockWith"));
}
