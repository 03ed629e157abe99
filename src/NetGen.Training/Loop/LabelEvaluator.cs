using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training.Loop;

/// <inheritdoc/>
internal sealed class LabelEvaluator<TNetwork> : Evaluator<TNetwork> where TNetwork : class, IClassifierNetwork<TNetwork>
{
    private readonly LabeledDataset data;
    private readonly float[] targets;

    public LabelEvaluator(LabeledDataset data, IEnumerable<Metric> metrics, int workers) : base(data, metrics, workers, isClassified: true)
    {
        this.data = data;
        targets = TNetwork.IsBinary ? Array.ConvertAll(data.Labels.ToArray(), static label => (float)label) : [];
    }

    protected override float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, int first, int count, Span<float> scratch)
    {
        int begin = first * data.LabelSize, length = count * data.LabelSize;
        return TNetwork.IsBinary
            ? TNetwork.Loss(parameters, inputs, targets.AsSpan(begin, length), scratch)
            : TNetwork.Loss(parameters, inputs, data.Labels.Slice(begin, length), scratch);
    }

    protected override double WeightOf(int first, int count)
    {
        if (TNetwork.IgnoredLabel is not { } ignored)
            return count;
        ReadOnlySpan<int> labels = data.Labels.Slice(first * data.LabelSize, count * data.LabelSize);
        return labels.Length - labels.Count(ignored);
    }

    protected override Predictions Predict(float[] outputs, double loss)
    {
        int[] labels = data.Labels.ToArray();
        if (TNetwork.IsBinary)
            return new Predictions(outputs, targets, Probabilities(outputs), labels, 2, true, loss, TNetwork.TargetSize, data.ClassNames.Count >= 2 ? data.ClassNames : null);

        int classes = TNetwork.TargetSize / TNetwork.LabelSize;
        float[] scores = TNetwork.HasClassesFirst && TNetwork.LabelSize > 1 ? ClassesLast(outputs, classes) : outputs;
        if (TNetwork.IgnoredLabel is { } ignored && labels.AsSpan().Contains(ignored))
        {
            int[] counting = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] != ignored)];
            float[] all = scores;
            scores = new float[counting.Length * classes];
            for (int i = 0; i < counting.Length; i++)
                all.AsSpan(counting[i] * classes, classes).CopyTo(scores.AsSpan(i * classes));
            labels = Array.ConvertAll(counting, i => labels[i]);
        }

        return new Predictions(outputs, [], scores, labels, classes, false, loss, TNetwork.TargetSize, data.ClassNames.Count >= classes ? data.ClassNames : null);
    }

    private static float[] ClassesLast(float[] outputs, int classes)
    {
        int places = TNetwork.LabelSize;
        var turned = new float[outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            int sample = i / (classes * places), c = i / places % classes, place = i % places;
            turned[(sample * places + place) * classes + c] = outputs[i];
        }

        return turned;
    }
}
