using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>Generated code, through its public members.</summary>
internal sealed class OursPeer : IPeer
{
    public const string PeerName = "ours";

    public string Name => PeerName;

    public string? Version => RuntimeInformation.FrameworkDescription;

    public string InstallCommand => "";

    public string? Refusal(BenchmarkNet net, BenchmarkTask task) => null;

    public IReadOnlyList<IContender> Prepare(Workload workload) => workload.Net.Name switch
    {
        "A" => Contenders(new GeneratedA(), workload),
        "B" => Contenders(new GeneratedB(), workload),
        "C" => Contenders(new GeneratedC(), workload),
        "D" => Contenders(new GeneratedD(), workload),
        "E" => Contenders(new GeneratedE(), workload),
        _ => throw new ArgumentOutOfRangeException(nameof(workload), workload.Net.Name, "no generated class of that name"),
    };

    public void Dispose()
    {
    }

    private static IReadOnlyList<IContender> Contenders<TNet>(TNet net, Workload workload) where TNet : struct, IGeneratedNet =>
        workload.Task.IsStep
            ? [new OursContender<TNet>(net, workload, OursMember.TrainStep)]
            : [
                new OursContender<TNet>(net, workload, OursMember.StaticForward),
                new OursContender<TNet>(net, workload, OursMember.InstanceForward),
            ];
}
