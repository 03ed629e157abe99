using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Layers.Cells;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Optimizers;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Binding;

/// <summary>
/// A checked network as text, the same for equal networks and another for any others: a line each for the input, the layers in their order, the loss (or each output with its own), the
/// optimizer, and what is left. A thing is its kind with all that it was bound to in parentheses, in a fixed order; a formula stands in prefix
/// form; numbers have the shortest digits that give them back.
/// </summary>
internal static class NetworkText
{
    public static string Of(Network network)
    {
        IEnumerable<string> lines =
        [
            "network 1",
            .. Inputs(network),
            .. network.Layers.Select(static l => "layer " + Of(l)),
            .. Outputs(network),
            "optimizer " + Of(network.Optimizer),
            "l2 " + Of(network.L2),
            Invariant($"seed {network.Seed}"),
            Invariant($"unroll {network.Unroll}"),
            "weights " + (network.Weights is { } weights ? Of(weights) : "none"),
        ];
        return string.Concat(lines.Select(static line => line + "\n"));
    }

    /// <summary>One input without a name is its shape.</summary>
    private static IEnumerable<string> Inputs(Network network) =>
        !network.NamesInputs && network.Inputs.Count == 1 && network.Inputs[0] is { Name: "input", Member: "Input", Offset: 0 } ? ["input " + Of(network.Input)]
        : network.Inputs.Select(i => (network.NamesInputs ? "inputs " : "input ") + Thing(i.Name, i.Member, Of(i.Shape), Of(i.Offset)));

    /// <summary>What the last layer gives, where no others are named, is its loss.</summary>
    private static IEnumerable<string> Outputs(Network network)
    {
        Layer? last = network.Layers.LastOrDefault();
        return !network.NamesOutputs && network.Outputs.Count == 1 && last is not null
            && network.Outputs[0] == new OutputPart(last.Name, PartNames.Of([last.Name])[0], new ValueSource(network.Layers.Count - 1), last.Output, 0, network.Loss) ? ["loss " + Of(network.Loss)]
            : network.Outputs.Select(o => (network.NamesOutputs ? "outputs " : "output ") + Thing(o.Name, o.Member, Of(o.Source), Of(o.Shape), Of(o.Offset), Of(o.Loss)));
    }

    private static string Of(WeightsOption weights)
    {
        string[] names = [.. weights.Names.Select(static n => CSharpLiteral.String(n.Layer) + " " + CSharpLiteral.String(n.Name))];
        return Thing(Invariant($"{weights.Storage}"),
            [CSharpLiteral.String(weights.File), .. weights.Prefix.Length > 0 || names.Length > 0 ? new[] { CSharpLiteral.String(weights.Prefix), List(names) } : []]);
    }

    private static string Of(Layer layer) =>
        Thing(layer.Kind, [layer.Name, List(layer.Sources.Select(Of)), Of(layer.Input), Of(layer.Output), .. Own(layer)]);

