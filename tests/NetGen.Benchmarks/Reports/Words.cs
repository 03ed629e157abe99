using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>How the reports write numbers.</summary>
internal static class Words
{
    /// <summary>Three significant digits at least: "13.5", "297", "112,147".</summary>
    public static string Nanoseconds(double ns) =>
        ns.ToString(ns < 100 ? "0.0" : "#,##0", CultureInfo.InvariantCulture);

    public static string Ratio(double? ratio) => ratio?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    public static string Percent(double part) => (100 * part).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Goal(TaskResult result) =>
        result.Goal.ToString("0.00", CultureInfo.InvariantCulture) + result.IsGoalMet switch { true => " met", false => " missed", null => "" };

    /// <summary>Why a peer has no time, or what is odd about it.</summary>
    public static string Outcome(PeerResult result) => result.Verdict switch
    {
        Verdict.Wrong => "WRONG: " + result.Note,
        Verdict.BelowBound => "REFUSED: below the bound",
        Verdict.Refused => "cannot: " + result.Note,
        _ => result.Note,
    };
}
