using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Everything that is printed of a network: the kernels of each region (a region is what is done for one sample, or once
/// for all), and where buffers lie. What <see cref="Passes"/> makes of a <see cref="Network"/>.
/// </summary>
internal sealed record Program(Network Network, ForwardGraph Graph, IReadOnlyList<Kernel> Inference, MemoryPlan InferencePlan, TrainingProgram? Training)
{
    /// <summary>One step of a stream, where the network is over time and can.</summary>
    public StepProgram? Step { get; init; }

    /// <summary>Why there is none, where the network is over time and cannot.</summary>
    public string? StepObstacle { get; init; }

    /// <summary>Floats that one call of Forward, or of Loss, needs.</summary>
    public int ForwardScratch => System.Math.Max(InferencePlan.Size, Training?.EvaluationPlan.Size ?? 0);

    /// <summary>The same with room for what a loss makes of a sample's labels: what scratch has to hold.</summary>
    public int ScratchFloats => System.Math.Max(ForwardScratch, Training is { } t ? t.EvaluationPlan.Size + t.TargetFloats : 0);

    /// <summary>How many samples inference works on at once.</summary>
    public Blocks InferenceBlocks => Blocks.For(Inference, InferencePlan, Tuning.Samples.StackLimit);

    public static Program Of(Network network)
    {
        ForwardGraph graph = LowerNetwork.Run(network, training: false);
        IReadOnlyList<Kernel> inference = Fuse.Epilogues(Fuse.Prune(graph.Kernels, [graph.Output]), new HashSet<Buffer>([graph.Output]));
        MemoryPlan plan = PlanMemory.Run(inference, graph.Output);
        (StepProgram? step, string? obstacle) = StepProgram.Of(network);
        return new Program(network, graph, inference, plan, network.Loss is not null ? TrainingProgram.Of(network, graph) : null) { Step = step, StepObstacle = obstacle };
    }
}

/// <summary>The regions of a network with a loss.</summary>
/// <param name="Target">One sample's targets.</param>
/// <param name="LabelSize">How many class indices a sample has, where the losses take them.</param>
/// <param name="EvaluationHead">Its losses; of several the targets of each first.</param>
/// <param name="Evaluation">One sample's loss in inference mode, without its head.</param>
/// <param name="Forward">One sample forward in training mode.</param>
/// <param name="Backward">From the gradient that the head wrote to the gradients of the parameters, which it adds to.</param>
/// <param name="Penalties">The l2 penalty of each weight, once for a batch.</param>
/// <param name="PenaltyGradients">Its gradients, once for a batch.</param>
/// <param name="Norms">The squared norm of each gradient, where the optimizer clips.</param>
/// <param name="Updates">The optimizer's step.</param>
/// <param name="Step">Backward and updates of one sample fused, or null where a gradient is needed whole.</param>
/// <param name="Plan">Of the scratch of forward, head and backward together.</param>
/// <param name="Offsets">Where each buffer that an optimizer's kernel uses begins, in the parameters, the gradients or the state.</param>
internal sealed record TrainingProgram(
    ForwardGraph Graph, Buffer Target, int? LabelSize,
    IReadOnlyList<Kernel> Evaluation, IReadOnlyList<Kernel> EvaluationHead, MemoryPlan EvaluationPlan,
    IReadOnlyList<Kernel> Forward, IReadOnlyList<Kernel> Head, IReadOnlyList<Kernel> Backward,
    IReadOnlyList<Kernel> Penalties, IReadOnlyList<Kernel> PenaltyGradients, IReadOnlyList<Kernel> Norms, IReadOnlyList<Kernel> Updates,
    IReadOnlyList<Kernel>? Step, MemoryPlan Plan, IReadOnlyDictionary<string, int> Offsets, int StateSize)
{
    /// <summary>Every kernel, the ones of evaluation and of a step first.</summary>
    public IEnumerable<Kernel> Kernels =>
    [
        .. Evaluation, .. EvaluationHead, .. Forward, .. Head, .. Step ?? [], .. Backward,
        .. Penalties, .. PenaltyGradients, .. Norms, .. Updates,
    ];

    /// <summary>Targets are made: of labels, or of targets by the weights of their classes.</summary>
    public bool MakesTargets { get; init; }

    /// <summary>The floats by which a sample's scratch grows where targets are made.</summary>
    public int TargetFloats => MakesTargets ? Target.Size : 0;

    /// <summary>How many samples training works on at once.</summary>
    public Blocks Blocks => Blocks.For([.. Forward, .. Backward], Plan, Tuning.Samples.TrainingLimit);

    public static TrainingProgram Of(Network network, ForwardGraph inference)
    {
        ForwardGraph graph = LowerNetwork.Run(network, training: true);
        OutputPart[] trained = [.. network.Trained];
        var target = new Buffer("target", network.TargetSize, BufferRole.Target);
        int? labelSize = network.Losses.All(static l => l.TakesLabels) ? trained.Sum(static o => Layers.Activations.SoftmaxActivation.AxisOf(o.Shape).Groups) : null;
        Buffer[] targets = trained.Length == 1 ? [target] : [.. trained.Select(o => new Buffer(target.Named(o.Member), o.Shape.Size, BufferRole.Activation))];
        HeadInputs[] InputsOf(ForwardGraph g) => [.. trained.Select((o, k) =>
        {
            Buffer output = g.Outputs[network.Outputs.ToList().IndexOf(o)];
            return new HeadInputs(output, g.BeforeActivation(output), targets[k], o.Shape) { Suffix = trained.Length == 1 ? "" : "Of" + o.Member };
        })];
        HeadInputs[] heads = InputsOf(graph), evaluationHeads = InputsOf(inference);
        Buffer[] arguments = [.. heads.Select((h, k) => trained[k].Loss!.Argument(h))];
        Buffer[] evaluated = [.. evaluationHeads.Select((h, k) => trained[k].Loss!.Argument(h))];

        // Training: forward, head, backward.
        IReadOnlyList<Kernel> differentiated = Differentiate.Run(graph, arguments, out Buffer?[] gradients);
        IReadOnlyList<Kernel> backward = SparsePools.Run([.. AddedUp(arguments, gradients), .. differentiated]);
        IReadOnlyList<Kernel> HeadOf(HeadInputs[] inputs) =>
        [
            .. trained.Length == 1 ? Enumerable.Empty<Kernel>() : targets.Select((t, k) => Rearrange.Take("TargetOf" + trained[k].Member, target, t, targets.Take(k).Sum(static b => b.Size))),
            .. inputs.Select((h, k) => trained[k].Loss!.Lower(h, gradients[k], "LossGradient" + h.Suffix)),
        ];
        IReadOnlyList<Kernel> head = HeadOf(heads);

        // Loss: the forward pass as far as the head reads it. The head is the one of training, whose gradient nobody reads.
        IReadOnlyList<Kernel> evaluationHead = HeadOf(evaluationHeads);
        IReadOnlyList<Kernel> evaluation = Fuse.Epilogues(Fuse.Prune(inference.Kernels, evaluated), new HashSet<Buffer>(evaluated));

        IEnumerable<Buffer> read = backward.Concat(head).SelectMany(static k => k.Operands).Where(static o => o.IsRead).Select(static o => o.Buffer);
        var kept = new HashSet<Buffer>(read);
        IReadOnlyList<Kernel> forward = Fuse.Epilogues(Fuse.Prune(graph.Kernels, kept), kept);
        MemoryPlan plan = PlanMemory.Run([.. forward, .. head, .. backward]);

        (List<Kernel> penalties, List<Kernel> penaltyGradients) = PenaltiesOf(network, graph);
        OptimizerKernels optimizer = OptimizerOf(network, graph);
        OptimizerKernels merged = OptimizerKernels.Merged(network, optimizer);
        return new TrainingProgram(
            graph, target, labelSize, evaluation, evaluationHead, PlanMemory.Run([.. evaluation, .. evaluationHead]),
            forward, head, backward, penalties, penaltyGradients, merged.Norms, [.. merged.Updates, .. StatisticsOf(graph, merged)],
            forward.Concat(backward).Any(static k => k.IsOverBatch) ? null : FuseUpdates.Run([.. backward, .. penaltyGradients, .. optimizer.Norms, .. optimizer.Updates]),
            plan, merged.Offsets, (network.Optimizer.Rule.Kept.Count * network.ParameterCount) + (Counter.Floats * network.Optimizer.Rule.Counters.Count))
        {
            MakesTargets = labelSize is not null || network.Losses.Any(static l => l is CategoricalLoss { ClassWeights.Count: > 0 }),
        };
    }

    /// <summary>
    /// Where two losses are of one value, as one of logits is beside one that fuses with their softmax, the second has a gradient of its own, which is added
    /// to the first before backward begins.
    /// </summary>
    private static IEnumerable<Kernel> AddedUp(Buffer[] arguments, Buffer?[] gradients)
    {
        for (int k = 0; k < gradients.Length; k++)
        {
            if (gradients[k] is not { } gradient || System.Array.IndexOf(arguments, arguments[k]) is var first && first == k)
                continue;
            gradients[k] = new Buffer(gradient.Named(System.FormattableString.Invariant($"Of{k + 1}")), gradient.Size, gradient.Role);
            yield return Combine.Copy(NameScope.Pascal(gradient.Name) + System.FormattableString.Invariant($"Add{k + 1}"), gradients[k]!, gradient, Access.Accumulate);
        }
    }

    private static (List<Kernel> Penalties, List<Kernel> Gradients) PenaltiesOf(Network network, ForwardGraph graph)
    {
        List<Kernel> penalties = [], gradients = [];
        if (network.L2 == 0)
            return (penalties, gradients);
        foreach (Buffer weight in ParameterBuffers(graph).Where(b => graph.Parameters[b.Name].Parameter.IsPenalised))
        {
            string name = NameScope.Pascal(weight.Name);
            penalties.Add(new Penalty(name + "Penalty", weight, network.L2));
            if (graph.Parameters[weight.Name].Parameter.IsTrained)
                gradients.Add(new PenaltyGradient(name + "PenaltyGradient", weight, weight.Gradient(), network.L2));
        }

        return (penalties, gradients);
    }

    private static OptimizerKernels OptimizerOf(Network network, ForwardGraph graph)
    {
        var kernels = new OptimizerKernels(network);
        foreach (Buffer parameter in ParameterBuffers(graph).Where(b => graph.Parameters[b.Name].Parameter.IsTrained))
            kernels.Add(parameter, graph.Parameters[parameter.Name].Offset);
        return kernels;
    }

    /// <summary>The step of the running statistics: outside of l2, clipping and the optimizer.</summary>
    private static IEnumerable<Kernel> StatisticsOf(ForwardGraph graph, OptimizerKernels optimizer)
    {
        foreach (Buffer statistic in ParameterBuffers(graph))
        {
            if (graph.Parameters[statistic.Name].Parameter.Momentum is not { } momentum)
                continue;
            Expr running = Expr.Var("w");
            yield return optimizer.Blend(statistic, graph.Parameters[statistic.Name].Offset, running + (momentum * (Expr.Var("g") - running)));
        }
    }

    /// <summary>Every parameter's buffer, in the order of the layers.</summary>
    private static IEnumerable<Buffer> ParameterBuffers(ForwardGraph graph) => graph.Parameters
        .OrderBy(static p => p.Value.Offset)
        .Select(static p => new Buffer(p.Key, p.Value.Parameter.Size, BufferRole.Parameter));
}
