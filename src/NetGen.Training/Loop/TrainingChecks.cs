using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Training.Loop;

/// <summary>Checks, before anything is trained, that data, options and network fit together.</summary>
internal static class TrainingChecks
{
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

        int classes = TNetwork.OutputSize / TNetwork.LabelSize;
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
        if (options.Epochs < 1)
            throw Invalid($"Epochs is {options.Epochs}; train for at least 1.");
        if (options.BatchSize < 1)
            throw Invalid($"BatchSize is {options.BatchSize}; a step takes at least 1 sample.");
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
    }

    private static void CheckFinite(ReadOnlySpan<float> values, string what, IReadOnlyList<string> names, string parameter)
    {
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{what} '{names[i % names.Count]}' (column {i % names.Count} of {names.Count}, from 0) of sample {i / names.Count} is {values[i]}; put a finite number there, or leave the sample out."), parameter);
    }

    private static ArgumentException Invalid(string message) => new(message, "options");

    private static string Name<TNetwork>() => typeof(TNetwork).Name;
}
