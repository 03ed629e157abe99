using System;
using System.Collections.Generic;
using System.Threading;

namespace NetGen.Training.Loop;

/// <summary>
/// Evaluates a network over a data set, a chunk of samples at a time, so that scratch stays small. The chunks are shared out to workers and
/// processes, and what they give is put together in their order, so that the same weights give the same bits however many there are.
/// </summary>
internal abstract class Evaluator<TNetwork> where TNetwork : class, ITrainableNetwork<TNetwork>
{
    // Fixed, so that the same weights give the same bits whatever the batch size of training.
    private const int ChunkSize = 64;

    private readonly Dataset data;
    private readonly Metric[] metrics;
    private readonly bool needsOutputs;
    private readonly float[] losses;
    private readonly float[] outputs;
    private readonly AlignedFloats[] scratch;

    /// <param name="data">What it is evaluated on.</param>
    /// <param name="metrics">What is computed beside the loss.</param>
    /// <param name="workers">The threads that will evaluate.</param>
    /// <param name="isClassified">There is one right class for each label.</param>
    protected Evaluator(Dataset data, IEnumerable<Metric> metrics, int workers, bool isClassified)
    {
        this.data = data;
        this.metrics = [.. metrics];
        IsClassified = isClassified;
        needsOutputs = isClassified || this.metrics.Length > 0;
        losses = new float[(data.Count + ChunkSize - 1) / ChunkSize];
        outputs = new float[needsOutputs ? checked(data.Count * TNetwork.TargetSize) : 0];
        scratch = new AlignedFloats[workers];
        for (int i = 0; i < workers; i++)
            scratch[i] = new AlignedFloats(Math.Max(TNetwork.ScratchSize, TNetwork.TrainingScratchSize(Math.Min(ChunkSize, data.Count))));
    }

    /// <summary>There is one right class for each label.</summary>
    protected bool IsClassified { get; }

    /// <summary>What it is evaluated on.</summary>
    public Dataset Data => data;

    /// <summary>The evaluation; null if it was cancelled.</summary>
    /// <param name="network">The network.</param>
    /// <param name="average">What is evaluated in the place of its parameters; null where they are.</param>
    /// <param name="crew">The threads, no more than the workers that were announced.</param>
    /// <param name="processes">The processes that evaluate together; null where there is one.</param>
    /// <param name="cancellationToken">Ends it after a chunk, unless there are several processes.</param>
    public Evaluation? Evaluate(TNetwork network, AlignedFloats? average, Crew crew, ProcessGroup? processes, CancellationToken cancellationToken)
    {
        int ranks = processes?.Count ?? 1, rank = processes?.Rank ?? 0;
        if (ranks > 1)
        {
            losses.AsSpan().Fill(ProcessAgreement.Nothing);
            outputs.AsSpan().Fill(ProcessAgreement.Nothing);
            cancellationToken = CancellationToken.None; // the others wait for this one's sums
        }

        crew.Run(worker =>
        {
            for (int chunk = rank + worker * ranks; chunk < losses.Length && !cancellationToken.IsCancellationRequested; chunk += ranks * crew.Workers)
                EvaluateChunk(average is null ? network.Parameters : average.Span, chunk, scratch[worker].Span);
        });
        if (cancellationToken.IsCancellationRequested)
            return null;
        if (ranks > 1)
        {
            // The others' places hold nothing, so the sum is what was computed.
            processes!.Sum(losses);
            processes.Sum(outputs);
        }

        (double sum, double weights) = Losses();
        double loss = weights == 0 ? losses[0] : sum / weights;
        return needsOutputs ? Evaluation(data.Count, loss, metrics, Predict(outputs, loss), IsClassified) : new Evaluation(data.Count, loss, null);
    }

