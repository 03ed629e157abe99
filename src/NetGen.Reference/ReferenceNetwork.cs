using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Reference;

/// <summary>One parameter: its shape as presented, whether it counts in the l2 penalty, and whether the optimizer changes it.</summary>
internal sealed record ReferenceParameter(string Name, int[] Shape, bool IsWeight, bool IsTrained)
{
    public int Length => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>A running mean or variance: its place in the gradients takes the batch's, and the optimizer leaves it alone.</summary>
    public bool IsStatistic { get; init; }

    /// <summary>The share of the batch's statistic in the running one after a step; null for what stays as it is.</summary>
    public double? Momentum { get; init; }
}

/// <summary>
/// The spec carried out in float64, slowly and plainly: what generated code is measured against. It knows nothing of
/// the compiler; the formulas are the textbook's, one layer at a time. The first values are the inputs, then comes what each layer gives.
/// </summary>
internal sealed partial class ReferenceNetwork
{
    private static readonly Dictionary<string, double[]> s_dropsNothing = [];

    private readonly IReadOnlyList<ReferenceOperation> _layers;
    private readonly IReadOnlyList<int[]> _reads;
    private readonly IReadOnlyList<ReferenceShape> _inputs;
    private readonly bool _sumsSamples;
    private readonly double _l2;

    private ReferenceNetwork(ReferenceSpec spec)
    {
        _inputs = spec.Inputs;
        Outputs = spec.Outputs;
        _layers = spec.Layers;
        _reads = spec.Reads;
        _sumsSamples = spec.SumsSamples;
        _l2 = spec.L2;
        LayerKinds = spec.Kinds;
        Layers = spec.Spans;
        Optimizer = spec.Optimizer;
        ParameterTable = spec.Parameters;
        Parameters = spec.Values;
        Trained = spec.Parameters.Where(p => p.IsTrained).Select(p => p.Name).ToHashSet();
    }

    /// <summary>Reads a spec that is known to be right; what it cannot read throws <see cref="NotSupportedException"/>.</summary>
    public static ReferenceNetwork Parse(string yaml) => new(ReferenceSpecReader.Read(yaml));

    /// <summary>The names of the layers and activations that the spec uses.</summary>
    public IReadOnlySet<string> LayerKinds { get; }

    /// <summary>The shapes of the inputs, in their order.</summary>
    public IEnumerable<int[]> InputSizes => _inputs.Select(i => i.Sizes);

    public int InputSize => _inputs.Sum(i => i.Length);

    public IReadOnlyList<ReferenceOutput> Outputs { get; }

    /// <summary>Those that have a loss; of each a sample's targets hold a part.</summary>
    public IEnumerable<ReferenceOutput> TrainedOutputs => Outputs.Where(o => o.Loss is not null);

    /// <summary>Of the only output.</summary>
    public ReferenceShape OutputShape => Outputs.Single().Shape;

    public int OutputSize => Outputs.Sum(o => o.Shape.Length);

    public int TargetSize => TrainedOutputs.Sum(o => o.Shape.Length);

    /// <summary>Labels of one sample: one for each position of an output.</summary>
    public int LabelSize => TrainedOutputs.Sum(o => o.Shape.Positions);

    /// <summary>Of the only output.</summary>
    public int ClassCount => OutputShape.Features;

    /// <summary>Where the inputs are indices into embeddings: how many there are that all of those have.</summary>
    public int? IndexCount => _layers.OfType<ReferenceEmbedding>().Select(layer => (int?)layer.Rows).Min();

    public ReferenceOptimizer Optimizer { get; }

    /// <summary>In the order of the layers.</summary>
    public IReadOnlyList<ReferenceParameter> ParameterTable { get; }

    /// <summary>The values, row-major in the presented shape (a dense weight is [out, in]); zeros until they are set.</summary>
    public IReadOnlyDictionary<string, double[]> Parameters { get; }

    /// <summary>The names of the parameters that the step changes.</summary>
    public IReadOnlySet<string> Trained { get; }

    /// <summary>Each dropout layer's name, elements per sample and rate.</summary>
    public IReadOnlyList<(string Name, int Size, double Rate)> DropoutLayers =>
        [.. _layers.OfType<ReferenceDropout>().Select(d => (d.Name, d.Output.Length, d.Rate))];

    /// <summary>The outputs of the samples that stand back to back in <paramref name="inputs"/>; with <paramref name="masks"/>, which may be empty, in training mode.</summary>
    public double[] Forward(double[] inputs, IReadOnlyDictionary<string, double[]>? masks = null) =>
        Back(Values(inputs, masks), Outputs.Select(o => o.Value));

    /// <summary>What the last layer reads: the logits of a network that ends in an activation.</summary>
    public double[] ForwardToLogits(double[] inputs) => Back(Values(inputs, null), [_reads[^1][0]]);

    /// <summary>
    /// The loss over the samples (their mean, or sum) and the l2 penalty; with <paramref name="masks"/>, which may be empty,
    /// in training mode.
    /// </summary>
    public double Loss(double[] inputs, double[] targets, IReadOnlyDictionary<string, double[]>? masks = null) =>
        Loss(Values(inputs, masks), targets, _ => SamplesIn(inputs));