    /// <summary>What the layers of a kind have beside what all have.</summary>
    private static string[] Own(Layer layer) => layer switch
    {
        Dense l =>
        [
            Of(l.Activation), Of(l.UseBias), Of(l.KernelInitializer), Of(l.BiasInitializer), Of(l.TrainsWeight), Of(l.TrainsBias),
            .. Unless(l.Weight is null, "weights_of", l.Weight is { } w ? List([w.Owner, Of(w.IsTransposed), Of(w.HasRowsOfOutputs)]) : ""),
        ],
        Convolution l =>
        [
            List(l.Windows.Select(Of)), Of(l.Groups), Of(l.IsTransposed), Of(l.Activation), Of(l.UseBias), Of(l.KernelInitializer), Of(l.BiasInitializer),
            Of(l.TrainsWeight), Of(l.TrainsBias),
        ],
        Recurrent l =>
        [
            Thing(l.Cell.Kind, List(l.Cell.Gates), List(l.Cell.States)), Of(l.ReturnsSequences), Of(l.Truncate), Of(l.Checkpoint),
            Of(l.KernelInitializer), Of(l.RecurrentInitializer), List(l.TrainedParameters),
            .. Unless(l.Cell.Activation == RecurrentCell.Tanh, "activation", Of(l.Cell.Activation)),
            .. Unless(l.Cell.RecurrentActivation == RecurrentCell.Sigmoid, "recurrent_activation", Of(l.Cell.RecurrentActivation)),
            .. Unless(l.Cell is not GruCell { ResetsState: true }, "reset_after", "false"), .. Unless(l.UseBias, "use_bias", "false"),
            .. Unless(l.WeightsOf is null, "weights_of", l.WeightsOf ?? ""), .. Unless(!l.HasInitialState, "initial_state", "true"),
            .. Unless(l.StatesRead.Count == 0, "states", List(l.StatesRead.Select(Of))),
        ],
        Bidirectional l => [Of(l.Inner), Invariant($"{l.MergeMode}")],
        BatchNorm l => [Of(l.Epsilon), Of(l.Momentum), Of(l.Options.TrainsWeight), Of(l.Options.TrainsBias), Of(l.UsesBatch),
            .. Parts(l.Options, hasCenter: true)],
        Compiler.Layers.Normalization l => [List(l.Mean.Select(Of)), List(l.Variance.Select(Of))],
        Rescaling l => [Of(l.Scale), Of(l.Offset)],
        Clip l => [Of(l.Min), Of(l.Max)],
        Power l => [Of(l.Exponent)],
        LayerNorm l => [Of(l.Epsilon), Of(l.Centres), Of(l.Options.TrainsWeight), Of(l.Options.TrainsBias), .. Parts(l.Options, l.Centres)],
        GroupNorm l => [Of(l.Groups), Of(l.Epsilon), Of(l.Options.TrainsWeight), Of(l.Options.TrainsBias), .. Parts(l.Options, hasCenter: true)],
        Embedding l => [Of(l.Rows), Of(l.TrainsWeight)],
        Prelu l => [Of(l.PerChannel), Of(l.TrainsWeight)],
        ActivationLayer l => [Of(l.Activation)],
        Pooling l => [Of(l.IsMax), List(l.Axes.Select(Of)), Of(l.CountsPadding)],
        GlobalPooling l => [Of(l.IsMax)],
        Dropout l => [Of(l.Rate)],
        Merge { Kind: "add" or "multiply" } l => [Of(l.Kind == "multiply")],
        Merge => [],
        Reduce l => [List(l.Axes.Select(Of)), Of(l.KeepsDimensions)],
        Concat l => [Of(l.Axis)],
        Pad l =>
        [
            List(l.Edges.Select(static e => List([Of(e.Before), Of(e.After)]))), .. Unless(l.Mode == PadMode.Constant, "mode", Invariant($"{l.Mode}")),
            .. Unless(l.Constant == 0, "value", Of(l.Constant)),
        ],
        Slice l => [Of(l.Axis), Of(l.Start), Of(l.Step)],
        Upsampling l => [List(l.Sizes.Select(Of)), Of(l.IsLinear)],
        PixelShuffle l => [Of(l.Factor), Of(l.IsBack)],
        Permute l => [List(l.Axes.Select(Of))],
        Flatten or Reshape or RepeatVector => [],
        _ => throw Unknown(layer),
    };

    /// <summary>Which parameters a norm lacks.</summary>
    private static string[] Parts(NormOptions options, bool hasCenter) =>
        [.. Unless(options.Scales, "scale", Of(false)), .. Unless(options.Centers == hasCenter, "center", Of(options.Centers))];

    private static string Of(Activation activation) => activation switch
    {
        ElementwiseActivation a => Thing(a.Kind, Of(a.Formula), Of(a.IsProbability), a.Derivative is null ? "none" : Of(a.Derivative)),
        SoftmaxActivation or LogSoftmaxActivation => Thing(activation.Kind),
        _ => throw Unknown(activation),
    };

    private static string Of(Loss? loss) => loss switch
    {
        null => "none",
        TermLoss l => Thing(l.Kind,
        [
            Invariant($"{l.Reduction}"), Of(l.Terms), Of(l.Derivative), Of(l.FusesActivation),
            .. Unless(l.PositiveWeights.Count == 0, "pos_weight", List(l.PositiveWeights.Select(Of))),
        ]),
        CategoricalLoss l => Thing(l.Kind,
        [
            Invariant($"{l.Reduction}"), Of(l.FusesActivation), .. Unless(l.Weight == 1, "weight", Of(l.Weight)),
            .. Unless(l.LabelSmoothing == 0, "label_smoothing", Of(l.LabelSmoothing)),
            .. Unless(l.ClassWeights.Count == 0, "class_weight", List(l.ClassWeights.Select(Of))), .. Unless(l.IgnoredLabel is null, "ignore_label", Of(l.IgnoredLabel)),
        ]),
        _ => throw Unknown(loss),
    };

