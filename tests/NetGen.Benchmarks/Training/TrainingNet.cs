using System;
using System.Collections.Generic;
using System.Threading;
using NetGen.Training;

namespace NetGen.Benchmarks;

/// <summary>A network to be trained: its generated class, and what it is for peers.</summary>
internal abstract class TrainingNet(BenchmarkNet net)
{
    public static readonly IReadOnlyList<TrainingNet> All =
    [
        new TrainingNet<NetMLP>(
            new NetBuilder(Mnist.Pixels, 1, 1).Dense(128, Activation.Relu).Dense(10, Activation.Softmax).Build("mlp"), seed => new NetMLP(seed)),
        new TrainingNet<NetCNN>(
            new NetBuilder(1, 28, 28).Image(8, 5).MaxPool(2).Image(16, 5).MaxPool(2).Dense(10, Activation.Softmax).Build("cnn"), seed => new NetCNN(seed)),
    ];

    public string Name => Net.Name;

    public BenchmarkNet Net => net;

    /// <summary>The parameters that a seed gives, in the common order.</summary>
    public abstract float[] Initial(int seed);

    /// <summary>Trains as a user of the library does, to the end of the plan or until it is so accurate.</summary>
    public abstract TrainingCurve Train(Mnist data, int seed, TrainingPlan plan, double accuracy);

    /// <summary>The seconds of one epoch of a new network; of several processes, each takes batches of that size.</summary>
    public abstract double TimeEpoch(Mnist data, int batchSize, int workers, ProcessGroup processes);
}

/// <inheritdoc/>
internal sealed class TrainingNet<TNet>(BenchmarkNet net, Func<int, TNet> create) : TrainingNet(net) where TNet : class, IClassifierNetwork<TNet>
{
    public override float[] Initial(int seed)
    {
        TNet network = create(seed);
        return Array.ConvertAll(ParameterPlaces.Of(TNet.ParameterTable), place => network.Parameters[place]);
    }

    public override TrainingCurve Train(Mnist data, int seed, TrainingPlan plan, double accuracy)
    {
        List<TrainedEpoch> curve = [];
        using CancellationTokenSource stop = new();
        TNet network = create(seed);
        network.Fit(
            data.Train,
            options: new TrainingOptions
            {
                Epochs = plan.Epochs, BatchSize = TrainingPlan.BatchSize, Seed = seed, LearningRateSchedule = step => plan.Rate(step, data.Train.Count),
            },
            epochCompleted: report =>
            {
                // Without validation data, the report's duration is that of training alone.
                curve.Add(new(report.Duration.TotalSeconds, network.Evaluate(data.Test).Accuracy!.Value));
                if (curve[^1].Accuracy >= accuracy)
                    stop.Cancel();
            },
            cancellationToken: stop.Token);
        return new(curve);
    }

    public override double TimeEpoch(Mnist data, int batchSize, int workers, ProcessGroup processes)
    {
        TrainingOptions options = new() { Epochs = 1, BatchSize = batchSize, Workers = workers, Processes = processes, LearningRate = 1e-3f };
        return create(1).Fit(data.Train, options: options).Duration.TotalSeconds;
    }
}
