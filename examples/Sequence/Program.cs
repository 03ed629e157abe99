using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Examples;
using NetGen.Training;
using Spectre.Console;

const int Seeds = 5;
const double Bound = 0.02;
const double StepTolerance = 1e-5;
const int Warm = 200, Shown = 128;
int[] horizons = [6, 12, 24, 48, 84];

Terminal.Prepare();

// The first part trains; the second chose the rate and the epochs, and shows how training goes; the third tests.
var series = new ScaledSeries();
TargetDataset train = ScaledSeries.Windows(series.Train, Forecaster.Horizon, stride: 2);
TargetDataset validation = ScaledSeries.Windows(series.Validation, Forecaster.Horizon);
TargetDataset test = ScaledSeries.Windows(series.Test, Forecaster.Horizon);
AnsiConsole.WriteLine($"Mackey-Glass: windows of {Forecaster.InputSize} values, {train.Count:N0} train, {validation.Count:N0} validation, {test.Count:N0} test");
AnsiConsole.WriteLine($"{Forecaster.ParameterCount:N0} parameters; to forecast: what comes {Forecaster.Horizon} steps after a window");

// A network depends on its initial weights and the order of its samples: five of them say how much.
var networks = new List<Forecaster>();
for (int seed = 1; seed <= Seeds; seed++)
{
    var network = new Forecaster(seed);
    var options = new TrainingOptions { Epochs = 40, BatchSize = 8, Seed = seed, RestoreBestWeights = false };
    network.Fit(train, seed == 1 ? validation : null, options, report =>
    {
        if (seed == 1 && (report.Epoch % 10 == 0 || report.Epoch is 1 or 5))
            AnsiConsole.WriteLine($"seed 1   epoch {report.Epoch,2}   train loss {report.TrainLoss:0.00000}   validation loss {report.ValidationLoss:0.00000}");
    });
    networks.Add(network);
}

// All errors are the root of the mean square over the deviation of the test targets, so that 1 is no better than their mean.
double deviation = Math.Sqrt(Metrics.MeanSquaredError([.. Enumerable.Repeat(test.Targets.ToArray().Average(), test.Count)], test.Targets));
double Error(ReadOnlySpan<float> forecasts, ReadOnlySpan<float> targets) => Math.Sqrt(Metrics.MeanSquaredError(forecasts, targets)) / deviation;

double[] errors = [.. networks.Select(network => Error(network.Predict(test), test.Targets))];
double mean = errors.Average(), spread = Math.Sqrt(errors.Sum(error => (error - mean) * (error - mean)) / (Seeds - 1));
float[] lastValues = [.. Enumerable.Range(0, test.Count).Select(i => test.FeaturesOf(i)[^1])];
double linear = Error(new Autoregression(train).Predict(test), test.Targets);

var table = new Table { Border = TableBorder.Simple }.AddColumn($"{Forecaster.Horizon} steps ahead").AddColumn(new TableColumn("test error").RightAligned());
table.AddRow("the last value", $"{Error(lastValues, test.Targets):0.0000}");
table.AddRow("linear autoregression, least squares", $"{linear:0.0000}");
table.AddRow($"GRU, {Seeds} seeds: mean ± deviation", $"{mean:0.0000} ± {spread:0.0000}");
AnsiConsole.Write(table);

// The first network as a stream: the values of a window one by one through Step, beside Forward of the window.
Forecaster net = networks[0];
float difference = FreeRun.LargestDifference(net, test);
AnsiConsole.WriteLine($"Test windows through Step, value by value: {(difference == 0 ? "Forward's numbers" : $"within {difference:0.0e+0} of Forward")}.");

// Forecasts that feed on forecasts, once as a picture, then from 96 places of the test part.
AnsiConsole.WriteLine($"Free running for {Shown} steps, after {Warm} known values:");
AnsiConsole.WriteLine();
AnsiConsole.WriteLine(SeriesChart.Draw(series.Test.Slice(Warm, Shown), FreeRun.Run(net.Parameters, series.Test[..Warm], Shown), every: 2));
AnsiConsole.WriteLine();

int[] places = [.. Enumerable.Range(0, 96).Select(i => Warm + 12 * i)];
var running = new Table { Border = TableBorder.Simple }.AddColumn("error so many steps ahead");
foreach (int ahead in horizons)
    running.AddColumn(new TableColumn($"{ahead}").RightAligned());
double[] linearErrors = [.. horizons.Select(LinearError)], freeErrors = [.. horizons.Select(FreeError)];
running.AddRow(["linear, fitted for that horizon", .. linearErrors.Select(error => $"{error:0.000}")]);
running.AddRow(["GRU of seed 1, free running", .. freeErrors.Select(error => $"{error:0.000}")]);
AnsiConsole.Write(running);

bool isGood = mean < Bound && difference < StepTolerance && freeErrors[^1] < linearErrors[^1];
if (!isGood)
    AnsiConsole.WriteLine($"MISSED: the error must be below {Bound}, Step within {StepTolerance:0.0e+0} of Forward, and free running ahead of the linear forecast");
return isGood ? 0 : 1;

double LinearError(int ahead)
{
    TargetDataset windows = ScaledSeries.Windows(series.Test, ahead).Subset([.. places.Select(place => place - Forecaster.InputSize)]);
    return Error(new Autoregression(ScaledSeries.Windows(series.Train, ahead, stride: 2)).Predict(windows), windows.Targets);
}

double FreeError(int ahead) => Error(
    [.. places.Select(place => FreeRun.Run(net.Parameters, series.Test.Slice(place - Warm, Warm), ahead)[^1])],
    [.. places.Select(place => series.Test[place + ahead - 1])]);
