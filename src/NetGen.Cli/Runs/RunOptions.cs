using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using NetGen.Cli.Commands;
using NetGen.Compiler.Text;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>The options that say how a network is trained, of every command that trains.</summary>
internal sealed class RunOptions
{
    private readonly Option<int?> epochs = Count("--epochs", "The most epochs; without it, 100, or as many as make 3,000 steps.", 1);
    private readonly Option<int?> batchSize = Count("--batch-size", "Samples of a step; without it, 32.", 1);
    private readonly Option<int?> patience = Count("--patience", "Ends after so many epochs without a better validation; 0 never. Without it, "
        + "a tenth of the epochs, at least 10.", 0);
    private readonly Option<int?> seed = new("--seed")
    {
        Description = "Of the split and of the order of the samples; without it, 0. The initial weights are the spec's seed's.",
        HelpName = "N",
    };
    private readonly Option<string> rate = Number("--learning-rate", "One learning rate for all steps; without it, the spec's.", "RATE");
    private readonly Option<string> validation = Number("--validation-fraction", "The share of the samples that chooses the best epoch; 0 for none. "
        + "Without it, 0.2.", "SHARE");
    private readonly Option<string> test = Number("--test-fraction", "The share of the samples that tests at the end; 0 for none. Without it, 0.2.", "SHARE");
    private readonly Option<bool> inOrder = new("--in-order") { Description = "The samples are in the order of time: the first train, and the last test." };
    private readonly Option<string> standardize = new("--standardize")
    {
        Description = "Whether features, and targets, are brought to mean 0 and deviation 1 where the spec does not do it: auto (unless stated) or none.",
        HelpName = "HOW",
    };
    private readonly Option<string[]> metrics = Metrics();
    private readonly Option<string> monitor = new("--monitor")
    {
        Description = "The metric that tells a better epoch; without it, the validation loss.",
        HelpName = "METRIC",
    };
    private readonly Option<int?> workers = Count("--workers", "The threads; without it, 1. The result depends on their number.", 1);

    /// <param name="hasWorkers">The command says itself what its workers do.</param>
    public RunOptions(bool hasWorkers = true)
    {
        rate.Validators.Add(Paths.Check(static text => Read(text) is > 0 ? null : $"'{text}' is no learning rate; give a number over 0, such as 0.01"));
        foreach (Option<string> share in (Option<string>[])[validation, test])
            share.Validators.Add(Paths.Check(static text => Read(text) is >= 0 and < 1 ? null : $"'{text}' is no share; give a number from 0 to below 1"));
        standardize.Validators.Add(Paths.Check(static text => text is "auto" or "none" ? null : $"there is no '{text}'; there are auto and none"));
        monitor.Validators.Add(Paths.Check(ProblemOfMetric));
        monitor.CompletionSources.Add([.. Measures.Names]);
        standardize.CompletionSources.Add("auto", "none");
        All = [epochs, batchSize, patience, seed, rate, validation, test, inOrder, standardize, metrics, monitor,
            .. hasWorkers ? [workers] : System.Array.Empty<Option>()];
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>What a command line says.</summary>
    public RunSettings Read(ParseResult parsed) => new()
    {
        Split = new SplitSettings(Read(parsed.GetValue(validation)) ?? 0.2, Read(parsed.GetValue(test)) ?? 0.2, parsed.GetValue(seed) ?? 0,
            parsed.GetValue(inOrder)),
        Epochs = parsed.GetValue(epochs),
        BatchSize = parsed.GetValue(batchSize),
        Patience = parsed.GetValue(patience),
        LearningRate = (float?)Read(parsed.GetValue(rate)),
        Workers = All.Contains(workers) ? parsed.GetValue(workers) ?? 1 : 1,
        Standardizes = parsed.GetValue(standardize) is null or "auto",
        Metrics = [.. DataOptions.Names(parsed, metrics).Select(static name => Measures.Find(name)!)],
        Monitor = parsed.GetValue(monitor) is { } name ? Measures.Find(name) : null,
    };

    /// <summary>An option that takes a whole number.</summary>
    public static Option<int?> Count(string name, string description, int least)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(Paths.Check(text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value >= least ? null : $"{value} is too few; give at least {least}"
            : null));
        return option;
    }

    /// <summary>The option that names metrics.</summary>
    public static Option<string[]> Metrics()
    {
        Option<string[]> option = DataOptions.List("--metric", "What is measured beside the usual: "
            + $"{string.Join(", ", Measures.Names)} (top_k with a number, as top_3).");
        option.CompletionSources.Add([.. Measures.Names]);
        option.Validators.Add(Paths.Check(static text => text.Split(',').Select(ProblemOfMetric).FirstOrDefault(static p => p is not null)));
        return option;
    }

    private static string? ProblemOfMetric(string name)
    {
        if (Measures.Find(name) is not null)
            return null;
        return $"there is no metric '{name}'; {(Nearest.Find(name, Measures.Names) is { } near ? $"did you mean '{near}'?" : $"there are {string.Join(", ", Measures.Names)}")}";
    }

    private static Option<string> Number(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static double? Read(string? text) =>
        text is not null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;
}
