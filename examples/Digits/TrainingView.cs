using System;
using System.Collections.Generic;
using NetGen.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetGen.Examples;

/// <summary>Shows a run of training while it goes on: a line and a chart, or in a file, a line for every tenth epoch and the chart at its end.</summary>
internal static class TrainingView
{
    /// <summary>Shows the run that <paramref name="train"/> starts; it reports every epoch to the action that it is given.</summary>
    public static TrainingHistory Show(int epochs, Func<Action<EpochReport>, TrainingHistory> train)
    {
        if (!Terminal.IsLive)
            return ShowLines(epochs, train);

        var reports = new List<EpochReport>();
        TrainingHistory? history = null;
        AnsiConsole.Live(Text.Empty).Start(live => history = train(report =>
        {
            reports.Add(report);
            live.UpdateTarget(new Rows(new Text(Line(report)), Text.Empty, LossChart.Draw(reports, epochs)));
        }));
        return history!;
    }

    private static TrainingHistory ShowLines(int epochs, Func<Action<EpochReport>, TrainingHistory> train)
    {
        TrainingHistory history = train(report =>
        {
            if (report.Epoch % 10 == 0 || report.Epoch == 1)
                AnsiConsole.WriteLine(Line(report));
        });
        AnsiConsole.WriteLine();
        AnsiConsole.Write(LossChart.Draw(history.Epochs, epochs));
        return history;
    }

    private static string Line(EpochReport report) =>
        $"epoch {report.Epoch,2}   train loss {report.TrainLoss:0.0000}   validation loss {report.ValidationLoss:0.0000}   accuracy {report.ValidationAccuracy:0.000}";
}
