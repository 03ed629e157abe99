using System;
using System.Collections.Generic;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace NetGen.Benchmarks;

/// <summary><c>bdn</c>: our own members under BenchmarkDotNet, whose options follow the verb.</summary>
/// <remarks>In this process: for another, BenchmarkDotNet would have to build this project, generator and all, once more.</remarks>
internal static class BdnCommand
{
    public const string Usage = "bdn [--filter PATTERN] [--list flat] (and all else that BenchmarkDotNet knows)";

    public static int Run(ReadOnlySpan<string> arguments)
    {
        IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        string[] words = arguments is [] ? ["--filter", "*"] : arguments.ToArray();
        IEnumerable<BenchmarkDotNet.Reports.Summary> summaries = BenchmarkSwitcher.FromTypes([typeof(NetBenchmarks<>), typeof(CompilerBenchmarks)]).Run(words, config);
        foreach (BenchmarkDotNet.Reports.Summary summary in summaries)
        {
            if (summary.HasCriticalValidationErrors)
                return 1;
        }

        return 0;
    }
}
