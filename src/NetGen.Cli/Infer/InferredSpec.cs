using System.Collections.Generic;
using System.IO;
using System.Text;
using NetGen.Cli.Output;
using NetGen.Cli.Runs;
using NetGen.Training;

namespace NetGen.Cli.Infer;

/// <summary>A proposed spec that was written, and what is trained by it.</summary>
/// <param name="Path">The spec's file.</param>
/// <param name="Data">How the data are read for it.</param>
/// <param name="Settings">How it is trained.</param>
internal sealed record InferredSpec(string Path, DataRequest Data, RunSettings Settings)
{
    /// <summary>Proposes a spec for data, says why, and writes it.</summary>
    /// <param name="path">Where to; null takes the name of the data, in this folder.</param>
    /// <param name="data">The data.</param>
    /// <param name="settings">What the command line says of training.</param>
    /// <param name="overwrites">A spec that is there is lost.</param>
    /// <param name="progress">Takes what is said.</param>
    /// <exception cref="RunException">The data are none to train on, or the spec is there already.</exception>
    public static InferredSpec Write(string? path, DataRequest data, RunSettings settings, bool overwrites, TextWriter progress)
    {
        if (DataKinds.Of(data.Data) != DataKind.Csv)
            throw new RunException($"{data.Data}: --infer reads CSV files; for images and arrays, begin with netgen new spec --kind convolution");
        path ??= System.IO.Path.GetFileNameWithoutExtension(data.Data) + ".yaml";
        if (File.Exists(path) && !overwrites)
            throw new RunException($"{path}: it is there already; train it without --infer, name another file, or overwrite it by --force");

        CsvOptions options = new DataReader(data, null).OptionsOf(null);
        IReadOnlyList<string> answers = data.Label is { } label ? [label] : data.Targets;
        Proposal proposal = SpecProposal.Of(CsvSummary.Read(data.Data, options), options, answers, data.Targets.Count > 0 ? false : null, out string? problem)
            ?? throw new RunException(problem!);
        DataRequest read = data with
        {
            Label = proposal.IsClassification ? proposal.Answers[0] : null,
            Targets = proposal.IsClassification ? [] : proposal.Answers,
            Ignore = proposal.Options.Ignore,
            OneHot = proposal.Options.OneHot,
            Missing = proposal.Options.MissingValues == MissingValues.Refuse ? data.Missing : proposal.Options.MissingValues,
            Classes = proposal.ClassNames ?? data.Classes,
        };
        string again = $"# Train it again: {Command(path, read)}\n";
        WholeFile.Write(path, Encoding.UTF8.GetBytes(again + proposal.Yaml));
        progress.WriteLine(Terminal.Printable($"{path}: proposed for {data.Data}"));
        foreach (string reason in proposal.Reasons)
            progress.WriteLine(Terminal.Printable($"  {reason}"));
        progress.Flush();
        return new InferredSpec(path, read, settings with
        {
            Epochs = settings.Epochs ?? proposal.Epochs,
            BatchSize = settings.BatchSize ?? proposal.BatchSize,
            Patience = settings.Patience ?? proposal.Patience,
        });
    }

    private static string Command(string path, DataRequest data)
    {
        List<string> words = ["train", path, "--data", data.Data];
        void Add(string option, IReadOnlyList<string> names)
        {
            if (names.Count > 0)
                words.AddRange([option, string.Join(',', names)]);
        }

        Add("--label", data.Label is null ? [] : [data.Label]);
        Add("--targets", data.Targets);
        Add("--ignore", data.Ignore);
        Add("--one-hot", data.OneHot);
        Add("--classes", data.Classes);
        if (data.Missing is { } missing)
            words.AddRange(["--missing", missing.ToString().ToLowerInvariant()]);
        return Terminal.Printable(CommandText.Of(words));
    }
}
