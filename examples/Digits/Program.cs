using System;
using System.IO;
using System.Linq;
using NetGen.Examples;
using NetGen.Training;
using Spectre.Console;

const int Seed = 42;

Terminal.Prepare();

// Data: pixels from 0 to 16 become 0 to 1; 70 % train, 10 % choose the best epoch, 20 % test.
LabeledDataset digits = Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "digits.csv"), label: "digit");
float[] pixels = digits.Features.ToArray();
for (int i = 0; i < pixels.Length; i++)
    pixels[i] /= 16;
digits = digits.WithFeatures(pixels);
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

// Training. The network ends with the weights of the epoch that does best on the validation digits.
var net = new Digits();
var options = new TrainingOptions { Epochs = 60, BatchSize = 32, Seed = Seed };
TrainingHistory history = TrainingView.Show(options.Epochs, report => net.Fit(train, validation, options, report));
AnsiConsole.WriteLine($"best epoch {history.Best!.Epoch}, validation accuracy {history.Best.ValidationAccuracy:0.000}");

// The test digits, which nothing above has seen.
float[] outputs = net.Predict(test);
AnsiConsole.WriteLine($"test accuracy {Metrics.Accuracy(outputs, test.Labels):0.000}");
AnsiConsole.WriteLine();

int[,] confusion = Metrics.ConfusionMatrix(outputs, test.Labels);
var matrix = new Table { Border = TableBorder.Simple }.AddColumn("is \\ read as");
for (int digit = 0; digit < 10; digit++)
    matrix.AddColumn(new TableColumn($"{digit}").RightAligned());
for (int digit = 0; digit < 10; digit++)
    matrix.AddRow([$"{digit}", .. Enumerable.Range(0, 10).Select(guess => confusion[digit, guess] is 0 ? "·" : $"{confusion[digit, guess]}")]);
AnsiConsole.Write(matrix);

int[] order = [.. Enumerable.Range(0, test.Count)];
int[] right = [.. order.Where(i => Guess(i) == test.Labels[i]).Take(2)];
int[] surestMistakes = [.. order.Where(i => Guess(i) != test.Labels[i]).OrderByDescending(i => outputs[i * Digits.OutputSize + Guess(i)]).Take(2)];
AnsiConsole.WriteLine("Two that it gets right, and its two surest mistakes:");
AnsiConsole.WriteLine();
AnsiConsole.Write(Pictures.SideBySide(test, outputs, [.. right, .. surestMistakes]));
AnsiConsole.WriteLine();

// Weights go to a file that PyTorch reads too, and come back into a network that started elsewhere.
string file = Path.Combine(AppContext.BaseDirectory, "digits.safetensors");
net.SaveWeights(file);
var loaded = new Digits(seed: 7);
loaded.LoadWeights(file);
bool isSame = outputs.AsSpan().SequenceEqual(loaded.Predict(test));
AnsiConsole.WriteLine($"digits.safetensors: saved, loaded into a fresh network; its outputs are {(isSame ? "the same" : "DIFFERENT")}");
return isSame ? 0 : 1;

int Guess(int sample) => Metrics.ArgMax(outputs.AsSpan(sample * Digits.OutputSize, Digits.OutputSize));
