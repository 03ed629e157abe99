using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Training;
using static System.FormattableString;

namespace NetGen.Cli.Infer;

/// <summary>Proposes a spec for the data of a CSV file: something that trains, to go on from.</summary>
internal static class SpecProposal
{
    // Fewer are hardly in both the training and the validation data.
    private const int FewestOfAClass = 5;

    /// <summary>The spec for a file.</summary>
    /// <param name="summary">What the file has.</param>
    /// <param name="read">How it is read, so far: columns to ignore, and the group, count.</param>
    /// <param name="answers">The column of the label, or those of the targets; empty takes the last column.</param>
    /// <param name="classify">Whether the answer is one of classes; null decides by what the column has.</param>
    /// <param name="problem">Where there is no proposal: why, and what to do.</param>
    /// <returns>The proposal; null where the data are none to train on.</returns>
    public static Proposal? Of(CsvSummary summary, CsvOptions read, IReadOnlyList<string> answers, bool? classify, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            problem = null;
            return Of(summary, read, answers.Count > 0 ? answers : [LastColumn(summary, read)], classify, isDefault: answers.Count == 0);
        }
        catch (InferenceException e)
        {
            problem = e.Message;
            return null;
        }
    }

    private static Proposal Of(CsvSummary summary, CsvOptions read, IReadOnlyList<string> names, bool? classify, bool isDefault)
    {
        if (read.Index.Count > 0 || read.Text.Count > 0)
        {
            string embedded = Excerpt.Names([.. read.Index, .. read.Text.Keys]);
            throw new InferenceException($"the options read {embedded} for an embedding, which a proposal does not have; "
                + "leave the columns out, or write the spec yourself");
        }

        Answer answer = Answer.Choose(summary, names, classify);
        CsvColumnSummary[] others = [.. summary.Columns.Where(c => !names.Contains(c.Name) && !read.Ignore.Contains(c.Name) && c.Name != read.Group)];
        foreach (CsvColumnSummary column in others.Where(c => read.Features?.Contains(c.Name) != false))
            Features.CheckStrayTexts(summary, column);

        int? side = answer is Classes && read.Features is null ? PixelGrid.SideOf(others) : null;
        // A constant pixel, such as a corner's, has its place in the image.
        Features features = side is null ? Features.Choose(summary, read, names) : new Features(others, [], [], []);
        NetworkSize size = NetworkSize.Of(summary.Rows);
        string[] reasons = [About(answer, isDefault), .. features.Reasons, .. Notes(answer), About(size)];
        string head = Invariant($"A network for {Excerpt.Quote(Path.GetFileName(summary.File))}, {summary.Rows:N0} rows, proposed by netgen train --infer.");
        string yaml = new SpecWriter(head, reasons, features.Count, answer, size, summary.Rows).Write(side);
        return new Proposal(yaml, Options(read, features), answer is Classes, size.Epochs, size.BatchSize, size.Patience, reasons)
        {
            Answers = names,
            ClassNames = answer is Classes { AreStated: true } classes ? classes.Names : null,
        };
    }

    private static string LastColumn(CsvSummary summary, CsvOptions read) =>
        summary.Columns.LastOrDefault(c => !read.Ignore.Contains(c.Name) && c.Name != read.Group)?.Name
            ?? throw new InferenceException($"{summary.File} has no column that is not left out; name one to predict");

    private static CsvOptions Options(CsvOptions read, Features features)
    {
        CsvOptions options = read.Features is null
            ? read with { Ignore = [.. read.Ignore, .. features.Ignored] }
            : read with { Features = [.. features.Columns.Select(static c => c.Name)] };
        options = options with { OneHot = [.. features.OneHot.Select(static c => c.Name)] };
        return features.HasMissing && read.MissingValues == MissingValues.Refuse
            ? options with { MissingValues = MissingValues.Fill, FillWith = FillWith.Median }
            : options;
    }

    private static string About(NetworkSize size) =>
        Invariant($"it is worth up to {size.Epochs} epochs in batches of {size.BatchSize}, until {size.Patience} of them in a row bring no improvement");

    private static string About(Answer answer, bool isDefault)
    {
        string which = Excerpt.Quote(answer.Columns[0].Name) + (isDefault ? ", the last column," : "");
        return answer switch
        {
            Classes classes => Invariant($"{which} is predicted: one of {classes.Names.Count} classes, {Excerpt.Names([.. classes.Names])}"),
            Numbers { Targets: [var one] } => Invariant($"{which} is predicted: a number from {one.Min} to {one.Max}, {(float)one.Mean:G4} on average"),
            _ => Invariant($"{Excerpt.Names([.. answer.Columns.Select(static c => c.Name)])} are predicted: {answer.Columns.Count} numbers"),
        };
    }

    private static IEnumerable<string> Notes(Answer answer)
    {
        if (answer is not Classes classes)
            yield break;
        (long rare, string rarest) = classes.Counts.Zip(classes.Names).MinBy(static c => c.First);
        (long common, string commonest) = classes.Counts.Zip(classes.Names).MaxBy(static c => c.First);
        if (classes.Weights is not null)
        {
            yield return Invariant($"class {Excerpt.Quote(commonest)} has {common:N0} rows and {Excerpt.Quote(rarest)} {rare:N0}: ")
                + "the loss weighs them so that all classes count alike";
        }

        if (rare < FewestOfAClass)
            yield return Invariant($"class {Excerpt.Quote(rarest)} has {rare:N0} {(rare == 1 ? "row" : "rows")} only, too few to learn or to validate it");
    }
}
