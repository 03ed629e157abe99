using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace NetGen.Benchmarks;

/// <summary>The same training by PyTorch with one thread, in a Python process that has the data and the clock.</summary>
internal sealed class TorchTraining : IDisposable
{
    private readonly TorchProcess _process;

    /// <param name="python">A Python that has PyTorch.</param>
    /// <param name="data">Sent once, for all trainings.</param>
    public TorchTraining(string python, Mnist data)
    {
        _process = new TorchProcess(python);
        float[][] sets = [data.Train.Features.ToArray(), Labels(data.Train.Labels), data.Test.Features.ToArray(), Labels(data.Test.Labels)];
        _process.AskNumber(new() { ["verb"] = "data", ["floats"] = new JsonArray([.. sets.Select(s => (JsonNode)s.Length)]) }, sets);
    }

    public TrainingCurve Train(TrainingNet net, int seed, TrainingPlan plan, double accuracy)
    {
        float[] initial = net.Initial(seed);
        JsonObject request = new()
        {
            ["verb"] = "train",
            ["layers"] = TorchContender.Describe(net.Net),
            ["input"] = TorchContender.Integers(net.Net.Layers[0].InputShape),
            ["batch"] = TrainingPlan.BatchSize,
            ["rate"] = plan.LearningRate,
            ["epochs"] = plan.Epochs,
            ["seed"] = seed,
            ["floats"] = new JsonArray(initial.Length),
        };
        _process.AskNumber(request, initial);
        List<TrainedEpoch> curve = [];
        while (curve.Count < plan.Epochs && (curve.Count == 0 || curve[^1].Accuracy < accuracy))
        {
            double seconds = _process.AskNumber(new() { ["verb"] = "epoch" });
            curve.Add(new(seconds, _process.AskNumber(new() { ["verb"] = "accuracy" })));
        }

        return new(curve);
    }

    public void Dispose() => _process.Dispose();

    private static float[] Labels(ReadOnlySpan<int> labels) => Array.ConvertAll(labels.ToArray(), label => (float)label);
}
