using System;
using System.Globalization;
using static System.FormattableString;

namespace NetGen.Cli.Report;

/// <summary>Numbers as people read them, whatever the machine's culture.</summary>
internal static class Figures
{
    /// <summary>Four digits: 0.03512, 12.3, 45,210, 3.1e-7; in a word what is no number.</summary>
    public static string Text(double value)
    {
        double size = Math.Abs(value);
        return size switch
        {
            _ when double.IsNaN(value) => "NaN",
            _ when double.IsInfinity(value) => value > 0 ? "∞" : "−∞",
            0 => "0",
            < 1e-4 or >= 1e9 => Signed(value, size.ToString("0.###e0", CultureInfo.InvariantCulture)),
            >= 999.5 => Signed(value, size.ToString("#,0", CultureInfo.InvariantCulture)),
            _ => Signed(value, ((decimal)size).ToString("0." + new string('#', 3 - (int)Math.Floor(Math.Log10(size))), CultureInfo.InvariantCulture)),
        };
    }

    public static string Text(double? value) => value is { } number ? Text(number) : "";

    /// <summary>With its thousands apart.</summary>
    public static string Count(long value) => Invariant($"{value:N0}");

    /// <summary>A count and its noun: "1 epoch", "2 epochs".</summary>
    public static string Count(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? "" : "s")}";

    /// <summary>A share as a percentage with one digit. What is not all is never shown as 100 %, nor something as 0 %.</summary>
    public static string Percent(double share)
    {
        if (double.IsNaN(share))
            return "NaN";
        double percent = Math.Round(100 * share, 1, MidpointRounding.AwayFromZero);
        if (percent >= 100 && share < 1)
            return "> 99.9 %";
        return percent <= 0 && share > 0 ? "< 0.1 %" : Invariant($"{percent:0.0} %");
    }

    /// <summary>A figure of a set: what is an accuracy as a percentage, the others as numbers.</summary>
    public static string Of(string name, double value) => IsShare(name) && value is >= 0 and <= 1 ? Percent(value) : Text(value);

    /// <summary>1.4 s, 2 min 5 s, 3 h 12 min.</summary>
    public static string Duration(TimeSpan time)
    {
        if (time.TotalSeconds < 59.95)
            return time.TotalSeconds < 1 ? Invariant($"{time.TotalMilliseconds:0} ms") : Invariant($"{time.TotalSeconds:0.0} s");
        // Rounded first, so that nothing lasts 60 seconds or is short of a minute.
        var rounded = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        return rounded switch
        {
            { TotalMinutes: < 60 } => Invariant($"{rounded.Minutes} min {rounded.Seconds} s"),
            { TotalHours: < 48 } => Invariant($"{(int)rounded.TotalHours} h {rounded.Minutes} min"),
            _ => Invariant($"{(int)rounded.TotalDays} d {rounded.Hours} h"),
        };
    }

    /// <summary>With a capital letter, to begin a line.</summary>
    public static string Heading(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static bool IsShare(string name) => name.Contains("accuracy", StringComparison.OrdinalIgnoreCase);

    private static string Signed(double value, string size) => value < 0 ? "−" + size : size;
}
