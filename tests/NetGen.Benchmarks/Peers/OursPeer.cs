using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>Generated code, through its public members.</summary>
internal sealed class OursPeer : IPeer
{
    public const string PeerName = "ours";

    public string Name => PeerName;

    public string? Version => RuntimeInformation.FrameworkDescription;

    public string InstallCommand => "";

    public string? Refusal(BenchmarkNet net, BenchmarkTask task) =>
        task.IsStep && net.Layers.All(l => l is Pool) ? "has nothing to train" : null;

    public IReadOnlyList<IContender> Prepare(Workload workload) => GeneratedNets.Find(workload.Net.Name).Contenders(workload);

    public void Dispose()
    {
    }
}
