using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>ONNX Runtime on the processor, with one thread, called through its C API.</summary>
internal sealed class OnnxRuntimePeer : IPeer
{
    private const string Variable = "NETGEN_ONNXRUNTIME", Package = "onnxruntime-node";

    private readonly OnnxApi? _api;

    /// <param name="library">The shared object or the package's folder; null to look for it.</param>
    public OnnxRuntimePeer(string? library)
    {
        string? found = library ?? Environment.GetEnvironmentVariable(Variable) ?? Path.Combine("node_modules", Package);
        if (Directory.Exists(found))
            found = Directory.EnumerateFiles(found, FileName, SearchOption.AllDirectories).FirstOrDefault(IsForThisMachine);
        if (File.Exists(found))
            _api = new OnnxApi(Path.GetFullPath(found));
    }

    public string Name => "onnxruntime";

    public string? Version => _api is null ? null : $"{_api.Version}, one thread";

    public string InstallCommand => $"npm install {Package} --ignore-scripts (then run here, or with --onnxruntime FILE, or set {Variable})";

    private static string FileName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime*.dylib" : "libonnxruntime.so*";

    public string? Refusal(BenchmarkNet net, BenchmarkTask task) => task.IsStep ? "the package infers only" : null;

    public IReadOnlyList<IContender> Prepare(Workload workload) =>
        [workload.Task.IsStream ? new OnnxStreamContender(_api!, workload) : new OnnxContender(_api!, workload)];

    public void Dispose() => _api?.Dispose();

    private static bool IsForThisMachine(string file) => file.Split(Path.DirectorySeparatorChar) is var parts
        && parts.Contains(RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant())
        && parts.Contains(OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux");
}
