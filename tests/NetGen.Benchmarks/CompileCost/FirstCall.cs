using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>first-call</c>: how long a process that was just started takes to the first result of a generated class; its parent asks
/// for it and says when it started it.
/// </summary>
internal static class FirstCall
{
    public const string Verb = "first-call";

    /// <summary>Milliseconds from the start of a process.</summary>
    /// <param name="Main">Until the program's own first line: what the runtime takes.</param>
    /// <param name="Forward">From when its class was found to the first outputs of a new instance.</param>
    /// <param name="TrainStep">From there to the end of the first step.</param>
    internal sealed record Times(double Main, double Forward, double TrainStep);

    /// <summary>Prints the times of this process; <paramref name="arguments"/> are a network's name and when the process was started.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        long main = Stopwatch.GetTimestamp();
        string name = arguments is [string given, ..] ? given.ToUpperInvariant() : "A";
        long start = arguments is [_, string ticks] && long.TryParse(ticks, out long at) ? at : main;
        BenchmarkNet net = Suite.Networks.Nets.First(n => n.Name == name);
        GeneratedNet generated = GeneratedNets.Find(name);
        long found = Stopwatch.GetTimestamp();
        (long forward, long step) = generated.FirstCalls(net.InputSize, net.OutputSize);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Milliseconds(start, main)} {Milliseconds(found, forward)} {Milliseconds(forward, step)}"));
        return 0;
    }

    /// <summary>Starts this program anew so often, and takes the best of each time.</summary>
    public static Times Measure(string net, int attempts)
    {
        List<double[]> times = [];
        for (int k = 0; k < attempts; k++)
        {
            string program = Environment.ProcessPath!;
            bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
            string[] arguments =
                [.. isHost ? (string[])[Assembly.GetExecutingAssembly().Location] : [], Verb, net, Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)];
            (int status, string output) = Commands.TryRun(program, arguments) ?? throw new InvalidOperationException($"{program} is gone");
            if (status != 0)
                throw new InvalidOperationException(output);
            times.Add([.. output.Trim().Split(' ').Select(t => double.Parse(t, CultureInfo.InvariantCulture))]);
        }

        return new(times.Min(t => t[0]), times.Min(t => t[1]), times.Min(t => t[2]));
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
