using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Examples;
using NetGen.Training;
using Spectre.Console;

const int Splits = 20;

Terminal.Prepare();

TargetDataset patients = Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "diabetes.csv"), target: "progression");
Experiment first = Experiment.Run(patients, seed: 0);

AnsiConsole.WriteLine($"{patients.Count} patients: {first.Train.Count} train, {first.Validation.Count} validation, {first.Test.Count} test");
AnsiConsole.WriteLine($"network: {Diabetes.ParameterCount} parameters, best in epoch {first.History.Best!.Epoch}, stopped after {first.History.Epochs.Count}");
AnsiConsole.WriteLine($"least squares: {Linear.ParameterCount} parameters, largest gradient left {first.LargestGradient:0.0e+0}");

var table = new Table { Border = TableBorder.Simple }.AddColumn("test patients");
table.AddColumn(new TableColumn("RMSE").RightAligned()).AddColumn(new TableColumn("R2").RightAligned());
AddRow("mean of the training patients", first.Mean);
AddRow("linear least squares", first.Linear);
AddRow("network with a hidden layer", first.Network);
AnsiConsole.Write(table);

// One test set of 88 patients says little: the same again on other splits.
List<Experiment> experiments = [first, .. Enumerable.Range(1, Splits - 1).Select(seed => Experiment.Run(patients, seed))];
var many = new Table { Border = TableBorder.Simple }.AddColumn($"{Splits} splits: mean ± deviation");
many.AddColumn(new TableColumn("RMSE").RightAligned()).AddColumn(new TableColumn("R2").RightAligned());
AddSpread("mean of the training patients", experiment => experiment.Mean);
AddSpread("linear least squares", experiment => experiment.Linear);
AddSpread("network with a hidden layer", experiment => experiment.Network);
AnsiConsole.Write(many);

int wins = experiments.Count(experiment => experiment.Network.Rmse < experiment.Linear.Rmse);
AnsiConsole.WriteLine($"The network is ahead of least squares in {wins} of {Splits} splits.");

void AddRow(string model, Score score) => table.AddRow(model, $"{score.Rmse:0.0}", $"{score.R2:0.000;-0.000;0.000}");

void AddSpread(string model, Func<Experiment, Score> score) => many.AddRow(
    model, Spread(experiments.Select(e => score(e).Rmse), "0.0"), Spread(experiments.Select(e => score(e).R2), "0.000"));

static string Spread(IEnumerable<double> values, string format)
{
    double mean = values.Average();
    double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    return $"{mean.ToString(format)} ± {deviation.ToString(format)}";
}
