using System.Collections.Generic;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>FANN, a library of small networks in C.</summary>
internal sealed class FannPeer : IPeer
{
    private readonly CToolchain _toolchain =
        new("gcc", "apt-get install gcc libfann-dev", header: "floatfann.h", package: "fann", libraries: ["-lfloatfann"]);

    public string Name => "fann";

    public string? Version => _toolchain.Version;

    public string InstallCommand => _toolchain.InstallCommand;

    public string? Refusal(BenchmarkNet net, BenchmarkTask task) =>
        net.Kind == NetKind.Convolutional ? "has no convolutions"
        : net.Kind == NetKind.Recurrent ? "has no recurrent layers"
        : net.Layers.Any(l => l.Activation is Activation.Relu or Activation.Softmax) ? "has neither relu nor softmax"
        : task is { IsStep: true, Samples: > 1 } ? "fann_train takes a step for each sample, not for a batch"
        : null;

    public IReadOnlyList<IContender> Prepare(Workload workload) =>
        [new CContender(workload.Task.IsStep ? "fann_train" : "fann_run", _toolchain.Build(CSource.Write(workload.Net, "fann.c"), []), workload)];

    public void Dispose()
    {
    }
}
