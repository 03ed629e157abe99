using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using nietras.SeparatedValues;

namespace NetGen.Benchmarks;

/// <summary>What everybody took at one size of network and number of samples.</summary>
/// <param name="MultiplyAdds">Of one sample.</param>
/// <param name="Samples">Of a call.</param>
/// <param name="Nanoseconds">By peer, of a call.</param>
internal sealed record CrossoverCell(long MultiplyAdds, int Samples, IReadOnlyDictionary<string, double> Nanoseconds)
{
    /// <summary>The fastest of the others; null where there is none.</summary>
    public string? BestPeer => Nanoseconds.Keys.Where(p => p != OursPeer.PeerName).MinBy(p => Nanoseconds[p]);

    /// <summary>How many times as fast as the best of the others we are; null where one of the two is missing.</summary>
    public double? Advantage => BestPeer is string best && Nanoseconds.TryGetValue(OursPeer.PeerName, out double ours) ? Nanoseconds[best] / ours : null;
}

/// <summary>The cells of a run, or of the CSV files of several.</summary>
internal static class Crossover
{
    public static IReadOnlyList<CrossoverCell> Cells(Comparison comparison) =>
    [
        .. from t in comparison.Tasks
           select new CrossoverCell(
               t.Task.MultiplyAdds(t.Net) / t.Task.Samples, t.Task.Samples,
               t.Peers.Where(p => p.Verdict == Verdict.Timed).ToDictionary(p => p.Peer, p => p.Times!.Median)),
    ];

    /// <summary>From what <c>--csv</c> wrote; where a cell stands in several files, the last counts.</summary>
    /// <exception cref="InvalidDataException">A file is none of <c>crossover</c>'s.</exception>
    public static IReadOnlyList<CrossoverCell> Read(IEnumerable<string> files)
    {
        Dictionary<(long MultiplyAdds, int Samples), Dictionary<string, double>> cells = [];
        foreach (string file in files)
        {
            HashSet<(long, int)> begun = [];
            using SepReader reader = Sep.New(',').Reader(o => o with { Unescape = true }).FromText(File.ReadAllText(file));
            foreach (SepReader.Row row in reader)
            {
                string task = Cell(row, file, "task");
                if (!task.StartsWith("infer", StringComparison.Ordinal)
                    || !int.TryParse(task.AsSpan("infer".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int samples))
                    throw new InvalidDataException($"{file}: task '{task}' is not an inference; give what crossover --csv wrote");
                (long, int) place = (long.Parse(Cell(row, file, "multiply_adds"), CultureInfo.InvariantCulture) / samples, samples);
                if (begun.Add(place))
                    cells[place] = [];
                if (Cell(row, file, "verdict") == nameof(Verdict.Timed))
                    cells[place][Cell(row, file, "peer")] = double.Parse(Cell(row, file, "median_ns"), CultureInfo.InvariantCulture);
            }
        }

        return [.. cells.Select(c => new CrossoverCell(c.Key.MultiplyAdds, c.Key.Samples, c.Value))];
    }

    private static string Cell(SepReader.Row row, string file, string column) => row.TryGet(column, out SepReader.Col cell)
        ? cell.ToString()
        : throw new InvalidDataException($"{file}: there is no column {column}; give what crossover --csv wrote");
}
