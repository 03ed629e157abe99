using System;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>
/// The bytes that a call moves if each layer, the loss included, reads and writes each value once (batch norm in training reads
/// its input twice), and parameters are read once, in a step once more and written; and the least time of that on this core: reads at full rate beside writes at full rate, or the multiply-adds.
/// </summary>
/// <param name="Read">Bytes read.</param>
/// <param name="Written">Bytes written.</param>
/// <param name="Held">Bytes of everything that is touched before it comes around again.</param>
internal sealed record Traffic(long Read, long Written, long Held)
{
    /// <summary>Up to here all is counted as lying in the first level of cache.</summary>
    private const long FirstLevelBytes = 32 * 1024;

    public static Traffic Of(Workload workload)
    {
        (BenchmarkNet net, BenchmarkTask task) = (workload.Net, workload.Task);
        long read = net.Layers.Sum(l => (long)l.Input.Length * (task.IsStep ? l.TrainingReads : 1));
        long values = net.Layers.Sum(l => (long)l.Output.Length), written = values;
        long held = workload.Sets * net.InputSize + values;
        if (task.IsStep)
        {
            // The loss reads outputs and targets and writes their gradient; backward reads that, and gives the next one but below the first layer.
            read += 2 * net.OutputSize + net.Layers.Sum(l => (long)l.Output.Length + (l.ReadsInputAgain ? l.Input.Length : 0));
            written += net.OutputSize + net.Layers.Skip(1).Sum(l => (long)l.Input.Length);
            held += workload.Sets * net.OutputSize + values;
        }

        long parameters = net.Layers.Sum(static l => (long)l.Weights + l.Biases + l.OtherParameters);
        read = (read * task.Samples) + ((task.IsStep ? 2 : 1) * parameters);
        written = (written * task.Samples) + (task.IsStep ? parameters : 0);
        return new(read * sizeof(float), written * sizeof(float), ((held * task.Samples) + parameters) * sizeof(float));
    }

    public static double Nanoseconds(Workload workload, CoreLimits limits)
    {
        Traffic traffic = Of(workload);
        bool first = traffic.Held <= FirstLevelBytes;
        double read = traffic.Read / (first ? limits.FirstLevelReads : limits.SecondLevelReads);
        double written = traffic.Written / (first ? limits.FirstLevelUpdates : limits.SecondLevelUpdates);
        return Math.Max(Math.Max(read, written), workload.Task.MultiplyAdds(workload.Net) / limits.MultiplyAdds);
    }
}