    /// <summary>The evaluation of several data sets as if they were one: only outputs and answers are held, not the features.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parts">Evaluators of the data sets, made as they are asked for.</param>
    /// <param name="metrics">What is computed beside the loss.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    public static Evaluation EvaluateAll(TNetwork network, IEnumerable<Evaluator<TNetwork>> parts, IReadOnlyList<Metric> metrics, CancellationToken cancellationToken)
    {
        using var crew = new Crew(1);
        double sum = 0, weights = 0, first = 0;
        bool areClassified = true;
        int count = 0;
        var predictions = new List<Predictions>();
        foreach (Evaluator<TNetwork> part in parts)
        {
            if (part.Evaluate(network, null, crew, null, cancellationToken) is not { } evaluation)
                throw new OperationCanceledException(cancellationToken);
            (double partSum, double partWeights) = part.Losses();
            (sum, weights) = (sum + partSum, weights + partWeights);
            if (count == 0)
                first = evaluation.Loss;
            count += evaluation.Count;
            areClassified &= part.IsClassified;
            predictions.Add(part.Predict(part.needsOutputs ? part.outputs : [], evaluation.Loss));
        }

        double loss = weights == 0 ? first : sum / weights;
        return Evaluation(count, loss, metrics, Predictions.Join(predictions, loss), areClassified);
    }

    /// <summary>The mean loss of some samples that stand together.</summary>
    protected abstract float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, int first, int count, Span<float> scratch);

    /// <summary>What some samples that stand together count in the mean.</summary>
    protected virtual double WeightOf(int first, int count) => count;

    /// <summary>What metrics compute from.</summary>
    protected abstract Predictions Predict(float[] outputs, double loss);

    /// <summary>Outputs of a binary network as probabilities.</summary>
    protected static float[] Probabilities(ReadOnlySpan<float> outputs)
    {
        float[] probabilities = outputs.ToArray();
        if (TNetwork.GivesLogits)
            for (int i = 0; i < probabilities.Length; i++)
                probabilities[i] = 1 / (1 + MathF.Exp(-probabilities[i]));
        return probabilities;
    }

    private static Evaluation Evaluation(int count, double loss, IEnumerable<Metric> metrics, Predictions predictions, bool isClassified)
    {
        var values = new Dictionary<string, double>();
        foreach (Metric metric in metrics)
            values[metric.Name] = metric.Compute(predictions);
        ConfusionMatrix? confusion = isClassified ? predictions.Confusion() : null;
        return new Evaluation(count, loss, confusion?.Accuracy) { Metrics = values, Confusion = confusion };
    }

    // What was computed last, added up, and what it is to be divided by.
    private (double Sum, double Weights) Losses()
    {
        double sum = 0, weights = 0;
        for (int chunk = 0; chunk < losses.Length; chunk++)
        {
            double weight = WeightOf(chunk * ChunkSize, CountOf(chunk));
            sum += (TNetwork.SumsLoss ? 1 : weight) * losses[chunk];
            weights += weight;
        }

        return (sum, weights);
    }

    private int CountOf(int chunk) => Math.Min(ChunkSize, data.Count - chunk * ChunkSize);

    private void EvaluateChunk(ReadOnlySpan<float> parameters, int chunk, Span<float> scratch)
    {
        int first = chunk * ChunkSize, count = CountOf(chunk);
        ReadOnlySpan<float> inputs = data.Features.Slice(first * data.FeatureCount, count * data.FeatureCount);
        losses[chunk] = Loss(parameters, inputs, first, count, scratch);
        if (!needsOutputs)
            return;
        Span<float> trained = outputs.AsSpan(first * TNetwork.TargetSize, count * TNetwork.TargetSize);
        if (TNetwork.TrainedOutputs.Count == 0)
            TNetwork.Forward(parameters, inputs, trained, scratch);
        else
            ForwardTrained(parameters, inputs, trained, scratch);
    }

    /// <summary>Of several outputs those that have a loss: there are targets for these alone.</summary>
    private static void ForwardTrained(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> trained, Span<float> scratch)
    {
        int count = trained.Length / TNetwork.TargetSize, at = 0;
        float[] all = new float[count * TNetwork.OutputSize];
        TNetwork.Forward(parameters, inputs, all, scratch);
        for (int sample = 0; sample < count; sample++)
        {
            foreach (NetworkOutput output in TNetwork.TrainedOutputs)
            {
                all.AsSpan(sample * TNetwork.OutputSize + output.Offset, output.Size).CopyTo(trained[at..]);
                at += output.Size;
            }
        }
    }
}
