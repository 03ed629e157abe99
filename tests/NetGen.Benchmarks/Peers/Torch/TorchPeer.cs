using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>PyTorch on the processor with one thread, in a Python process of its own on the same core.</summary>
internal sealed class TorchPeer : IPeer
{
    /// <summary>With a BLAS: what Debian's package takes by itself is the reference's plain loops, ten times as slow.</summary>
    public const string Installation = "apt-get install python3-torch libopenblas0-pthread";

    private readonly (string Command, string Version)? _python = TorchPython.Find();
    private TorchProcess? _process;
    private int _tasks;

    public string Name => "pytorch";

    public string? Version => _python?.Version;

    public string InstallCommand => Installation;

    public string? Refusal(BenchmarkNet net, BenchmarkTask task) => null;

    public IReadOnlyList<IContender> Prepare(Workload workload)
    {
        _process ??= new TorchProcess(_python!.Value.Command);
        return workload.Task.IsStream ? [Create("cell, eager"), Create("cell, traced"), Create("sequence of one, eager"), Create("sequence of one, traced")]
            : workload.Task.IsStep ? [Create("eager")]
            : [Create("eager"), Create("traced")];

        TorchContender Create(string form) => new(_process, _tasks++, form, workload);
    }

    public void Dispose() => _process?.Dispose();
}
