using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>build-cost</c>: what tiny networks add to the build of a project and to its assembly. The C# compiler of the SDK is run as the build runs it, in a process of its own, with the
/// generator and without a server.
/// </summary>
internal static class BuildCostCommand
{
    public const string Usage = "build-cost [--rounds N] [--markdown FILE]";

    private static readonly int[] s_networks = [0, 1, 20, 100];

    private static readonly IReadOnlyList<string> s_columns = ["networks", "seconds of processor", "more than none", "of each", "seconds of wall", "assembly KB", "KB of each"];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        int rounds = 3;
        string? markdown = null;
        for (int k = 0; k < arguments.Length; k += 2)
        {
            if (k + 1 == arguments.Length || (arguments[k] is not "--markdown" && !(arguments[k] == "--rounds" && int.TryParse(arguments[k + 1], out rounds) && rounds > 0)))
            {
                Console.Error.WriteLine(Usage);
                return 2;
            }

            if (arguments[k] == "--markdown")
                markdown = arguments[k + 1];
        }

        if (Compiler() is not { } compiler)
        {
            Console.Error.WriteLine("build-cost: skipped, because no SDK stands beside the runtime");
            return 0;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-build-cost-");
        try
        {
            var best = new Cost[s_networks.Length];
            for (int round = 0; round < rounds; round++)
            {
                for (int k = 0; k < s_networks.Length; k++)
                {
                    Cost cost = Measure(compiler, Path.Combine(folder.FullName, s_networks[k].ToString(CultureInfo.InvariantCulture)), s_networks[k]);
                    best[k] = round == 0 || cost.Processor < best[k].Processor ? cost : best[k];
                }
            }

            List<IReadOnlyList<string>> rows = [.. s_networks.Select((n, k) => Row(n, best[k], best[0]))];
            string circumstances = $"{DateTime.UtcNow:yyyy-MM-dd}, {ProcessorName.Value}, {RuntimeInformation.FrameworkDescription}; networks 4-16-3 with momentum, each a spec of its own; the best of {rounds}.";
            ConsoleReport.Write(s_columns, rows);
            Console.WriteLine(circumstances);
            if (markdown is not null)
                File.WriteAllText(markdown, MarkdownReport.Table(s_columns, rows) + circumstances + "\n");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private readonly record struct Cost(double Processor, double Wall, double Assembly);

    private static IReadOnlyList<string> Row(int networks, Cost cost, Cost none)
    {
        string Of(double number, string format) => networks == 0 ? "" : number.ToString(format, CultureInfo.InvariantCulture);
        return
        [
            networks.ToString(CultureInfo.InvariantCulture), cost.Processor.ToString("0.0", CultureInfo.InvariantCulture), Of(cost.Processor - none.Processor, "0.0"),
            Of((cost.Processor - none.Processor) / networks, "0.00"), cost.Wall.ToString("0.0", CultureInfo.InvariantCulture), cost.Assembly.ToString("0.0", CultureInfo.InvariantCulture),
            Of((cost.Assembly - none.Assembly) / networks, "0.0"),
        ];
    }

    /// <summary>The newest SDK's compiler.</summary>
    private static string? Compiler()
    {
        string sdks = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "sdk");
        return !Directory.Exists(sdks) ? null : Directory.GetDirectories(sdks).Select(static sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")).Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault();
    }

    private static Cost Measure(string compiler, string folder, int networks)
    {
        Directory.CreateDirectory(folder);
        string assembly = Path.Combine(folder, "Nets.dll"), response = Path.Combine(folder, "Nets.rsp");
        File.WriteAllLines(response, Arguments(folder, assembly, networks));
        Stopwatch watch = Stopwatch.StartNew();
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            ArgumentList = { "exec", compiler, "/noconfig", "@" + response },
            RedirectStandardOutput = true,
        })!;
        System.Threading.Tasks.Task<string> output = process.StandardOutput.ReadToEndAsync();
        TimeSpan processor = TimeSpan.Zero;
        // Not every system tells once a process has ended.
        while (!process.WaitForExit(milliseconds: 10))
            processor = TimeOf(process, processor);
        if (process.ExitCode != 0)
            throw new InvalidOperationException("the compiler refused the networks:\n" + output.Result);
        return new Cost(processor.TotalSeconds, watch.Elapsed.TotalSeconds, new FileInfo(assembly).Length / 1000.0);
    }

    private static TimeSpan TimeOf(Process process, TimeSpan known)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return known;
        }
    }

    private static IEnumerable<string> Arguments(string folder, string assembly, int networks)
    {
        yield return $"/target:library /optimize+ /nullable:enable /langversion:latest /out:\"{assembly}\"";
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!, own = AppContext.BaseDirectory;
        foreach (string path in Directory.GetFiles(framework, "System*.dll").Append(Path.Combine(framework, "netstandard.dll")).Append(Path.Combine(own, "NetGen.dll")).Where(IsManaged))
            yield return $"/reference:\"{path}\"";
        foreach (string analyzer in (string[])["NetGen.Generator.dll", "NetGen.Compiler.dll", "YamlDotNet.dll"])
            yield return $"/analyzer:\"{Path.Combine(own, analyzer)}\"";
        yield return Write(folder, "Program.cs", "namespace Nets; public static class Program { public static int Answer => 42; }");
        for (int k = 0; k < networks; k++)
        {
            string spec = FormattableString.Invariant($"net{k}.yaml");
            yield return "/additionalfile:" + Write(folder, spec, """
                input: 4
                layers: [{ dense: { units: 16, activation: relu } }, { dense: 3 }, softmax]
                loss: cross_entropy
                optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9 } }

                """);
            yield return Write(folder, FormattableString.Invariant($"Net{k}.cs"), $"namespace Nets; [NetGen.Network(\"{spec}\")] public partial class Net{k};");
        }
    }

    private static bool IsManaged(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var image = new System.Reflection.PortableExecutable.PEReader(file);
        return image.HasMetadata;
    }

    private static string Write(string folder, string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return $"\"{path}\"";
    }
}
