using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NetGen.Compiler;

namespace NetGen.Benchmarks;

/// <summary><c>editor</c>: what a key costs that is pressed in a spec, or in a file that has nothing to do with networks.</summary>
internal static class EditorCommand
{
    public const string Usage = "editor [--markdown FILE]";

    private const int Times = 31;

    /// <summary>Long enough for the JIT to have its last word.</summary>
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);

    private static readonly IReadOnlyList<string> s_columns =
        ["networks", "layers each", "spec edited: diagnostics ms", "KB allocated", "spec edited: code ms", "KB allocated", "other file edited: ms", "KB allocated"];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not ([] or ["--markdown", _]))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        List<IReadOnlyList<string>> rows = [];
        foreach ((int networks, int layers) in new[] { (1, 3), (1, 30), (1, 300), (100, 3), (100, 30) })
        {
            var project = new EditorProject(networks, layers);
            Cost diagnostics = Measure(project.NextText, static text => NetworkCompiler.Check(text));
            Cost code = Measure(project.NextText, project.EditSpec);
            Cost other = Measure(static () => "", _ => project.EditUnrelated());
            rows.Add([networks.ToString(CultureInfo.InvariantCulture), layers.ToString(CultureInfo.InvariantCulture), .. Cells(diagnostics), .. Cells(code), .. Cells(other)]);
        }

        string circumstances = $"{DateTime.UtcNow:yyyy-MM-dd}, {ProcessorName.Value}, {RuntimeInformation.FrameworkDescription}, Roslyn {typeof(Microsoft.CodeAnalysis.Compilation).Assembly.GetName().Version}; "
            + $"the median of {Times} edits in a warm process. Diagnostics: from the text of the edited spec to what is wrong with it. Code: a run of the generator that ends in the new file, Roslyn's parsing of it not counted. "
            + "Another file edited: such a run that finds nothing to do.";
        ConsoleReport.Write(s_columns, rows);
        Console.WriteLine(circumstances);
        if (arguments is [_, string file])
            File.WriteAllText(file, MarkdownReport.Table(s_columns, rows) + circumstances + "\n");
        return 0;
    }

    private readonly record struct Cost(double Milliseconds, double Kilobytes);

    private static Cost Measure(Func<string> prepare, Action<string> edit)
    {
        var times = new List<Cost>();
        long begun = Stopwatch.GetTimestamp();
        while (times.Count < Times)
        {
            string text = prepare();
            long allocated = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp();
            edit(text);
            double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (Stopwatch.GetElapsedTime(begun) > s_warmUp)
                times.Add(new Cost(time, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0));
        }

        return new Cost(Median(times.Select(static t => t.Milliseconds)), Median(times.Select(static t => t.Kilobytes)));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Times / 2);

    private static string[] Cells(Cost cost) =>
        [cost.Milliseconds.ToString("0.00", CultureInfo.InvariantCulture), cost.Kilobytes.ToString("#,##0", CultureInfo.InvariantCulture)];
}
