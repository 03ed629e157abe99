using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Cli.Output;
using NetGen.Cli.Report;
using NetGen.Cli.Runs;
using NetGen.Training;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen report SPEC</c>: the report of a run, made again from its figures and weights.</summary>
internal static class ReportCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "The spec of the run." };
        spec.Validators.Add(Paths.RefuseOptions);
        var run = new Option<string>("--run")
        {
            Description = "What the names of the run's files begin with; without it, the spec's name, in this folder.",
            HelpName = "NAME",
        };
        Option<string> output = OutputFile.Option(".html", "HTML");
        output.Description = "The file to write; without it, NAME.report.html; as -, standard output.";
        var command = new Command("report", "Makes the report of a run again, from its metrics, its weights, and its data where they are still there.") { spec, run, output };
        command.SetAction((parsed, cancelled) => Task.Run(
            () => RunProblems.Guard(terminal, () =>
            {
                string path = parsed.GetRequiredValue(spec);
                NetworkCompilation.WarmUp(path);
                if (LoadedSpec.Read(path, terminal) is not { } loaded)
                    return ExitCode.Failure;
                string name = parsed.GetValue(run) ?? RunFiles.NameOf(path);
                string html = HtmlReport.Write(Model(loaded, name, cancelled));
                string file = parsed.GetValue(output) ?? RunFiles.ReportOf(name);
                int status = OutputFile.Write(file, path, html, terminal);
                if (status == ExitCode.Success && file != "-")
                    terminal.Line(file);
                return status;
            }),
            cancelled));
        return new ToolCommand(command, """
            netgen report iris.yaml
            netgen report iris.yaml --run runs/first -o first.html
            """);
    }

    private static ReportModel Model(LoadedSpec spec, string name, CancellationToken cancelled)
    {
        (string metrics, string weights) = (RunFiles.MetricsOf(name), RunFiles.WeightsOf(name));
        foreach (string file in (string[])[metrics, weights])
            if (!File.Exists(file))
                throw new RunException($"there is no {file}: a report is made from the files of a run; "
                    + $"train the network by netgen train {spec.Path} --data FILE, or name the run by --run");
        TrainableSpec.Check(spec);
        TrainingCurves curves = MetricsFile.Read(metrics);
        var network = (TrainableNetwork)NetworkCompilation.Compile(spec, cancelled);
        WeightsInfo info = network.Load(weights);
        RunRecord record = RunRecord.Of(info) ?? throw new RunException($"{weights}: it does not say how it was trained, as netgen train writes it; "
            + "train again, or name another run by --run");
        var notes = new List<string>();
        TestedNetwork? tested = null;
        try
        {
            NetworkTask task = NetworkTask.Of(spec.Network);
            RunInputs inputs = RunInputs.Read(record.Data, record.Test, record.Split, task, spec.Path, info);
            PreparedData data = PreparedData.With(inputs.Split, info.Features, info.Targets);
            tested = TestedNetwork.Measure(new Findings(network, task, info.Targets, []), data, inputs);
        }
        catch (Exception e) when (ToolWords.IsOfUser(e))
        {
            notes.Add($"The data were not read again ({ToolWords.Of(e)}), so that there is nothing here that is measured on them.");
        }

        return ReportBuilder.Build(spec, record, curves, null, tested, notes);
    }
}
