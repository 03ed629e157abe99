using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Compiler.Passes;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>fit-estimates</c>: fits the compiler's time estimates to medians, the stored ones or those of new runs, and shows the coefficients and the errors.
/// </summary>
internal static class FitEstimatesCommand
{
    public const string Usage = "fit-estimates [--avx512 A.csv,B.csv --avx2 C.csv,D.csv --write medians.csv]";

    /// <summary>Nanoseconds below which a cost is none.</summary>
    private const double Least = 1e-6;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        IReadOnlyList<MeasuredTime> times;
        switch (arguments)
        {
            case []:
                times = MeasuredTime.Stored();
                break;
            case ["--avx512", string wide, "--avx2", string narrow, "--write", string to]:
                // The best of several runs: what else runs on a shared machine slows a core for minutes.
                times =
                [
                    .. narrow.Split(',').SelectMany(static f => MeasuredTime.Read(Machine.Avx2, f))
                        .Concat(wide.Split(',').SelectMany(static f => MeasuredTime.Read(Machine.Avx512, f)))
                        .GroupBy(static t => (t.Machine, t.Net, t.Samples)).Select(static runs => runs.MinBy(static t => t.Nanoseconds)!),
                ];
                File.WriteAllText(to, MeasuredTime.Write(times));
                break;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }

        List<double[]> columns = [];
        List<string> errors = [];
        foreach (Machine machine in Machine.All)
        {
            foreach (bool isBatch in (bool[])[false, true])
            {
                MeasuredTime[] fitted = [.. Fitted([.. times.Where(t => t.Machine == machine.Name)], isBatch)];
                double[][] work = [.. fitted.Select(t => t.Work(machine, isBatch))];
                double[] costs = Fit(work, fitted), estimates = [.. work.Select(w => RelativeFit.Sum(w, costs))];
                // What the model is worth for a network that it was not fitted to.
                double[] unseen = [.. work.Select((w, k) => RelativeFit.Sum(w, Fit(Without(work, k), Without(fitted, k))))];
                columns.Add(costs);
                int[] shown = [.. Enumerable.Range(0, fitted.Length).Where(k => fitted[k].IsBatch == isBatch)];
                string what = $"{machine.Name}, {(isBatch ? "a batch" : "one sample")}";
                errors.Add($"| {what} | {shown.Length} | {ErrorsOf(fitted, estimates, shown)} |");
                errors.Add($"| the same, left out of the fit | {shown.Length} | {ErrorsOf(fitted, unseen, shown)} |");
                foreach (int k in shown)
                {
                    (string net, double measured) = (fitted[k].Net, fitted[k].Nanoseconds);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{machine.Name,-18} {net,-8} {fitted[k].Samples,3} {measured,14:0.0} {estimates[k],14:0.0} {unseen[k] / measured,6:0.00} "
                        + $"{estimates[k] / measured,6:0.00}"));
                }
            }
        }

        Console.WriteLine();
        foreach (Work sort in Enum.GetValues<Work>())
            Console.WriteLine($"        (Work.{sort}, [{string.Join(", ", columns.Select(c => c[(int)sort].ToString(CultureInfo.InvariantCulture)))}]),");
        string[] header = ["", "| | networks | a quarter within | half within | three quarters within | worst |", "|---|---|---|---|---|---|"];
        Console.WriteLine(string.Join('\n', header.Concat(errors)));
        return 0;
    }

    /// <summary>
    /// What a batch's costs are fitted to: batches, and one sample of networks that were measured at nothing else. Those are convolutions, which take the
    /// samples of a batch one by one.
    /// </summary>
    private static IEnumerable<MeasuredTime> Fitted(MeasuredTime[] times, bool isBatch) =>
        times.Where(t => t.IsBatch == isBatch || (isBatch && !times.Any(b => b.IsBatch && b.Net == t.Net)));

    /// <summary>Three digits: the next ones change from run to run.</summary>
    private static double[] Fit(double[][] work, MeasuredTime[] measured) =>
        [.. RelativeFit.Of(work, [.. measured.Select(static t => t.Nanoseconds)]).Select(static c => c < Least ? 0 : TimeEstimate.Rounded(c, 3))];

    private static T[] Without<T>(T[] all, int place) => [.. all.Where((_, k) => k != place)];

    /// <summary>How far estimates are off, of a quarter, half and three quarters, and of the worst.</summary>
    private static string ErrorsOf(MeasuredTime[] times, double[] estimates, int[] places)
    {
        double[] errors = [.. places.Select(k => Error(times[k].Nanoseconds, estimates[k])).Order()];
        int worst = places.MaxBy(k => Error(times[k].Nanoseconds, estimates[k]));
        string quartiles = string.Join(" | ", new[] { 1, 2, 3 }.Select(q => Percent(errors[errors.Length * q / 4])));
        return $"{quartiles} | {Percent(errors[^1])} ({times[worst].Net})";
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    /// <summary>How far an estimate is off, of what was measured.</summary>
    public static double Error(double measured, double estimate) => Math.Abs(estimate - measured) / measured;
}
