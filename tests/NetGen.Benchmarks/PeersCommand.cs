using System;
using System.Diagnostics;
using System.IO;

namespace NetGen.Benchmarks;

/// <summary><c>peers</c>, <c>shapes</c>, <c>sequences</c> and <c>crossover</c>: ours and every peer that is found, at every task, in one run; <c>memory-bound</c>: ours beside the bound.</summary>
internal static class PeersCommand
{
    public static int Run(Suite suite, ReadOnlySpan<string> arguments)
    {
        PeerOptions options;
        try
        {
            options = PeerOptions.Parse(suite, arguments);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine(PeerOptions.Usage);
            return 2;
        }

        long start = Stopwatch.GetTimestamp();
        Comparison comparison = new Comparer(
            options, line => Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds,6:0.0} s  {line}")).Run();
        ConsoleReport.Show(comparison);
        if (options.Csv is not null)
            File.WriteAllText(options.Csv, CsvReport.Write(comparison));
        if (options.Markdown is not null)
            File.WriteAllText(options.Markdown, MarkdownReport.Write(comparison));
        if (options.Svg is not null)
            File.WriteAllText(options.Svg, suite == Suite.Crossover ? CrossoverSvg.Write(Crossover.Cells(comparison)) : SvgReport.Write(comparison));
        return 0;
    }
}
