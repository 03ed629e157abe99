using System;
using System.Diagnostics;
using System.IO;
using NetGen.Examples;
using NetGen.Training;
using Spectre.Console;

Terminal.Prepare();

string[] species = ["setosa", "versicolor", "virginica"];
LabeledDataset flowers = Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "iris.csv"), label: "species");
(LabeledDataset train, LabeledDataset test) = flowers.Split(testFraction: 0.2, seed: 42, stratify: true);

// Fitted on the training flowers alone: the test set stays unseen.
Standardizer standardizer = Standardizer.FitFeatures(train);
train = standardizer.ApplyToFeatures(train);
test = standardizer.ApplyToFeatures(test);

AnsiConsole.WriteLine($"{train.Count} flowers to train on, {test.Count} to test; 4-16-3, {Iris.ParameterCount} parameters");
AnsiConsole.WriteLine();

var net = new Iris();
net.Fit(train, options: new TrainingOptions { Epochs = 100, BatchSize = 16, Seed = 42 }, epochCompleted: report =>
{
    if (report.Epoch is 1 or 2 or 5 or 10 or 20 or 50 or 100)
        AnsiConsole.WriteLine($"epoch {report.Epoch,3}   loss {report.TrainLoss:0.000}   training accuracy {net.Evaluate(train).Accuracy:0.000}");
});

float[] outputs = net.Predict(test);
AnsiConsole.WriteLine();
AnsiConsole.WriteLine($"test accuracy {Metrics.Accuracy(outputs, test.Labels):0.000}");
AnsiConsole.WriteLine();

int[,] confusion = Metrics.ConfusionMatrix(outputs, test.Labels);
var table = new Table { Border = TableBorder.Simple };
table.AddColumn("is \\ taken for");
foreach (string name in species)
    table.AddColumn(new TableColumn(name).RightAligned());
for (int row = 0; row < species.Length; row++)
    table.AddRow(species[row], $"{confusion[row, 0]}", $"{confusion[row, 1]}", $"{confusion[row, 2]}");
AnsiConsole.Write(table);

AnsiConsole.WriteLine($"one Forward call: about {NanosecondsPerForward(net, test):0} ns (rough; this machine, one thread)");
AnsiConsole.WriteLine($"10,000 training steps on 16 flowers: {BytesOfTraining(train):N0} bytes allocated");

static double NanosecondsPerForward(Iris net, LabeledDataset data)
{
    const int Calls = 200_000;
    ReadOnlySpan<float> inputs = data.Features;
    Span<float> output = stackalloc float[Iris.OutputSize];
    double fastest = double.PositiveInfinity;
    float sum = 0;

    // The first rounds compile and warm up; the fastest is the one that nothing else disturbed.
    for (int round = 0; round < 10; round++)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < Calls; call++)
        {
            net.Forward(inputs.Slice(call % data.Count * Iris.InputSize, Iris.InputSize), output);
            sum += output[0]; // an output that nobody reads need not be computed
        }

        fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls);
    }

    return float.IsFinite(sum) ? fastest : throw new InvalidOperationException("The network's outputs are not numbers.");
}

static long BytesOfTraining(LabeledDataset data)
{
    var net = new Iris();
    ReadOnlySpan<float> inputs = data.Features[..(16 * Iris.InputSize)];
    ReadOnlySpan<int> labels = data.Labels[..16];
    net.TrainStep(inputs, labels); // takes the scratch memory for 16 samples, once

    long before = GC.GetAllocatedBytesForCurrentThread();
    for (int step = 0; step < 10_000; step++)
        net.TrainStep(inputs, labels);

    return GC.GetAllocatedBytesForCurrentThread() - before;
}