    private static string Of(Optimizer optimizer) => Thing(
        optimizer.Kind, Of(optimizer.LearningRate), Of(optimizer.ClipNorm), Of(optimizer.ClipValue), Of(optimizer.Schedule), Of(optimizer.Rule));

    private static string Of(Schedule? schedule) => schedule switch
    {
        null => "none",
        CosineSchedule s => Thing("cosine", Of(s.From), Of(s.To), Of(s.Steps), Of(s.Warmup)),
        StepSchedule s => Thing("step", Of(s.From), Of(s.Factor), Of(s.Every)),
        ExponentialSchedule s => Thing("exponential", Of(s.From), Of(s.Decay)),
        InverseTimeSchedule s => Thing("inverse_time", Of(s.From), Of(s.Decay)),
        _ => throw Unknown(schedule),
    };

    private static string Of(UpdateRule rule) => Thing(
        "rule", List(rule.Kept), List(rule.Steps.Select(Of)), List(rule.Counters.Select(static c => Thing(c.Variable, Of(c.Formula), c.Meaning))), List(rule.Numbers.Select(Of)));

    private static string Of((string Variable, Expr Formula) step) => Thing(step.Variable, Of(step.Formula));

    private static string Of(Initializer initializer) => initializer switch
    {
        ConstantInitializer i => Thing("constant", Of(i.Value)),
        UniformInitializer i => Thing("uniform", Of(i.From), Of(i.To)),
        NormalInitializer i => Thing("normal", Of(i.Mean), Of(i.Deviation)),
        TruncatedNormalInitializer i => Thing("truncated_normal", Of(i.Mean), Of(i.Deviation)),
        OrthogonalInitializer i => Thing("orthogonal", Of(i.Gain), Of(i.Blocks)),
        ValuesInitializer i => Thing("values", [.. i.Values.Select(Of)]),
        StretchInitializer i => Thing("stretch", Of(i.From), Of(i.Count), Of(i.Value)),
        _ => throw Unknown(initializer),
    };

    private static string Of(Expr formula) => formula switch
    {
        Constant e => Of(e.Value),
        Variable e => e.Name,
        Negate e => Thing("negate", Of(e.Operand)),
        Binary e => Thing(Invariant($"{e.Operator}"), Of(e.Left), Of(e.Right)),
        Select e => Thing("select", Of(e.Left), Of(e.Right), Of(e.Then), Of(e.Otherwise)),
        Call e => Thing(Invariant($"{e.Function}"), Of(e.Operand)),
        Ir.Random => "random",
        _ => throw Unknown(formula),
    };

    private static string Of(Shape shape) => Thing(Invariant($"{shape.Layout}"), List(shape.Dimensions.Select(Of)));

    private static string Of(WindowAxis axis) => Thing(
        "window", [Of(axis.Length), Of(axis.Size), Of(axis.Stride), Of(axis.Dilation), Of(axis.Before), Of(axis.After), .. Unless(!axis.RoundsUp, "ceil_mode", Of(axis.RoundsUp))]);

    private static string Of(ValueSource source) => source switch
    {
        { IsInput: true } => Of(-1 - source.Part),
        { IsState: true } => Invariant($"{source.Layer}.{source.Part}"),
        _ => Of(source.Layer),
    };

    private static string Of(bool value) => value ? "true" : "false";

    private static string Of(int value) => Invariant($"{value}");

    private static string Of(long value) => Invariant($"{value}");

    private static string Of(int? value) => value is { } number ? Of(number) : "none";

    private static string Of(float value) => CSharpLiteral.Float(value);

    private static string Of(float? value) => value is { } number ? Of(number) : "none";

    private static string Of(double value) => CSharpLiteral.Double(value);

    /// <summary>An option that came later: where it is what it was before, the text is too.</summary>
    private static string[] Unless(bool isDefault, string name, string value) => isDefault ? [] : [Thing(name, value)];

    private static string Thing(string kind, params string[] parts) => $"{kind}({string.Join(", ", parts)})";

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    private static InvalidOperationException Unknown(object thing) => new($"the text of a network does not know {thing.GetType().Name}");
}
