using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary><c>compile-cost</c>: what networks of many sizes cost from the spec to machine code, and until the first result.</summary>
internal static class CompileCostCommand
{
    public const string Usage = "compile-cost [--markdown FILE]";

    private const int Attempts = 3, Starts = 5;

    private static readonly IReadOnlyList<string> s_costColumns =
        ["network", "layers", "parameters", "source KB", "bytes per parameter", "longest line", "generator ms", "Roslyn ms", "JIT ms", "methods", ""];

    private static readonly IReadOnlyList<string> s_startColumns =
        ["network", "runtime's start ms", "to the first outputs ms", "to the end of the first step ms", "new allocates bytes", "its buffers bytes"];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not ([] or ["--markdown", _]))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        CostResult.Measure(CostCase.All().First(), Attempts); // Roslyn itself is compiled meanwhile
        List<CostResult> costs = [];
        foreach (CostCase spec in CostCase.All())
        {
            costs.Add(CostResult.Measure(spec, spec.Layers <= 10 ? Attempts : 1));
            Console.Error.WriteLine($"{spec.Name} is measured");
        }

        List<IReadOnlyList<string>> costRows = [.. costs.Select(CostRow)];
        List<IReadOnlyList<string>> startRows = [.. Suite.Networks.Nets.Select(n => StartRow(n.Name))];
        string circumstances = $"{DateTime.UtcNow:yyyy-MM-dd}, {ProcessorName.Value}, {RuntimeInformation.FrameworkDescription}, "
            + $"Roslyn {typeof(Microsoft.CodeAnalysis.Compilation).Assembly.GetName().Version}; the best of {Attempts} attempts for up to 10 layers, "
            + $"one attempt above, the best of {Starts} processes. The generator's time is what it does where a spec changed; Roslyn's that of "
            + "the generated file alone, in a process that is warm; the JIT's that of every method.";
        ConsoleReport.Write(s_costColumns, costRows);
        ConsoleReport.Write(s_startColumns, startRows);
        Console.WriteLine(circumstances);
        if (arguments is [_, string file])
            File.WriteAllText(file, MarkdownReport.Table(s_costColumns, costRows) + MarkdownReport.Table(s_startColumns, startRows) + circumstances + "\n");
        return costs.Any(c => c.IsTooLong) ? 1 : 0;
    }

    private static IReadOnlyList<string> CostRow(CostResult c) =>
    [
        c.Case.Name, Whole(c.Case.Layers), Whole(c.Parameters), One(c.SourceBytes / 1000.0), One((double)c.SourceBytes / c.Parameters), Whole(c.LongestLine),
        One(c.Generator.TotalMilliseconds), One(c.Roslyn.TotalMilliseconds), One(c.Jit.TotalMilliseconds), Whole(c.Methods),
        c.IsTooLong ? $"TOO LONG: over {Whole(c.Case.SourceLimit!.Value / 1000)} KB" : "",
    ];

    private static IReadOnlyList<string> StartRow(string net)
    {
        FirstCall.Times times = FirstCall.Measure(net, Starts);
        InstanceMemory memory = InstanceMemory.Of(net);
        return [net, One(times.Main), One(times.Forward), One(times.TrainStep), Whole(memory.AllocatedBytes), Whole(memory.BufferBytes)];
    }

    private static string Whole(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    private static string One(double number) => number.ToString("#,##0.0", CultureInfo.InvariantCulture);
}
