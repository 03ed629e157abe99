using System;
using System.Globalization;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace NetGen.Training.Loop;

/// <summary>
/// What several processes must agree on: the same network, data and options, the same place to go on from, and when to stop. Otherwise they would wait for
/// each other for ever, or compute nonsense.
/// </summary>
internal static class ProcessAgreement
{
    // Adding it changes no float, not even a zero that is negative: what all but one process give where a sum is to copy that one's values.
    public const float Nothing = -0f;

    /// <summary>Checks that all processes train the same network on the same data in the same way.</summary>
    /// <exception cref="ArgumentException">They do not; thrown in all of them.</exception>
    public static void Check<TNetwork>(ProcessGroup processes, TNetwork network, TrainingOptions options, long samples, string dataHash, Dataset? validation)
        where TNetwork : class, ITrainableNetwork<TNetwork> => Compare(
            processes,
            "give every process the same network, data and options",
            [
                Of("the number of training samples", samples),
                OfHash("the training data", dataHash),
                Of("the number of validation samples", validation?.Count ?? 0),
                OfHash("the validation data", validation is null ? "" : DataHash.Of(validation)),
                Of("ParameterBufferSize", TNetwork.ParameterBufferSize),
                Of("the floats of the optimizer's state", TNetwork.OptimizerStateSize),
                Of("Steps of the network", network.Steps),
                Of(nameof(options.BatchSize), options.BatchSize),
                Of(nameof(options.AccumulateBatches), options.AccumulateBatches),
                Of(nameof(options.Shards), options.ShardCount),
                Of(nameof(options.Epochs), options.Epochs),
                Of(nameof(options.Steps), options.Steps ?? -1),
                Of(nameof(options.Seed), options.Seed),
                Of(nameof(options.DropLast), options.DropLast ? 1 : 0),
                Of(nameof(options.Shuffle), options.Shuffle ? 1 : 0),
                Of(nameof(options.Patience), options.Patience ?? -1),
                Of(nameof(options.RestoreBestWeights), options.RestoreBestWeights ? 1 : 0),
                Of(nameof(options.MeasureTraining), options.MeasureTraining ? 1 : 0),
                OfText(nameof(options.LearningRate), options.LearningRate),
                OfText(nameof(options.MinDelta), options.MinDelta),
                OfText(nameof(options.AverageDecay), options.AverageDecay),
                OfText(nameof(options.ReduceOnPlateau), options.ReduceOnPlateau),
                OfText(nameof(options.Monitor), options.Monitor?.Name),
                OfText(nameof(options.Metrics), string.Join(", ", options.Metrics.Select(static metric => metric.Name))),
                OfText(nameof(options.Frozen), string.Join(", ", options.Frozen)),
                OfText("the presence of a learning-rate schedule", options.LearningRateSchedule is not null),
                OfText("the presence of an augmentation", options.Augmentation is not null),
                OfText("the presence of a checkpoint", options.Checkpoint is not null),
                OfText("the checkpoint's Resume", options.Checkpoint?.Resume),
            ]);

    /// <summary>Checks that all processes go on from the same place.</summary>
    /// <param name="processes">The processes; null where there is one.</param>
    /// <param name="epoch">The epoch of the checkpoint; null of one that begins anew.</param>
    /// <param name="position">The samples of the epoch that are done.</param>
    /// <param name="step">The steps of the run.</param>
    /// <param name="parameters">The network's.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void CheckResumed(ProcessGroup? processes, int? epoch, long position, long step, ReadOnlySpan<float> parameters)
    {
        if (processes is not { Count: > 1 })
            return;

        // New networks may differ, since those of the first process are taken.
        string weights = epoch is null ? "" : Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(parameters)));
        Compare(
            processes,
            "the first process writes the file, and all read it: put it where all machines see it, or copy it to each before you resume",
            [
                OfText("whether there is a checkpoint to resume", epoch is not null),
                Of("the checkpoint's epoch", epoch ?? 0),
                Of("the checkpoint's step", step),
                Of("the checkpoint's place in the epoch", position),
                OfHash("the checkpoint's weights", weights),
            ]);
    }

    /// <summary>Does something that may fail in one process only, and fails in all then.</summary>
    /// <exception cref="ProcessGroupException">It failed in another process.</exception>
    public static T Together<T>(ProcessGroup? processes, string what, Func<T> act)
    {
        if (processes is not { Count: > 1 })
            return act();

        T result = default!;
        ExceptionDispatchInfo? failure = null;
        try
        {
            result = act();
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }

        float[] failures = [failure is null ? 0 : 1];
        processes.Sum(failures);
        failure?.Throw();
        return failures[0] == 0
            ? result
            : throw new ProcessGroupException($"{failures[0]} of {processes.Count} processes could not {what}; their own exceptions say why.");
    }

    /// <inheritdoc cref="Together{T}"/>
    public static void Together(ProcessGroup? processes, string what, Action act) => Together(processes, what, () =>
    {
        act();
        return 0;
    });

    /// <summary>Gives all processes the floats of the first, bit for bit.</summary>
    public static void Share(ProcessGroup? processes, Span<float> floats)
    {
        if (processes is not { Count: > 1 } || floats.IsEmpty)
            return;
        if (processes.Rank != 0)
            floats.Fill(Nothing);
        processes.Sum(floats);
    }

    /// <summary>Why all processes end the run: for the first one's reason, or else because any wishes to; null where they go on.</summary>
    public static StopReason? Ending(ProcessGroup? processes, StopReason? own)
    {
        if (processes is not { Count: > 1 })
            return own;

        float[] values = [processes.Rank == 0 && own is { } reason ? 1 + (int)reason : 0, own == StopReason.Stopped ? 1 : 0];
        processes.Sum(values);
        return values[0] > 0 ? (StopReason)((int)values[0] - 1) : values[1] > 0 ? StopReason.Stopped : null;
    }

    private static void Compare(ProcessGroup processes, string remedy, (string Name, long Value, string Shown)[] values)
    {
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
                throw new ArgumentException(
                    $"{differs[i]} of {processes.Count} processes differ from the first in {values[i].Name}"
                    + (values[i].Shown.Length == 0 ? "" : $", which is {values[i].Shown} in process {processes.Rank}") + $"; {remedy}.",
                    "options");
    }

    private static (string, long, string) Of(string name, long value) => (name, value, value.ToString(CultureInfo.InvariantCulture));

    private static (string, long, string) OfText(string name, object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
        return (name, ValueOf(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))), text);
    }

    private static (string, long, string) OfHash(string name, string hash) => (name, ValueOf(hash), "");

    private static long ValueOf(string hash) => hash.Length == 0 ? 0 : Convert.ToInt64(hash[..15], 16);
}
