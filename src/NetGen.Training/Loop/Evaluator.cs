using System;
using System.Threading;

namespace NetGen.Training.Loop;

/// <summary>Evaluates a network over a data set, a chunk of samples at a time, so that scratch stays small.</summary>
internal abstract class Evaluator<TNetwork> where TNetwork : class, ITrainableNetwork<TNetwork>
{
    // Fixed, so that the same weights give the same bits whatever the batch size of training.
    private const int ChunkSize = 64;

    private readonly Dataset data;
    private readonly float[] outputs;
    private readonly float[] scratch;

    protected Evaluator(Dataset data)
    {
        this.data = data;
        int chunk = Math.Min(ChunkSize, data.Count);
        outputs = new float[checked(chunk * TNetwork.OutputSize)];
        scratch = new float[Math.Max(TNetwork.ScratchSize, TNetwork.TrainingScratchSize(chunk))];
    }

    /// <summary>Whether there is one right class for each sample.</summary>
    protected abstract bool HasAccuracy { get; }

    /// <summary>The evaluation; null if it was cancelled. Allocates nothing but it.</summary>
    public Evaluation? Evaluate(ReadOnlySpan<float> parameters, CancellationToken cancellationToken)
    {
        double loss = 0;
        int right = 0;
        for (int first = 0; first < data.Count; first += ChunkSize)
        {
            if (cancellationToken.IsCancellationRequested)
                return null;

            int count = Math.Min(ChunkSize, data.Count - first);
            ReadOnlySpan<float> inputs = data.Features.Slice(first * data.FeatureCount, count * data.FeatureCount);
            loss += (TNetwork.SumsLoss ? 1 : count) * (double)Loss(parameters, inputs, first, count, scratch);
            if (HasAccuracy)
            {
                Span<float> chunk = outputs.AsSpan(0, count * TNetwork.OutputSize);
                TNetwork.Forward(parameters, inputs, chunk, scratch);
                for (int i = 0; i < count; i++)
                    if (Metrics.ArgMax(chunk.Slice(i * TNetwork.OutputSize, TNetwork.OutputSize)) == ClassOf(first + i))
                        right++;
            }
        }

        return new Evaluation(data.Count, loss / data.Count, HasAccuracy ? (double)right / data.Count : null);
    }

    /// <summary>The mean loss of some samples that stand together.</summary>
    protected abstract float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, int first, int count, Span<float> scratch);

    /// <summary>The right class of a sample.</summary>
    protected abstract int ClassOf(int sample);
}
