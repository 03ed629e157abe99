using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training.Loop;

/// <summary>Checks, before anything is trained, that data, options and network fit together.</summary>
internal static class TrainingChecks
{
    private const int MostWorkers = 1024;

    /// <summary>Checks a data set's features against the network's input.</summary>
    public static void CheckInputs<TNetwork>(Dataset data, string parameter) where TNetwork : class, INetwork<TNetwork>
    {
        if (data.FeatureCount != TNetwork.InputSize)
            throw new ArgumentException($"The data set has {data.FeatureCount} features for each sample, but {Name<TNetwork>()} takes {TNetwork.InputSize} (InputSize); leave columns out by CsvOptions.Ignore, or state input: {data.FeatureCount} in the spec.", parameter);
    }

    /// <summary>Checks that all numbers are finite, and that no two numbers of the file that differ are one float.</summary>
    private static void CheckNumbers(Dataset data, string parameter)
    {
        CheckFinite(data.Features, "Feature", data.FeatureNames, parameter);
        CheckMerged(data.ExactFeatures, "Features", parameter);
        if (data is not TargetDataset targets)
            return;

        CheckFinite(targets.Targets, "Target", targets.TargetNames, parameter);
        CheckMerged(targets.ExactTargets, "Targets", parameter);
    }

    /// <summary>Checks that no two numbers of the file that differ are one float.</summary>
    public static void CheckMerged(ExactValues? exact, string what, string parameter)
    {
        if (exact?.Merged is { } merged)
            throw new ArgumentException($"In the file of the data, {merged}, so the network could not tell them apart; standardize the data (Standardizer.Fit{what} and ApplyTo{what} compute in double), or leave the column out.", parameter);
    }

    /// <summary>Checks features and labels.</summary>
    public static void Check<TNetwork>(LabeledDataset data, string parameter) where TNetwork : class, IClassifierNetwork<TNetwork>
    {
        CheckInputs<TNetwork>(data, parameter);
        if (data.LabelSize != TNetwork.LabelSize)
            throw new ArgumentException($"The data set has {data.LabelSize} labels for each sample, but {Name<TNetwork>()} takes {TNetwork.LabelSize} (LabelSize); give one for each step of the output.", parameter);

        int classes = TNetwork.IsBinary ? 2 : TNetwork.TargetSize / TNetwork.LabelSize;
        if (TNetwork.IsBinary && data.ClassCount > 2)
            throw new ArgumentException($"The data set has {data.ClassCount} classes, but {Name<TNetwork>()} has a binary loss, whose labels are 0 and 1; give the last layer of the spec {data.ClassCount} units, and take cross_entropy.", parameter);
        if (data.IgnoredLabel is { } ignored && TNetwork.IgnoredLabel != ignored && data.Labels.Contains(ignored))
            throw new ArgumentException($"The data set has labels {ignored} that do not count, but {Name<TNetwork>()} {(TNetwork.IgnoredLabel is { } other ? $"leaves out {other}" : "counts every label")}; state ignore_label: {ignored} in the spec's loss.", parameter);
        if (data.ClassCount > classes)
            throw new ArgumentException($"The data set has {data.ClassCount} classes, but {Name<TNetwork>()} has outputs for {classes}; give the last layer of the spec {data.ClassCount} units, or check the labels.", parameter);
        CheckNumbers(data, parameter);
    }

    /// <summary>Checks features and targets.</summary>
    public static void Check<TNetwork>(TargetDataset data, string parameter) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        CheckInputs<TNetwork>(data, parameter);
        if (data.TargetSize == TNetwork.TargetSize)
        {
            CheckNumbers(data, parameter);
            return;
        }

