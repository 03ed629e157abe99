using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using NetGen.Cli.Runs;
using NetGen.Training;

namespace NetGen.Cli.Sweep;

/// <summary>
/// Trains variants as <c>netgen train</c> trains a network. The test samples are left out, whatever the folds, so that the network that is chosen can still be
/// tested on them.
/// </summary>
internal sealed class VariantTrainer : IVariantTrainer
{
    private readonly Dictionary<string, (Lazy<Type> Class, int Left)> classes = [];
    private readonly DataSplit[] splits;
    private readonly DataRequest request;
    private readonly RunSettings settings;

    /// <param name="spec">The spec as it is.</param>
    /// <param name="request">The data.</param>
    /// <param name="settings">How each variant is trained.</param>
    /// <param name="folds">The folds; 1 for one validation set.</param>
    public VariantTrainer(LoadedSpec spec, DataRequest request, RunSettings settings, int folds)
    {
        TrainableSpec.Check(spec);
        if (folds == 1 && settings.Split.ValidationFraction == 0)
            throw new RunException("--validation-fraction is 0, so that there is nothing to compare variants by; leave it out, or give --folds");
        this.request = request;
        this.settings = settings;
        NetworkTask task = NetworkTask.Of(spec.Network);
        var reader = new DataReader(request, task);
        Dataset data = reader.Read();
        if (folds == 1)
        {
            DataSplit split = DataSplit.Of(data, null, settings.Split);
            splits = [split with { Test = null }];
            Data = string.Create(CultureInfo.InvariantCulture, $"{data.Count:N0} samples: {split.Train.Count:N0} train, "
                + $"{split.Validation!.Count:N0} validate, {split.Test?.Count ?? 0:N0} are left for a test ({split.How})");
        }
        else
        {
            Dataset rest = settings.Split.TestFraction > 0 ? DataSplit.Of(data, null, settings.Split with { ValidationFraction = 0 }).Train : data;
            splits = DataSplit.Folds(rest, folds, settings.Split);
            Data = string.Create(CultureInfo.InvariantCulture, $"{data.Count:N0} samples: {rest.Count:N0} in {folds} folds, "
                + $"{data.Count - rest.Count:N0} are left for a test");
        }

        Folds = folds;
        (Measure, HigherIsBetter) = settings.Monitor is { } monitor ? ("validation " + monitor.Name, monitor.HigherIsBetter)
            : data is LabeledDataset ? ("validation error", false)
            : task.Answer == Answer.Numbers ? ("validation RMSE", false)
            : ("validation loss", false);
        Identity = IdentityOf(data);
    }

    /// <inheritdoc/>
    public string Measure { get; }

    /// <inheritdoc/>
    public bool HigherIsBetter { get; }

    /// <inheritdoc/>
    public int Folds { get; }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public string Data { get; }

    /// <inheritdoc/>
    public VariantResult Train(LoadedSpec spec, int fold, CancellationToken cancelled)
    {
        NetworkTask task = NetworkTask.Of(spec.Network);
        PreparedData.Check(splits[fold].Train, request.Data, spec.Path, task);
        PreparedData data = PreparedData.Of(splits[fold], spec.Network, task, settings.Standardizes);
        var network = (TrainableNetwork)RunnableNetwork.Of(ClassOf(spec, cancelled));
        long started = Stopwatch.GetTimestamp();
        TrainingHistory history = new TrainingJob(network, task, data, settings).Train(new SilentDisplay(), checkpoint: null, resume: false, cancelled).History;
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (history.StopReason == StopReason.Cancelled)
            throw new OperationCanceledException(cancelled);
        EpochReport best = history.Best ?? history.Epochs[^1];
        var figures = new Dictionary<string, double>(best.Metrics);
        if (best.ValidationAccuracy is { } accuracy)
            figures["accuracy"] = accuracy;
        double score = settings.Monitor is { } monitor ? figures[monitor.Name]
            : Measure == "validation error" ? 1 - best.ValidationAccuracy!.Value
            : Measure == "validation RMSE" ? figures["RMSE"]
            : best.ValidationLoss!.Value;
        return new VariantResult(score, best.ValidationLoss!.Value, best.TrainLoss, figures, history.Epochs.Count, best.Epoch,
            spec.Network.ParameterCount, seconds);
    }

    // The folds of a variant share its code, which the runtime makes faster from one to the next; after the last one it can go.
    private Type ClassOf(LoadedSpec spec, CancellationToken cancelled)
    {
        Lazy<Type> needed;
        lock (classes)
        {
            if (!classes.TryGetValue(spec.Text, out (Lazy<Type> Class, int Left) kept))
                kept = (new Lazy<Type>(() => NetworkCompilation.CompileClass(spec, canUnload: true, CancellationToken.None)), Folds);
            if (kept.Left == 1)
                classes.Remove(spec.Text);
            else
                classes[spec.Text] = (kept.Class, kept.Left - 1);
            needed = kept.Class;
        }

        // Not under the lock: others compile at the same time.
        cancelled.ThrowIfCancellationRequested();
        return needed.Value;
    }

    // Another file, another number in it, or another option gives other results.
    private string IdentityOf(Dataset data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(data.Features));
        if (data is LabeledDataset labeled)
            hash.AppendData(MemoryMarshal.AsBytes(labeled.Labels));
        else if (data is TargetDataset targets)
            hash.AppendData(MemoryMarshal.AsBytes(targets.Targets));
        string options = string.Create(CultureInfo.InvariantCulture,
            $"{settings.Split} {settings.Epochs} {settings.BatchSize} {settings.Patience} {settings.LearningRate} {settings.Standardizes} "
                + $"{settings.Monitor} {string.Join(',', settings.Metrics)} {Folds}");
        hash.AppendData(Encoding.UTF8.GetBytes(options));
        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }

    private sealed class SilentDisplay : IRunDisplay
    {
        public TrainingHistory Show(int epochs, Func<Action<EpochReport>, IProgress<TrainingProgress>?, TrainingHistory> run) => run(static _ => { }, null);
    }
}
