using System;
using System.IO;
using System.Linq;
using NetGen.Examples;
using NetGen.Training;

const int Seed = 42;

// The split is that of the Digits example, so that the two can be compared: 70 % train, 10 % choose the best epoch, 20 % test.
LabeledDataset digits = Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "digits.csv"), label: "digit");
digits = digits.WithFeatures([.. digits.Features.ToArray().Select(pixel => pixel / 16)]);
(LabeledDataset rest, LabeledDataset test) = digits.Split(testFraction: 0.2, Seed, stratify: true);
(LabeledDataset train, LabeledDataset validation) = rest.Split(testFraction: 0.125, Seed, stratify: true);

var net = new DigitsConv();
Console.WriteLine($"{DigitsConv.ParameterCount:N0} parameters, {DigitsConv.OptimizerStateSize:N0} floats that the optimizer keeps");
var options = new TrainingOptions { Epochs = 40, BatchSize = 32, Seed = Seed };
TrainingHistory history = net.Fit(train, validation, options, report =>
{
    if (report.Epoch % 5 == 0 || report.Epoch == 1)
        Console.WriteLine($"epoch {report.Epoch,2}   train loss {report.TrainLoss:0.0000}   validation loss {report.ValidationLoss:0.0000}   accuracy {report.ValidationAccuracy:0.000}");
});
Console.WriteLine($"best epoch {history.Best!.Epoch}, validation accuracy {history.Best.ValidationAccuracy:0.000}");

float[] outputs = net.Predict(test);
Console.WriteLine($"test accuracy {Metrics.Accuracy(outputs, test.Labels):0.000}");

// The weights that PyTorch would load into nn.Conv2d and nn.BatchNorm2d.
string file = Path.Combine(AppContext.BaseDirectory, "digits_conv.safetensors");
net.SaveWeights(file);
foreach (DigitsConv.ParameterInfo parameter in DigitsConv.ParameterTable)
    Console.WriteLine($"  {parameter.Name,-26} [{string.Join(", ", parameter.Shape)}]");
var loaded = new DigitsConv(seed: 7);
loaded.LoadWeights(file);
bool isSame = outputs.AsSpan().SequenceEqual(loaded.Predict(test));
Console.WriteLine($"digits_conv.safetensors: saved, loaded into a fresh network; its outputs are {(isSame ? "the same" : "DIFFERENT")}");
return isSame ? 0 : 1;