        string remedy = data.TargetSize == 1
            ? "load class numbers by label: in the place of target:, or name every target column"
            : $"name {TNetwork.TargetSize} target columns, or give the last layer of the spec {data.TargetSize} units";
        throw new ArgumentException($"The data set has {data.TargetSize} target values for each sample, but {Name<TNetwork>()} takes {TNetwork.TargetSize} (TargetSize); {remedy}.", parameter);
    }

    /// <summary>Checks that the network's weights are numbers: what is trained on NaN is NaN.</summary>
    public static void CheckWeights<TNetwork>(TNetwork network) where TNetwork : class, INetwork<TNetwork>
    {
        ReadOnlySpan<float> parameters = network.Parameters;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (float.IsFinite(parameters[i]))
                continue;

            string name = TNetwork.ParameterTable.LastOrDefault(parameter => parameter.Offset <= i)?.Name ?? "Parameters";
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A weight of {Name<TNetwork>()} is {parameters[i]} before the first step, in '{name}'; load other weights, or begin with a new network."), nameof(network));
        }
    }

    /// <summary>Checks that there is something to tell apart.</summary>
    public static void CheckSeveralClasses(LabeledDataset train)
    {
        int[] seen = [.. train.ClassCounts.Select(static (count, label) => (count, label)).Where(static c => c.count > 0).Select(static c => c.label)];
        int labels = train.ClassCounts.Sum();
        if (seen.Length == 0)
            throw new ArgumentException($"Every label of the data set is {train.IgnoredLabel}, which does not count; give labels that do.", nameof(train));
        if (seen.Length == 1 && labels > 1)
            throw new ArgumentException($"All {labels} labels of the data set are of the class {Excerpt.Quote(train.ClassNames[seen[0]])}, so the network would learn to say nothing else; give samples of every class, or check how the data were split: a file that is sorted by class is not to be split in order.", nameof(train));
    }

    /// <summary>Checks that class numbers mean the same in both sets.</summary>
    public static void CheckClasses(LabeledDataset train, LabeledDataset validation)
    {
        for (int i = 0; i < Math.Min(train.ClassCount, validation.ClassCount); i++)
            if (train.ClassNames[i] != validation.ClassNames[i])
                throw new ArgumentException($"Class {i} is '{train.ClassNames[i]}' in the training data, but '{validation.ClassNames[i]}' in the validation data; make the validation data with classNames: train.ClassNames.", nameof(validation));
    }

    /// <summary>Checks the options by themselves.</summary>
    public static void Check(TrainingOptions options, bool hasValidation)
    {
        CheckSizes(options);
        if (options.LearningRate is { } rate && !(float.IsFinite(rate) && rate > 0))
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"LearningRate is {rate}; give a finite number over 0, or null for the spec's."));
        if (options.LearningRate is not null && options.LearningRateSchedule is not null)
            throw Invalid("Both LearningRate and LearningRateSchedule are given; leave one of them out.");
        if (options.Patience is { } patience && patience < 1)
            throw Invalid($"Patience is {patience}; wait for at least 1 epoch, or give null to train for all.");
        if (options.Patience is not null && !hasValidation)
            throw Invalid($"Patience is {options.Patience}, but there is no validation data whose loss could improve; give validation data, or null to train for all epochs.");
        if (!(double.IsFinite(options.MinDelta) && options.MinDelta >= 0))
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"MinDelta is {options.MinDelta}; give a finite number that is not negative."));
        if (options.AverageDecay is { } decay && !(decay is >= 0 and < 1))
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"AverageDecay is {decay}; give a number from 0 to below 1, such as 0.999, or null for no average."));
        if (options.Monitor is { } monitor && !hasValidation)
            throw Invalid($"Monitor is {monitor.Name}, but there is no validation data that it could be measured on; give validation data, or null.");
        if (options.ReduceOnPlateau is { } plateau)
            CheckPlateau(plateau, hasValidation);
        CheckCheckpoint(options.Checkpoint);
    }

    /// <summary>Checks the names of what is frozen.</summary>
    public static void CheckFrozen<TNetwork>(TrainingOptions options) where TNetwork : class, INetwork<TNetwork>
    {
        foreach (string name in options.Frozen)
        {
            if (TNetwork.ParameterTable.Any(parameter => FrozenParameters.Covers(name, parameter.Name)))
                continue;

            string[] names = [.. TNetwork.ParameterTable.Select(static p => p.Name[..p.Name.LastIndexOf('.')]).Distinct(), .. TNetwork.ParameterTable.Select(static p => p.Name)];
            throw Invalid($"Frozen names {Excerpt.Quote(name)}, but {Name<TNetwork>()} has no such layer or parameter; {(Nearest.Find(name, names) is { } nearest ? $"did you mean '{nearest}'?" : $"those are {Excerpt.Names(names)}.")}");
        }
    }

    /// <summary>Checks that a loss that is a sum can be put together from parts: its l2 would be counted in each.</summary>
    public static void CheckSum<TNetwork>(TrainingOptions options, bool isWeighted) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        if (!TNetwork.SumsLoss)
            return;
        if (isWeighted)
            throw Invalid($"The samples have weights, which are those of a mean, but the loss of {Name<TNetwork>()} is a sum; leave reduction: sum out of the spec.");
        if (TNetwork.HasPenalty && (options.ShardCount > 1 || options.AccumulateBatches > 1 || options.Processes is { Count: > 1 }))
            throw Invalid($"The loss of {Name<TNetwork>()} is a sum, and has an l2 penalty that each part of a step would count; leave reduction: sum out of the spec, or train with one shard.");
    }

    private static void CheckSizes(TrainingOptions options)
    {
        if (options.Epochs < 1)
            throw Invalid($"Epochs is {options.Epochs}; train for at least 1.");
        if (options.Steps is { } steps && steps < 1)
            throw Invalid($"Steps is {steps}; train for at least 1, or give null to train epochs.");
        if (options.BatchSize < 1)
            throw Invalid($"BatchSize is {options.BatchSize}; a step takes at least 1 sample.");
        if (options.AccumulateBatches < 1)
            throw Invalid($"AccumulateBatches is {options.AccumulateBatches}; a step takes at least 1 mini-batch.");
        if (options.Workers is < 1 or > MostWorkers)
            throw Invalid($"Workers is {options.Workers}; give from 1 to {MostWorkers} threads, such as Environment.ProcessorCount.");
        if (options.Shards is { } shards && shards is < 1 or > MostWorkers)
            throw Invalid($"Shards is {options.Shards}; cut a mini-batch into 1 to {MostWorkers} parts, or give null for as many as Workers.");
        if (options.ShardCount > options.BatchSize)
            throw Invalid($"A mini-batch of {options.BatchSize} samples (BatchSize) cannot be cut into {options.ShardCount} shards; set fewer {(options.Shards is null ? "Workers" : "Shards")}, or a larger BatchSize.");
        if ((long)options.BatchSize * options.AccumulateBatches * (options.Processes?.Count ?? 1) > int.MaxValue)
            throw Invalid($"BatchSize times AccumulateBatches{(options.Processes is null ? "" : " times processes")} is over {int.MaxValue}; a step takes at most so many samples.");
    }

    private static void CheckPlateau(ReduceOnPlateau plateau, bool hasValidation)
    {
        if (!hasValidation)
            throw Invalid("ReduceOnPlateau is given, but there is no validation data whose loss could improve; give validation data, or a LearningRateSchedule.");
        if (!(plateau.Factor is > 0 and < 1))
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"ReduceOnPlateau.Factor is {plateau.Factor}; it lowers the learning rate where it is between 0 and 1."));
        if (plateau.Patience < 1 || plateau.Cooldown < 0)
            throw Invalid($"ReduceOnPlateau has Patience {plateau.Patience} and Cooldown {plateau.Cooldown}; wait for at least 1 epoch, and cool down for 0 or more.");
        if (!(double.IsFinite(plateau.MinDelta) && plateau.MinDelta >= 0 && float.IsFinite(plateau.MinLearningRate) && plateau.MinLearningRate >= 0))
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"ReduceOnPlateau has MinDelta {plateau.MinDelta} and MinLearningRate {plateau.MinLearningRate}; give finite numbers that are not negative."));
    }

    private static void CheckCheckpoint(CheckpointOptions? checkpoint)
    {
        if (checkpoint is null)
            return;
        if (string.IsNullOrEmpty(checkpoint.Path))
            throw Invalid("Checkpoint has no path; name the file, as in new CheckpointOptions(\"digits.checkpoint.safetensors\").");
        if (checkpoint.EveryEpochs < 0 || checkpoint.EverySteps < 1 || checkpoint.Every <= TimeSpan.Zero)
            throw Invalid($"Checkpoint has EveryEpochs {checkpoint.EveryEpochs}, EverySteps {Stated(checkpoint.EverySteps)} and Every {Stated(checkpoint.Every)}; give epochs that are not negative, steps and a time over 0, or null.");
    }

    private static string Stated<T>(T? value) where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture) ?? "null";

    private static void CheckFinite(ReadOnlySpan<float> values, string what, IReadOnlyList<string> names, string parameter)
    {
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{what} '{names[i % names.Count]}' (column {i % names.Count} of {names.Count}, from 0) of sample {i / names.Count} is {values[i]}; put a finite number there, or leave the sample out."), parameter);
    }

    private static ArgumentException Invalid(string message) => new(message, "options");

    private static string Name<TNetwork>() => typeof(TNetwork).Name;
}