    public double Loss(double[] inputs, int[] labels, IReadOnlyDictionary<string, double[]>? masks = null) =>
        Loss(Values(inputs, masks), OneHot(labels), output => Counted(labels, output));

    /// <summary>
    /// The loss in training mode and its gradients by the chain rule, layer by layer from the last; 0 for frozen parameters. In the
    /// places of running statistics stand the batch's mean and unbiased variance.
    /// </summary>
    /// <param name="inputs">The samples back to back.</param>
    /// <param name="targets">Their targets back to back.</param>
    /// <param name="masks">For each dropout layer its multipliers, sample after sample; absent ones drop nothing.</param>
    public (double Loss, IReadOnlyDictionary<string, double[]> Gradients) Backward(
        double[] inputs, double[] targets, IReadOnlyDictionary<string, double[]>? masks = null) => Backward(inputs, targets, _ => SamplesIn(inputs), masks);

    private (double Loss, IReadOnlyDictionary<string, double[]> Gradients) Backward(
        double[] inputs, double[] targets, Func<ReferenceOutput, double> counted, IReadOnlyDictionary<string, double[]>? masks)
    {
        masks ??= s_dropsNothing;
        Dictionary<string, double[]> gradients = ParameterTable.ToDictionary(p => p.Name, p => new double[p.Length]);
        ReferencePass pass = new(0, masks, gradients);
        double[][][] values = Values(inputs, masks);

        Chain(values, pass, TrainedOutputs.Select(output =>
        {
            double divisor = _sumsSamples ? 1 : counted(output);
            double[] Gradient(double[] f, int n) => Array.ConvertAll(output.Loss!.Gradient(f, TargetOf(output, targets, n)), g => g / divisor);
            return (output.LossReads, values[output.LossReads].Select(Gradient).ToArray());
        }));

        foreach (ReferenceParameter p in ParameterTable.Where(p => !p.IsStatistic))
        {
            double[] g = gradients[p.Name];
            for (int i = 0; i < g.Length; i++)
            {
                double penalty = p.IsWeight ? 2 * _l2 * Parameters[p.Name][i] : 0;
                g[i] = p.IsTrained ? g[i] + penalty : 0;
            }
        }

        return (Loss(values, targets, counted), gradients);
    }

    public (double Loss, IReadOnlyDictionary<string, double[]> Gradients) Backward(
        double[] inputs, int[] labels, IReadOnlyDictionary<string, double[]>? masks = null) =>
        Backward(inputs, OneHot(labels), output => Counted(labels, output), masks);

    /// <summary>From one sample and dL/dy of its outputs, back to back, to dL/dx of its inputs, back to back; 0 for an input that is not read.</summary>
    public double[] InputGradient(double[] input, double[] dy)
    {
        double[][][] values = Values(input, null);
        ReferencePass pass = new(0, null, ParameterTable.ToDictionary(p => p.Name, p => new double[p.Length]));
        double[][]?[] d = Chain(values, pass, Outputs.Select((output, k) =>
        {
            int from = Outputs.Take(k).Sum(o => o.Shape.Length);
            return (output.Value, new[] { dy[from..(from + output.Shape.Length)] });
        }));
        return [.. _inputs.SelectMany((shape, k) => d[k]?[0] ?? new double[shape.Length])];
    }

    /// <summary>
    /// From the gradients of some values to those of all, layer by layer from the last. A value that several layers read has the sum of their gradients; one
    /// that no way leads from to the loss has none.
    /// </summary>
    private double[][]?[] Chain(double[][][] values, ReferencePass pass, IEnumerable<(int Value, double[][] Gradient)> ends)
    {
        double[][]?[] d = new double[values.Length][][];
        void Accumulate(int value, double[][] part) => d[value] = d[value] is double[][] sum ? [.. sum.Zip(part, Add)] : part;
        foreach ((int value, double[][] gradient) in ends)
            Accumulate(value, gradient);
        for (int layer = _layers.Count - 1; layer >= 0; layer--)
        {
            if (d[_inputs.Count + layer] is not double[][] dy)
                continue;
            double[][][] dx = _layers[layer].Backward(Inputs(layer, values), dy, pass);
            foreach ((int value, double[][] part) in _reads[layer].Zip(dx))
                Accumulate(value, part);
        }

        return d;
    }

    /// <summary>How many samples the labels that count make; 1 where none does, whose loss and gradients are 0 already.</summary>
    private double Counted(int[] labels, ReferenceOutput output) =>
        LabelsOf(output, labels).Count(label => label != output.IgnoredLabel) is > 0 and int count ? (double)count / output.Shape.Positions : 1;

    /// <summary>The labels of one output, sample after sample.</summary>
    private IEnumerable<int> LabelsOf(ReferenceOutput output, int[] labels)
    {
        int first = TrainedOutputs.TakeWhile(o => o != output).Sum(o => o.Shape.Positions);
        return labels.Where((_, i) => i % LabelSize >= first && i % LabelSize < first + output.Shape.Positions);
    }

