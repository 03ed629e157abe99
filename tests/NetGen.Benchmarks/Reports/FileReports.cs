using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Benchmarks;

/// <summary>The tables in Markdown.</summary>
internal static class MarkdownReport
{
    public static string Write(Comparison comparison)
    {
        StringBuilder text = new();
        if (comparison.Suite == Suite.MemoryBound)
        {
            text.Append(Table(Summary.TrafficColumns, Summary.TrafficRows(comparison)));
            text.Append($"{Summary.TrafficLegend}\n\n");
        }
        else
        {
            text.Append(Table(Summary.GoalColumns, Summary.GoalRows(comparison)));
            text.Append($"{Summary.GoalLegend}\n\n");
            text.Append(Table(Summary.PeerColumns, Summary.PeerRows(comparison)));
        }

        foreach (string line in Summary.Circumstances(comparison).Concat(Summary.Notes(comparison)))
            text.Append($"- {line}\n");
        return text.ToString();
    }

    /// <summary>A table and an empty line.</summary>
    public static string Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        StringBuilder text = new();
        foreach (IReadOnlyList<string> row in rows.Prepend([.. columns.Select(_ => "---")]).Prepend(columns))
            text.Append($"| {string.Join(" | ", row.Select(c => c.Replace("|", "\\|")))} |\n");
        return text.Append('\n').ToString();
    }
}

/// <summary>A line per network, task and peer, with numbers in full.</summary>
internal static class CsvReport
{
    public static string Write(Comparison comparison)
    {
        StringBuilder text = new("net,task,peer,version,form,verdict,median_ns,lower_quartile_ns,upper_quartile_ns,bound_ns,multiply_adds,note\n");
        foreach (TaskResult t in comparison.Tasks)
        {
            foreach (PeerResult p in t.Peers)
            {
                string?[] cells =
                [
                    t.Net.Label, t.Task.Name, p.Peer, comparison.Peers.First(v => v.Peer == p.Peer).Version, p.Form, p.Verdict.ToString(),
                    Number(p.Times?.Median), Number(p.Times?.LowerQuartile), Number(p.Times?.UpperQuartile), Number(t.BoundNanoseconds),
                    t.Task.MultiplyAdds(t.Net).ToString(CultureInfo.InvariantCulture), p.Note,
                ];
                text.Append(string.Join(',', cells.Select(Quote))).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";

    private static string Quote(string? cell) =>
        cell is null || cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell ?? "" : $"\"{cell.Replace("\"", "\"\"")}\"";
}
