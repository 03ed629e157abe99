using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TorchSharp;

namespace NetGen.Benchmarks;

/// <summary>PyTorch's library by its NuGet package and C# API, with one thread.</summary>
internal sealed class TorchSharpPeer : IPeer
{
    public string Name => "torchsharp";

    public string? Version { get; } = Find();

    public string InstallCommand => "-p:TorchSharp=true behind dotnet run or dotnet build (on Linux its library needs libstdc++ of GCC 13 or later)";

    public string? Refusal(BenchmarkNet net, BenchmarkTask task) => task.IsStream ? "is not asked for the steps of a stream: pytorch's cells are" : null;

    public IReadOnlyList<IContender> Prepare(Workload workload) => [new TorchSharpContender(workload)];

    public void Dispose()
    {
    }

    /// <summary>Null where the native code was not built in, or does not load.</summary>
    private static string? Find()
    {
        // TorchSharp itself would look for it in the cache of packages, copy half a gigabyte, and write down how it went.
        if (!Directory.EnumerateFiles(AppContext.BaseDirectory, "*torch_cpu.*").Any())
            return null;
        try
        {
            torch.set_num_threads(1);
            return $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, libtorch {torch.__version__}, called from C#, one thread";
        }
        catch (Exception e) when (e is DllNotFoundException or NotSupportedException or TypeInitializationException)
        {
            return null;
        }
    }
}