    /// <summary>One step of the spec's optimizer at its learning rate (a schedule's first), or at the one given; running statistics take in the batch's.</summary>
    public void SgdStep(
        IReadOnlyDictionary<string, double[]> gradients, Dictionary<string, double[]> state, double? learningRate = null)
    {
        Optimizer.Step(Parameters, gradients, Trained, state, learningRate ?? Optimizer.LearningRate);
        Blend(Parameters, gradients);
    }

    /// <summary>running = (1 - momentum) running + momentum statistic, for the running statistics of batch norm.</summary>
    public void Blend(IReadOnlyDictionary<string, double[]> parameters, IReadOnlyDictionary<string, double[]> gradients)
    {
        foreach (ReferenceParameter p in ParameterTable)
        {
            double[] running = parameters[p.Name];
            for (int i = 0; p.Momentum is double momentum && i < running.Length; i++)
                running[i] = (1 - momentum) * running[i] + momentum * gradients[p.Name][i];
        }
    }

    /// <summary>
    /// The gradients by central differences of the loss in training mode:
    /// (-f(w + 2h) + 8 f(w + h) - 8 f(w - h) + f(w - 2h)) / 12h, whose error is of the order of h^4.
    /// </summary>
    public IReadOnlyDictionary<string, double[]> NumericalGradient(
        double[] inputs, double[] targets, IReadOnlyDictionary<string, double[]>? masks = null, double step = 5e-4)
    {
        Dictionary<string, double[]> gradients = [];
        foreach (ReferenceParameter p in ParameterTable)
        {
            double[] g = gradients[p.Name] = new double[p.Length];
            for (int i = 0; p.IsTrained && i < g.Length; i++)
            {
                double w = Parameters[p.Name][i];
                double At(double steps)
                {
                    Parameters[p.Name][i] = w + steps * step;
                    return Loss(inputs, targets, masks ?? s_dropsNothing);
                }

                g[i] = (-At(2) + 8 * At(1) - 8 * At(-1) + At(-2)) / (12 * step);
                Parameters[p.Name][i] = w;
            }
        }

        return gradients;
    }

    /// <summary>The targets that say the same as <paramref name="labels"/>: 1 at the label's class of each position, else 0; all 0 where it does not count.</summary>
    public double[] OneHot(int[] labels)
    {
        double[] targets = new double[labels.Length / LabelSize * TargetSize];
        int at = 0;
        foreach (ReferenceOutput output in TrainedOutputs)
        {
            int[] own = [.. LabelsOf(output, labels)];
            for (int i = 0; i < own.Length; i++)
            {
                if (own[i] == output.IgnoredLabel)
                    continue;
                ArgumentOutOfRangeException.ThrowIfNegative(own[i], nameof(labels));
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(own[i], output.Shape.Features, nameof(labels));
                targets[i / output.Shape.Positions * TargetSize + at + output.Shape.IndexOf(i % output.Shape.Positions, own[i])] = 1;
            }

            at += output.Shape.Length;
        }

        return targets;
    }

    /// <summary>What the batch becomes: its inputs, then what each layer gives.</summary>
    private double[][][] Values(double[] inputs, IReadOnlyDictionary<string, double[]>? masks)
    {
        ReferencePass pass = new(0, masks, null);
        double[][][] values = InputValues(inputs);
        for (int layer = 0; layer < _layers.Count; layer++)
            values[_inputs.Count + layer] = _layers[layer].Forward(Inputs(layer, values), pass);
        return values;
    }

    /// <summary>Some values of each sample, back to back.</summary>
    private static double[] Back(double[][][] values, IEnumerable<int> of) =>
        [.. Enumerable.Range(0, values[0].Length).SelectMany(n => of.SelectMany(value => values[value][n]))];

    /// <summary>One sample's targets of an output.</summary>
    private double[] TargetOf(ReferenceOutput output, double[] targets, int sample)
    {
        int first = TrainedOutputs.TakeWhile(o => o != output).Sum(o => o.Shape.Length);
        return Slice(targets, sample, TargetSize)[first..(first + output.Shape.Length)];
    }

    private double[][][] Inputs(int layer, double[][][] values) => Array.ConvertAll(_reads[layer], value => values[value]);

    private double Loss(double[][][] values, double[] targets, Func<ReferenceOutput, double> counted)
    {
        double total = TrainedOutputs.Sum(output =>
            values[output.LossReads].Select((f, n) => output.Loss!.Value(f, TargetOf(output, targets, n))).Sum() / (_sumsSamples ? 1 : counted(output)));
        return _l2 == 0 ? total : total + _l2 * ParameterTable.Where(p => p.IsWeight).Sum(p => Parameters[p.Name].Sum(w => w * w));
    }

    private static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private int SamplesIn(double[] inputs) =>
        inputs.Length % InputSize == 0
            ? inputs.Length / InputSize
            : throw new ArgumentException($"{inputs.Length} values are not a whole number of samples of {InputSize}", nameof(inputs));

    private static double[] Slice(double[] values, int sample, int size) => values[(sample * size)..((sample + 1) * size)];
}
