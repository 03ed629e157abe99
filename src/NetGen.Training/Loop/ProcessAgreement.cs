using System;

namespace NetGen.Training.Loop;

/// <summary>Checks that all processes train the same network on the same data in the same way: otherwise they would wait for each other for ever, or compute nonsense.</summary>
internal static class ProcessAgreement
{
    public static void Check<TNetwork>(ProcessGroup processes, TrainingOptions options, long samples, string dataHash) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        (string Name, long Value)[] values =
        [
            ("the number of training samples", samples),
            ("the training data", Convert.ToInt64(dataHash[..6], 16)),
            ("ParameterBufferSize", TNetwork.ParameterBufferSize),
            (nameof(options.BatchSize), options.BatchSize),
            (nameof(options.AccumulateBatches), options.AccumulateBatches),
            (nameof(options.Shards), options.ShardCount),
            (nameof(options.Epochs), options.Epochs),
            (nameof(options.Steps), options.Steps ?? -1),
            (nameof(options.Seed), options.Seed),
            (nameof(options.Patience), options.Patience ?? -1),
            (nameof(options.DropLast), options.DropLast ? 1 : 0),
            (nameof(options.Shuffle), options.Shuffle ? 1 : 0),
            (nameof(options.AverageDecay), options.AverageDecay is null ? 0 : 1),
            (nameof(options.MeasureTraining), options.MeasureTraining ? 1 : 0),
            (nameof(options.Metrics), options.Metrics.Count),
        ];

        // Those of the first process, in pieces of 16 bits, which floats hold exactly; the others add 0.
        var pieces = new float[values.Length * 4];
        for (int i = 0; i < pieces.Length; i++)
            pieces[i] = (ushort)(values[i / 4].Value >> (16 * (i % 4)));
        float[] first = processes.Rank == 0 ? [.. pieces] : new float[pieces.Length];
        processes.Sum(first);
        var differs = new float[values.Length];
        for (int i = 0; i < pieces.Length; i++)
            if (pieces[i] != first[i])
                differs[i / 4] = 1;
        processes.Sum(differs);
        for (int i = 0; i < differs.Length; i++)
            if (differs[i] > 0)
                throw new ArgumentException($"{differs[i]} of {processes.Count} processes differ from the first in {values[i].Name}, which is {values[i].Value} in process {processes.Rank}; give every process the same network, data and options.", nameof(options));
    }
}
