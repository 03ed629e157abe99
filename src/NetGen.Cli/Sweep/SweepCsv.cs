using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using static System.FormattableString;

namespace NetGen.Cli.Sweep;

/// <summary>
/// A sweep's results as CSV (RFC 4180, invariant numbers that give their bits back): a row for each finished variant, in the order of the plan. The last
/// column tells the variant: a hash of its network, and of the data and settings it was trained with.
/// </summary>
/// <param name="identity">The trainer's <see cref="IVariantTrainer.Identity"/>.</param>
internal sealed class SweepCsv(SweepPlan plan, int folds, string identity)
{
    private static readonly string[] s_before = ["score", "validation loss", "training loss"];

    private string[] Behind =>
        ["epochs", "best epoch", "parameters", "seconds", .. folds > 1 ? ["standard deviation"] : Array.Empty<string>(), "state", "variant"];

    /// <summary>What tells a variant; twins have the same.</summary>
    public string IdOf(SweepVariant variant)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Invariant($"{variant.NetworkHash}\n{folds}\n{identity}")));
        // A letter first: digits with an e among them would be a number to a spreadsheet.
        return "v" + Convert.ToHexStringLower(hash.AsSpan(0, 8));
    }

    /// <summary>The whole file.</summary>
    public string Write(IReadOnlyList<SweepOutcome> outcomes)
    {
        string[] figures = [.. outcomes.SelectMany(static o => o.Figures?.Figures ?? []).Select(static f => f.Name).Distinct()];
        var text = new StringBuilder();
        CsvRow.Append(text, [.. plan.Axes.Select(static a => CsvRow.Text(a.Path)), .. s_before, .. figures.Select(CsvRow.Text), .. Behind]);
        foreach (SweepOutcome outcome in outcomes)
        {
            VariantFigures? f = outcome.Figures;
            CsvRow.Append(text,
            [
                .. outcome.Variant.Values.Select(static v => v.Number is null ? CsvRow.Text(v.Text) : v.Text),
                Number(f?.Score), Number(f?.ValidationLoss), Number(f?.TrainingLoss),
                .. figures.Select(name => f is null || f.Figures.All(x => x.Name != name) ? "" : Number(f.Figures.First(x => x.Name == name).Value)),
                Number(f?.Epochs), Number(f?.BestEpoch), Number(f?.Parameters), Number(f?.Seconds),
                .. folds > 1 ? [Number(f?.Deviation)] : Array.Empty<string>(),
                CsvRow.Text(outcome.State), IdOf(outcome.Variant),
            ]);
        }

        return text.ToString();
    }

    /// <summary>The results that a file has of this plan; null where it is another's or damaged, which is then said.</summary>
    public (IReadOnlyList<SweepOutcome>? Outcomes, string? Problem) Read(string text)
    {
        IReadOnlyList<CsvRow> rows = CsvRow.Read(text);
        int paths = plan.Axes.Count;
        string[] header = rows.Count == 0 ? [] : [.. rows[0].Cells];
        string[] behind = Behind;
        int figures = header.Length - paths - s_before.Length - behind.Length;
        bool isOurs = figures >= 0 && header.AsSpan(0, paths).SequenceEqual(plan.Axes.Select(static a => CsvRow.Text(a.Path)).ToArray())
            && header.AsSpan(paths, s_before.Length).SequenceEqual(s_before) && header.AsSpan(header.Length - behind.Length).SequenceEqual(behind);
        if (!isOurs)
            return (null, $"it is not of a sweep over {string.Join(", ", plan.Axes.Select(static a => a.Path))}{(folds > 1 ? $" with {folds} folds" : "")}");

        string[] names = [.. header[(paths + s_before.Length)..^behind.Length].Select(CsvRow.PlainText)];
        ILookup<string, SweepVariant> byId = plan.Variants.ToLookup(IdOf);
        var found = new Dictionary<int, SweepOutcome>();
        foreach (CsvRow row in rows.Skip(1))
        {
            if (row.Cells.Count != header.Length)
                return (null, $"line {row.Line} is damaged: it has {row.Cells.Count} cells, but the header has {header.Length}");
            string label = string.Join(" ", plan.Axes.Select((a, k) => $"{a.Path}={CsvRow.PlainText(row.Cells[k])}"));
            if (!byId.Contains(row.Cells[^1]))
                return (null, $"line {row.Line} ({label}) is of no variant of this sweep: the values, the data or the settings of training are others");
            if (Figures(row, names) is not { } read)
                return (null, $"line {row.Line} ({label}) is damaged: a cell is no number, or a result is missing");
            string state = CsvRow.PlainText(row.Cells[^2]);
            foreach (SweepVariant variant in byId[row.Cells[^1]])
                found[variant.Index] = new SweepOutcome(variant, read.Figures, state);
        }

        return ([.. found.Values.OrderBy(static o => o.Variant.Index)], null);
    }

    /// <summary>What a row says was reached, which may be nothing; null where it cannot be read.</summary>
    private (VariantFigures? Figures, bool _)? Figures(CsvRow row, string[] names)
    {
        string[] cells = [.. row.Cells.Skip(plan.Axes.Count)];
        string state = cells[^2];
        string[] numbers = cells[..^2];
        if (state.Length > 0)
            return numbers.All(static n => n.Length == 0) ? (null, true) : null;
        // A figure that a variant has not is empty; all else is there.
        int from = s_before.Length, to = from + names.Length;
        double?[] values = [.. numbers.Select(NumberOf)];
        for (int k = 0; k < values.Length; k++)
        {
            if (values[k] is null && (k < from || k >= to || numbers[k].Length > 0))
                return null;
        }

        (string, double)[] figures = [.. names.Zip(values[from..to]).Where(static f => f.Second is not null).Select(static f => (f.First, f.Second!.Value))];
        if (!double.IsFinite(values[0]!.Value) || values[to + 2] is not (>= 0 and <= int.MaxValue))
            return null;
        return (new VariantFigures(
            values[0]!.Value, folds > 1 ? values[to + 4] : null, values[1]!.Value, values[2]!.Value, figures, values[to]!.Value, values[to + 1]!.Value,
            (int)values[to + 2]!.Value, values[to + 3]!.Value), true);
    }

    private static double? NumberOf(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
