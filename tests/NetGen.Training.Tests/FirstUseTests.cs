using System.Collections.Generic;
using NetGen.Training.Tests.Networks;
using Xunit;
using Digits = NetGen.Training.Tests.Networks.LinearSoftmax<NetGen.Training.Tests.Networks.Digits>;

namespace NetGen.Training.Tests;

/// <summary>The library as its documentation shows it.</summary>
public sealed class FirstUseTests
{
    [Fact]
    public void Data_training_evaluation_and_weights_take_a_line_each()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("digits.safetensors");
        var lines = new List<string>();

        LabeledDataset digits = Dataset.FromCsv("data/digits.csv", label: "digit");
        var (train, test) = digits.Split(testFraction: 0.2, seed: 1, stratify: true);
        var standardizer = Standardizer.FitFeatures(train);
        (train, test) = (standardizer.ApplyToFeatures(train), standardizer.ApplyToFeatures(test));

        var net = new Digits();
        var history = Trainer.Fit(net, train, test, new TrainingOptions { Epochs = 5, Patience = 2 }, epoch => lines.Add($"{epoch}"));
        var evaluation = net.Evaluate(test);
        var confusion = Metrics.ConfusionMatrix(net.Predict(test), test.Labels);
        net.SaveWeights(path);

        var loaded = new Digits();
        loaded.LoadWeights(path);

        Assert.Equal(evaluation, loaded.Evaluate(test));
        Assert.Equal(history.Best!.ValidationAccuracy, evaluation.Accuracy);
        Assert.Equal(history.Epochs.Count, lines.Count);
        Assert.Equal(test.Count, Sum(confusion));
    }

    private static int Sum(int[,] counts)
    {
        int sum = 0;
        foreach (int count in counts)
            sum += count;
        return sum;
    }
}
