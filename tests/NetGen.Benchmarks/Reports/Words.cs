using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>How the reports write numbers.</summary>
internal static class Words
{
    /// <summary>Three significant digits at least: "13.5", "297", "112,147".</summary>
    public static string Nanoseconds(double ns) =>
        ns.ToString(ns < 100 ? "0.0" : "#,##0", CultureInfo.InvariantCulture);

    /// <summary>Two significant digits at least.</summary>
    public static string Ratio(double? ratio) =>
        ratio?.ToString(ratio < 0.001 ? "0.00000" : ratio < 0.1 ? "0.000" : ratio < 100 ? "0.00" : "#,##0", CultureInfo.InvariantCulture) ?? "";

    public static string Percent(double part) => (100 * part).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Whole(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    public static string Goal(double goal, bool? isMet) =>
        goal.ToString("0.00", CultureInfo.InvariantCulture) + isMet switch { true => " met", false => " missed", null => "" };

    public static string Outcome(Verdict verdict) => verdict switch
    {
        Verdict.Wrong => "WRONG",
        Verdict.BelowBound => "REFUSED: below the bound",
        Verdict.Refused => "cannot",
        _ => "",
    };
}
