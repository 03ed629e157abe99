using System;
using System.IO;
using System.Linq;
using System.Threading;
using NetGen.Examples;
using NetGen.Training;
using Spectre.Console;

const int Seed = 42;

Terminal.Prepare();

// Data: 70 % train, 10 % choose the best epoch, 20 % test. The network itself brings the pixels, which are 0 to 16, to 0 to 1.
LabeledDataset digits = Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "digits.csv"), label: "digit");
(LabeledDataset rest, LabeledDataset test) = digits.Split(testFraction: 0.2, Seed, stratify: true);
(LabeledDataset train, LabeledDataset validation) = rest.Split(testFraction: 0.125, Seed, stratify: true);
AnsiConsole.WriteLine($"{digits.Count:N0} digits: {train.Count:N0} train, {validation.Count} validation, {test.Count} test");

// The network, as digits.yaml describes it.
var table = new Table { Border = TableBorder.Simple }.AddColumns("parameter", "shape", "floats");
table.Columns[2].RightAligned();
foreach (Digits.ParameterInfo parameter in Digits.ParameterTable)
    table.AddRow(parameter.Name, Markup.Escape($"[{string.Join(", ", parameter.Shape)}]"), $"{parameter.Shape.Aggregate((a, b) => a * b):N0}");
table.AddRow($"{Digits.InputSize} inputs, {Digits.OutputSize} outputs", "", $"{Digits.ParameterCount:N0}");
AnsiConsole.Write(table);

// Training. The network ends with the weights of the epoch that does best on the validation digits. Interrupt the program with Ctrl-C, start it again, and it goes on where it was.
var net = new Digits();
string checkpoint = Path.Combine(AppContext.BaseDirectory, "digits.checkpoint.safetensors");
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
var options = new TrainingOptions
{
    Epochs = 60,
    BatchSize = 32,
    Seed = Seed,
    Metrics = [Metric.F1],
    ReduceOnPlateau = new ReduceOnPlateau { Factor = 0.3f, Patience = 6 },
    Patience = 15,
    Checkpoint = new CheckpointOptions(checkpoint) { EverySteps = 10, Resume = true },
};
TrainingHistory history = TrainingView.Show(options.Epochs, report => net.Fit(train, validation, options, report, stop.Token));
if (history.StopReason == StopReason.Cancelled)
{
    AnsiConsole.WriteLine($"Cancelled after {history.Steps} steps; start the program again to go on.");
    return 1;
}

File.Delete(checkpoint);
Console.WriteLine(history.ToString().Split('\n')[^1]);
AnsiConsole.WriteLine($"best epoch {history.Best!.Epoch}, validation accuracy {history.Best.ValidationAccuracy:0.000}");

// The test digits, which nothing above has seen.
float[] outputs = net.Predict(test);
Evaluation result = net.Evaluate(test, Metric.F1, Metric.TopK(2));
AnsiConsole.WriteLine($"test accuracy {result.Accuracy:0.000}, F1 {result.Metrics["F1"]:0.000}, among the two likeliest {result.Metrics["top-2 accuracy"]:0.000}");
AnsiConsole.WriteLine();
Console.WriteLine(result.Confusion); // wider than 80 columns: as it is
AnsiConsole.WriteLine();

int[] order = [.. Enumerable.Range(0, test.Count)];
int[] right = [.. order.Where(i => Guess(i) == test.Labels[i]).Take(2)];
int[] surestMistakes = [.. order.Where(i => Guess(i) != test.Labels[i]).OrderByDescending(i => outputs[i * Digits.OutputSize + Guess(i)]).Take(2)];
AnsiConsole.WriteLine("Two that it gets right, and its two surest mistakes:");
AnsiConsole.WriteLine();
AnsiConsole.Write(Pictures.SideBySide(test, outputs, [.. right, .. surestMistakes]));
AnsiConsole.WriteLine();

// Weights go to a file that PyTorch reads too, with the names of the classes, and come back into a network that started elsewhere.
string file = Path.Combine(AppContext.BaseDirectory, "digits.safetensors");
net.SaveWeights(file, new WeightsInfo { ClassNames = digits.ClassNames });
var loaded = new Digits(seed: 7);
WeightsInfo info = loaded.LoadWeights(file);
bool isSame = outputs.AsSpan().SequenceEqual(loaded.Predict(test)) && info.ClassNames!.SequenceEqual(digits.ClassNames);
AnsiConsole.WriteLine($"digits.safetensors: saved, loaded into a fresh network; its outputs are {(isSame ? "the same" : "DIFFERENT")}");
return isSame ? 0 : 1;

int Guess(int sample) => Metrics.ArgMax(outputs.AsSpan(sample * Digits.OutputSize, Digits.OutputSize));
