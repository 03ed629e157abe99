using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>PyTorch on the processor with one thread, in a Python process of its own on the same core.</summary>
internal sealed class TorchPeer : IPeer
{
    private readonly string? _python;
    private TorchProcess? _process;
    private int _tasks;

    public TorchPeer()
    {
        foreach (string python in (IReadOnlyList<string>)["python3", "/usr/bin/python3"])
        {
            if (Commands.TryRun(python, ["-c", "import torch, platform; print(torch.__version__, 'on Python', platform.python_version())"]) is not { Status: 0 } found)
                continue;
            _python = python;
            Version = found.Output.Split('\n')[0].Trim() + ", one thread";
            return;
        }
    }

    public string Name => "pytorch";

    public string? Version { get; }

    public string InstallCommand => "apt-get install python3-torch";

    public string? Refusal(BenchmarkNet net, BenchmarkTask task) => null;

    public IReadOnlyList<IContender> Prepare(Workload workload)
    {
        _process ??= new TorchProcess(_python!);
        return workload.Task.IsStream ? [Create("cell, eager"), Create("cell, traced"), Create("sequence of one, eager"), Create("sequence of one, traced")]
            : workload.Task.IsStep ? [Create("eager")]
            : [Create("eager"), Create("traced")];

        TorchContender Create(string form) => new(_process, _tasks++, form, workload);
    }

    public void Dispose() => _process?.Dispose();
}
