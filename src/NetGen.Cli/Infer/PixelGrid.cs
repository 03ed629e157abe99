using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Training;

namespace NetGen.Cli.Infer;

/// <summary>Recognizes columns that are the pixels of a square grey image, row by row.</summary>
internal static partial class PixelGrid
{
    private const int SmallestSide = 8, LargestSide = 128;
    private const double LargestValue = 255;

    [GeneratedRegex(@"^(?<stem>.*?)(?<number>\d+)$")]
    private static partial Regex Numbered { get; }

    [GeneratedRegex(@"^(\d+)x(\d+)$")]
    private static partial Regex Placed { get; }

    /// <summary>The side of the square; null where the columns are none.</summary>
    public static int? SideOf(IReadOnlyList<CsvColumnSummary> columns)
    {
        int side = (int)Math.Sqrt(columns.Count);
        return side is >= SmallestSide and <= LargestSide && side * side == columns.Count
            && columns.All(static c => c is { IsNumeric: true, AreIntegers: true, Missing: 0, Min: >= 0, Max: <= LargestValue })
            && (AreNumbered(columns) || ArePlaced(columns, side)) ? side : null;
    }

    // pixel0, pixel1, …
    private static bool AreNumbered(IReadOnlyList<CsvColumnSummary> columns)
    {
        Match[] names = [.. columns.Select(static c => Numbered.Match(c.Name))];
        return names.All(m => m.Success && m.Groups["stem"].Value == names[0].Groups["stem"].Value)
            && int.TryParse(names[0].Groups["number"].Value, out int first)
            && names.Select((m, i) => int.TryParse(m.Groups["number"].Value, out int number) && number == first + i).All(static isNext => isNext);
    }

    // 1x1, 1x2, …
    private static bool ArePlaced(IReadOnlyList<CsvColumnSummary> columns, int side)
    {
        Match[] names = [.. columns.Select(static c => Placed.Match(c.Name))];
        return names.All(static m => m.Success) && int.TryParse(names[0].Groups[1].Value, out int first)
            && names.Select((m, i) => m.Value == FormattableString.Invariant($"{first + i / side}x{first + i % side}")).All(static isNext => isNext);
    }
}
