using System;
using System.Collections.Generic;
using NetGen.Training;

namespace NetGen.Cli.Report;

/// <summary>All that the report of a run shows. What is null or empty was not known or does not apply, and has no section.</summary>
internal sealed record ReportModel
{
    /// <summary>The network's name: the spec's file without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>How the run was made and how it ended.</summary>
    public required RunFacts Run { get; init; }

    /// <summary>The network.</summary>
    public required NetworkFacts Network { get; init; }

    /// <summary>Figures by epoch and by step.</summary>
    public required TrainingCurves Curves { get; init; }

    /// <summary>What the data are.</summary>
    public DataFacts? Data { get; init; }

    /// <summary>How well the network does on each set, in the order training, validation, test.</summary>
    public IReadOnlyList<SetFigures> Sets { get; init; } = [];

    /// <summary>Of a classifier, on the set that <see cref="MeasuredOn"/> names.</summary>
    public ClassFacts? Classes { get; init; }

    /// <summary>Of a network that gives numbers, on the set that <see cref="MeasuredOn"/> names: a member for each output.</summary>
    public IReadOnlyList<ValueFacts> Values { get; init; } = [];

    /// <summary>The samples with the largest losses, the worst first, on the set that <see cref="MeasuredOn"/> names.</summary>
    public IReadOnlyList<WorstSample> Worst { get; init; } = [];

    /// <summary>"test" or "validation": the set behind the matrix, the curves of it and the worst samples.</summary>
    public string MeasuredOn { get; init; } = "test";

    /// <summary>What the reader should know, such as that the data were not there when the report was made again.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>How a run was made and how it ended.</summary>
/// <param name="Command">The command line, as typed.</param>
/// <param name="Ending">Why it ended, as a sentence.</param>
/// <param name="Version">NetGen's.</param>
/// <param name="Runtime">.NET's and the operating system's names and versions.</param>
/// <param name="Processor">The vector instructions that were used, and the number of processors.</param>
/// <param name="Seed">Of the split and of the order of the samples.</param>
/// <param name="NetworkSeed">Of the initial weights and of dropout, from the spec.</param>
/// <param name="Started">When it began; null where that is not known any more.</param>
/// <param name="Duration">Of the finished epochs.</param>
/// <param name="Epochs">The finished epochs.</param>
/// <param name="Steps">The steps.</param>
/// <param name="KeptEpoch">The epoch whose weights the network has; null for those of the last step.</param>
internal sealed record RunFacts(
    string Command, string Ending, string Version, string Runtime, string Processor, int Seed, int NetworkSeed, DateTimeOffset? Started, TimeSpan Duration, int Epochs,
    long Steps, int? KeptEpoch);

/// <summary>The network of a run.</summary>
/// <param name="Summary">The compiler's figures.</param>
/// <param name="Picture">The SVG of <c>netgen graph</c>.</param>
/// <param name="SpecText">The spec, as it was trained.</param>
/// <param name="Loss">The loss's name.</param>
internal sealed record NetworkFacts(NetworkSummary Summary, string Picture, string SpecText, string Loss);

/// <summary>Figures by epoch and by step. Of very long runs they are means over neighbours, so that there are a few thousand of each at most.</summary>
/// <param name="Epochs">As NAME.metrics.csv has them.</param>
/// <param name="StepLosses">The training loss: each point is the mean over the steps since the point before.</param>
internal sealed record TrainingCurves(IReadOnlyList<EpochReport> Epochs, IReadOnlyList<StepLoss> StepLosses);

/// <param name="Step">The last of the steps that it is the mean of, counted from 1 over the whole run.</param>
/// <param name="Loss">The mean loss.</param>
internal readonly record struct StepLoss(long Step, double Loss);

/// <summary>What the data are.</summary>
/// <param name="Files">The files, by their names as given.</param>
/// <param name="Rows">The samples in all.</param>
/// <param name="SplitText">How they were divided, as a sentence.</param>
/// <param name="Columns">Each column, or of images and arrays a single one for all numbers.</param>
/// <param name="ClassCounts">The samples of each class, by name and in the classes' order; empty where there are none.</param>
internal sealed record DataFacts(
    IReadOnlyList<string> Files, long Rows, string SplitText, IReadOnlyList<ColumnFacts> Columns, IReadOnlyList<(string Name, long Count)> ClassCounts);

/// <summary>A column of the data.</summary>
/// <param name="Role">"feature", "label", "target", "group" or "ignored".</param>
/// <param name="Kind">"number" or "text".</param>
/// <param name="Missing">Cells without a value.</param>
/// <param name="Distinct">The number of distinct values; null where they were too many to count.</param>
internal sealed record ColumnFacts(string Name, string Role, string Kind, long Missing, double? Min, double? Mean, double? Max, double? Deviation, long? Distinct);

/// <summary>How well the network does on a set.</summary>
/// <param name="Set">"training", "validation" or "test".</param>
/// <param name="Figures">By name: "loss", "accuracy", "F1", "RMSE", ….</param>
internal sealed record SetFigures(string Set, long Samples, IReadOnlyDictionary<string, double> Figures);

/// <summary>Of a classifier.</summary>
/// <param name="Matrix">With the classes' names.</param>
/// <param name="Roc">Of a binary classifier, the points (false positive rate, true positive rate, threshold), from (0, 0) to (1, 1); else empty.</param>
internal sealed record ClassFacts(ConfusionMatrix Matrix, IReadOnlyList<RocPoint> Roc, double? RocAuc);

internal readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate, double Threshold);

/// <summary>One output of a network that gives numbers.</summary>
/// <param name="Name">The target's.</param>
/// <param name="Targets">What was right, in the units of the data; of large sets a sample of at most some thousands.</param>
/// <param name="Outputs">What the network gave.</param>
internal sealed record ValueFacts(string Name, IReadOnlyList<double> Targets, IReadOnlyList<double> Outputs);

/// <summary>A sample that the network does badly on.</summary>
/// <param name="Row">Where it stands in the data, counted from 1: the line of a CSV file's sample without the header, or the number of the image.</param>
/// <param name="Right">The class or the numbers that are right.</param>
/// <param name="Given">What the network gave, with a probability where it is one: "versicolor (0.93)".</param>
/// <param name="Loss">Its loss.</param>
/// <param name="Features">Its features by name, as the data have them, for people.</param>
/// <param name="Image">Where inputs are images: what to draw.</param>
internal sealed record WorstSample(long Row, string Right, string Given, double Loss, IReadOnlyList<(string Name, string Value)> Features, SampleImage? Image);

/// <summary>An image to draw.</summary>
/// <param name="Channels">1 (grey) or 3 (red, green, blue); of others the first.</param>
/// <param name="Pixels">[Channels, Height, Width], from 0 (black) to 1.</param>
internal sealed record SampleImage(int Channels, int Height, int Width, IReadOnlyList<float> Pixels);
