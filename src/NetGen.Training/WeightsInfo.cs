using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetGen.Training;

/// <summary>
/// What a weight file says beside the weights, in the metadata of the safetensors file: how the data were prepared, and what the outputs mean.
/// </summary>
public sealed record WeightsInfo
{
    private const string Prefix = "netgen.";

    /// <summary>The names of the classes, in the order of the outputs; null where the file has none.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The names of the features, in the order of the inputs; null where the file has none.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>What the features are to be standardized with before they go in; null where the file has none.</summary>
    public Standardizer? Features { get; init; }

    /// <summary>What takes the outputs back to the targets' units (<see cref="Standardizer.Invert(Span{float})"/>); null where the file has none.</summary>
    public Standardizer? Targets { get; init; }

    internal Dictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>();
        void AddNames(string key, IReadOnlyList<string>? names)
        {
            if (names is not null)
                metadata[Prefix + key] = JsonSerializer.Serialize([.. names], WeightsJson.Default.StringArray);
        }

        void AddNumbers(string key, IReadOnlyList<double>? numbers)
        {
            if (numbers is not null)
                metadata[Prefix + key] = JsonSerializer.Serialize([.. numbers], WeightsJson.Default.DoubleArray);
        }

        AddNames("class_names", ClassNames);
        AddNames("feature_names", FeatureNames);
        AddNumbers("feature_means", Features?.Means);
        AddNumbers("feature_scales", Features?.Scales);
        AddNumbers("target_means", Targets?.Means);
        AddNumbers("target_scales", Targets?.Scales);
        return metadata;
    }

    internal static WeightsInfo Read(IReadOnlyDictionary<string, string> metadata, string file)
    {
        T? Value<T>(string key, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
        {
            try
            {
                return metadata.TryGetValue(Prefix + key, out string? json) ? JsonSerializer.Deserialize(json, type) : null;
            }
            catch (JsonException e)
            {
                throw new WeightsException($"{file}: the metadata '{Prefix}{key}' are damaged; save the file again.", e);
            }
        }

        Standardizer? Scaler(string key)
        {
            double[]? means = Value($"{key}_means", WeightsJson.Default.DoubleArray), scales = Value($"{key}_scales", WeightsJson.Default.DoubleArray);
            if (means is null && scales is null)
                return null;
            try
            {
                return new Standardizer(means ?? [], scales ?? []);
            }
            catch (ArgumentException e)
            {
                throw new WeightsException($"{file}: the metadata '{Prefix}{key}_means' and '{Prefix}{key}_scales' do not make a standardizer; save the file again.", e);
            }
        }

        return new WeightsInfo
        {
            ClassNames = Value("class_names", WeightsJson.Default.StringArray),
            FeatureNames = Value("feature_names", WeightsJson.Default.StringArray),
            Features = Scaler("feature"),
            Targets = Scaler("target"),
        };
    }
}

/// <summary>How the metadata's texts are written.</summary>
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(double[]))]
internal sealed partial class WeightsJson : JsonSerializerContext;
