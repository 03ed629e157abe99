using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>A compiled network, seen without its type: what the training library does with it.</summary>
internal abstract class RunnableNetwork
{
    /// <summary>The instance of a generated class, as what its loss makes it.</summary>
    public static RunnableNetwork Of(Type type)
    {
        Type face = type.GetInterfaces().Any(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IClassifierNetwork<>)) ? typeof(LabelNetwork<>)
            : type.GetInterfaces().Any(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITrainableNetwork<>)) ? typeof(TargetNetwork<>)
            : typeof(PlainNetwork<>);
        return (RunnableNetwork)Activator.CreateInstance(face.MakeGenericType(type))!;
    }

    /// <summary>Whether it has a <c>normalization</c> of its input that the spec states no numbers for.</summary>
    public abstract bool LearnsNormalization { get; }

    /// <summary>Sets those layers' statistics from data.</summary>
    public abstract void Adapt(Dataset data);

    /// <inheritdoc cref="Trainer.Predict"/>
    public abstract float[] Predict(Dataset data);

    /// <summary>The parameter buffer.</summary>
    public abstract ReadOnlySpan<float> Parameters { get; }

    /// <summary>Loads a weight file, and gives what it says beside.</summary>
    public abstract WeightsInfo Load(string path);

    /// <summary>Saves a weight file.</summary>
    public abstract void Save(string path, WeightsInfo info);
}

/// <summary>A compiled network with a loss.</summary>
internal abstract class TrainableNetwork : RunnableNetwork
{
    /// <inheritdoc cref="Trainer.Fit"/>
    public abstract TrainingHistory Fit(Dataset train, Dataset? validation, TrainingOptions options, Action<EpochReport>? epochCompleted,
        CancellationToken cancelled);

    /// <summary>The loss, the accuracy where there are classes, and the metrics, in inference mode.</summary>
    public abstract Evaluation Evaluate(Dataset data, params Metric[] metrics);

    /// <summary>The same of data that need not fit into memory: a chunked data set of what the network takes.</summary>
    public abstract Evaluation EvaluateChunks(object chunks, IReadOnlyList<Metric> metrics, CancellationToken cancelled);

    /// <summary>The loss of each sample by itself, with the l2 penalty in each.</summary>
    public abstract float[] LossesOf(Dataset data);
}

/// <inheritdoc/>
internal sealed class PlainNetwork<TNetwork> : RunnableNetwork where TNetwork : class, INetwork<TNetwork>, new()
{
    private readonly TNetwork network = new();

    public override bool LearnsNormalization => NormalizationOf<TNetwork>.IsUnstated(network);

    public override void Adapt(Dataset data) => network.Adapt(data);

    public override float[] Predict(Dataset data) => network.Predict(data);

    public override ReadOnlySpan<float> Parameters => network.Parameters;

    public override WeightsInfo Load(string path) => network.LoadWeights(path);

    public override void Save(string path, WeightsInfo info) => network.SaveWeights(path, info);
}

/// <inheritdoc/>
internal class TargetNetwork<TNetwork> : TrainableNetwork where TNetwork : class, ITrainableNetwork<TNetwork>, new()
{
    protected TNetwork Network { get; } = new();

    public override bool LearnsNormalization => NormalizationOf<TNetwork>.IsUnstated(Network);

    public override void Adapt(Dataset data) => Network.Adapt(data);

    public override float[] Predict(Dataset data) => Network.Predict(data);

    public override ReadOnlySpan<float> Parameters => Network.Parameters;

    public override WeightsInfo Load(string path) => Network.LoadWeights(path);

    public override void Save(string path, WeightsInfo info) => Network.SaveWeights(path, info);

    public override TrainingHistory Fit(Dataset train, Dataset? validation, TrainingOptions options, Action<EpochReport>? epochCompleted,
        CancellationToken cancelled) =>
        Network.Fit((TargetDataset)train, (TargetDataset?)validation, options, epochCompleted, cancelled);

    public override Evaluation Evaluate(Dataset data, params Metric[] metrics) => Network.Evaluate((TargetDataset)data, metrics);

    public override Evaluation EvaluateChunks(object chunks, IReadOnlyList<Metric> metrics, CancellationToken cancelled) =>
        Network.Evaluate((ChunkedDataset<TargetDataset>)chunks, metrics, cancelled);

    public override float[] LossesOf(Dataset data)
    {
        var targets = (TargetDataset)data;
        return Losses(data, (inputs, sample, scratch) => TNetwork.Loss(Network.Parameters, inputs, targets.TargetsOf(sample), scratch));
    }

    protected delegate float LossOf(ReadOnlySpan<float> inputs, int sample, Span<float> scratch);

    protected static float[] Losses(Dataset data, LossOf lossOf)
    {
        var losses = new float[data.Count];
        var scratch = new float[Math.Max(TNetwork.ScratchSize, TNetwork.TrainingScratchSize(1))];
        for (int i = 0; i < losses.Length; i++)
            losses[i] = lossOf(data.FeaturesOf(i), i, scratch);
        return losses;
    }
}

/// <inheritdoc/>
internal sealed class LabelNetwork<TNetwork> : TargetNetwork<TNetwork> where TNetwork : class, IClassifierNetwork<TNetwork>, new()
{
    public override TrainingHistory Fit(Dataset train, Dataset? validation, TrainingOptions options, Action<EpochReport>? epochCompleted,
        CancellationToken cancelled) =>
        train is LabeledDataset labeled
            ? Network.Fit(labeled, (LabeledDataset?)validation, options, epochCompleted, cancelled)
            : base.Fit(train, validation, options, epochCompleted, cancelled);

    public override Evaluation Evaluate(Dataset data, params Metric[] metrics) =>
        data is LabeledDataset labeled ? Network.Evaluate(labeled, metrics) : base.Evaluate(data, metrics);

    public override Evaluation EvaluateChunks(object chunks, IReadOnlyList<Metric> metrics, CancellationToken cancelled) =>
        chunks is ChunkedDataset<LabeledDataset> labeled ? Network.Evaluate(labeled, metrics, cancelled) : base.EvaluateChunks(chunks, metrics, cancelled);

    public override float[] LossesOf(Dataset data)
    {
        if (data is not LabeledDataset labeled)
            return base.LossesOf(data);
        if (!TNetwork.IsBinary)
            return Losses(data, (inputs, sample, scratch) => TNetwork.Loss(Network.Parameters, inputs, labeled.LabelsOf(sample), scratch));
        float[] targets = Array.ConvertAll(labeled.Labels.ToArray(), static label => (float)label);
        return Losses(data, (inputs, sample, scratch) =>
            TNetwork.Loss(Network.Parameters, inputs, targets.AsSpan(sample * labeled.LabelSize, labeled.LabelSize), scratch));
    }
}

/// <summary>The <c>normalization</c> layers of a new network.</summary>
internal static class NormalizationOf<TNetwork> where TNetwork : class, INetwork<TNetwork>
{
    /// <summary>Whether one of them has the mean 0 and the variance 1 that a layer has by default, so that it is to learn them.</summary>
    public static bool IsUnstated(TNetwork network) =>
        TNetwork.Normalizations.Any(layer => All(network, layer.Mean, 0) && All(network, layer.Variance, 1));

    private static bool All(TNetwork network, string name, float value)
    {
        NetworkParameter parameter = TNetwork.ParameterTable.First(p => p.Name == name);
        for (int i = 0; i < parameter.Shape[0]; i++)
            if (network.Parameters[parameter.Offset + i * parameter.Strides[0]] != value)
                return false;
        return true;
    }
}
