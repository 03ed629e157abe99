using System;
using System.Collections.Generic;
using Microsoft.ML.OnnxRuntime;

namespace NetGen.Benchmarks;

/// <summary>ONNX Runtime on the processor, with one thread, by its NuGet package and C# API.</summary>
internal sealed class OnnxRuntimePeer : IPeer
{
    public string Name => "onnxruntime";

    public string? Version { get; } = Find();

    public string InstallCommand => "-p:OnnxRuntime=true behind dotnet run or dotnet build";

    public string? Refusal(BenchmarkNet net, BenchmarkTask task) => task.IsStep ? "the package infers only" : null;

    public IReadOnlyList<IContender> Prepare(Workload workload) => workload.Task.IsStream
        ? [new OnnxStreamContender(workload)]
        : [new OnnxContender(workload, isBound: false), new OnnxContender(workload, isBound: true)];

    public void Dispose()
    {
    }

    /// <summary>A session that keeps to the caller's thread, with every optimization of the graph.</summary>
    public static InferenceSession Session(byte[] model)
    {
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        return new InferenceSession(model, options);
    }

    /// <summary>Null where the native code was not built in.</summary>
    private static string? Find()
    {
        try
        {
            return $"{OrtEnv.Instance().GetVersionString()}, called from C#, one thread";
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException })
        {
            return null;
        }
    }
}
