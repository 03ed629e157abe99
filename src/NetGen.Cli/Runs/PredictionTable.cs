using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Cli.Sweep;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>
/// Predictions as CSV: the columns that are kept, then of classes the likeliest and the probability of each, of a binary network what it says and the
/// probability of 1, and of numbers the numbers, in the units of the data.
/// </summary>
internal sealed class PredictionTable(NetworkTask task, WeightsInfo info, IReadOnlyList<string> keep)
{
    private readonly string[] classes = [.. Enumerable.Range(0, task.ClassCount)
        .Select(c => info.ClassNames is { } names && c < names.Count ? names[c] : Text(c))];
    private bool hasHeader;

    private int Labels => task.Answer == Answer.Class ? task.OutputSize / task.ClassCount : task.OutputSize;

    /// <summary>Writes the rows of some samples; before the first, the header.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="outputs">What the network gave for them.</param>
    public void Write(TextWriter writer, FeatureDataset samples, float[] outputs)
    {
        if (!hasHeader)
            Row(writer, [.. keep.Select(Cell), .. Header().Select(Cell)]);
        hasHeader = true;
        for (int i = 0; i < samples.Count; i++)
        {
            IEnumerable<string> kept = keep.Count == 0 ? [] : samples.Kept[i].Select(Cell);
            Row(writer, [.. kept, .. Cells(outputs.AsSpan(i * task.OutputSize, task.OutputSize))]);
        }
    }

    private IEnumerable<string> Header() => task.Answer switch
    {
        Answer.Class when Labels == 1 => classes.Select(static name => $"probability_{name}").Prepend("prediction"),
        Answer.Class => Enumerable.Range(1, Labels).Select(static step => FormattableString.Invariant($"prediction_{step}")),
        Answer.Binary when task.OutputSize == 1 => ["prediction", "probability"],
        Answer.Binary => Names().Select(static name => $"probability_{name}"),
        _ => Names(),
    };

    private IEnumerable<string> Names() => Enumerable.Range(0, task.OutputSize)
        .Select(i => info.TargetNames is { } names && i < names.Count ? names[i] : task.OutputSize == 1 ? "output" : FormattableString.Invariant($"output_{i + 1}"));

    private IEnumerable<string> Cells(ReadOnlySpan<float> outputs)
    {
        if (task.Answer == Answer.Numbers)
            return Measures.Inverted(outputs, info.Targets).Select(Text);
        float[] p = Measures.Probabilities(outputs, task);
        if (task.Answer == Answer.Binary)
            return task.OutputSize == 1 ? [Cell(classes[p[0] >= 0.5f ? 1 : 0]), Text(p[0])] : p.Select(Text);
        if (Labels == 1)
            return p.Select(Text).Prepend(Cell(classes[Metrics.ArgMax(p)]));
        float[] Scores(int step) => [.. Enumerable.Range(0, task.ClassCount).Select(c => p[PlaceOf(step, c)])];
        return Enumerable.Range(0, Labels).Select(step => Cell(classes[Metrics.ArgMax(Scores(step))]));
    }

    private int PlaceOf(int step, int label) => task.HasClassesFirst ? label * Labels + step : step * task.ClassCount + label;

    private static void Row(TextWriter writer, IEnumerable<string> cells)
    {
        writer.Write(string.Join(',', cells));
        writer.Write('\n');
    }

    /// <summary>A cell of text, that no spreadsheet takes for a formula; a number may have a sign.</summary>
    internal static string Cell(string text)
    {
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return CsvRow.Quoted(isNumber ? text : CsvRow.Text(text));
    }

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
