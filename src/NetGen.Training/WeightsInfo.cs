using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetGen.Training.Csv;

namespace NetGen.Training;

/// <summary>
/// What a weight file says beside the weights, in the metadata of the safetensors file: how the data were prepared, and what the outputs mean.
/// </summary>
public sealed record WeightsInfo
{
    private const string Prefix = "netgen.", CsvKey = "csv_options";

    // One for all, so that two that say nothing are equal.
    private static readonly Dictionary<string, string> s_none = [];

    /// <summary>The names of the classes, in the order of the outputs; null where the file has none.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The names of the features, in the order of the inputs; null where the file has none.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>The names of the targets, in the order of the outputs; null where the file has none.</summary>
    public IReadOnlyList<string>? TargetNames { get; init; }

    /// <summary>What the features are to be standardized with before they go in; null where the file has none.</summary>
    public Standardizer? Features { get; init; }

    /// <summary>What takes the outputs back to the targets' units (<see cref="Standardizer.Invert(Span{float})"/>); null where the file has none.</summary>
    public Standardizer? Targets { get; init; }

    /// <summary>
    /// How a CSV file is read as the training data were, with their columns, categories, vocabularies and fill values
    /// (<see cref="Dataset.CsvOptions"/> of the training set); null where the file has none.
    /// </summary>
    public CsvOptions? Csv { get; init; }

    /// <summary>
    /// Texts of one's own under keys of one's own, such as <c>"trained_on"</c>. Keys that begin with <c>netgen.</c> are the library's. All metadata of a file
    /// that others wrote are here too.
    /// </summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = s_none;

    internal Dictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>();
        foreach ((string key, string text) in Texts)
            metadata.Add(key.StartsWith(Prefix, StringComparison.Ordinal)
                ? throw new ArgumentException($"The text '{key}' has a key that begins with '{Prefix}', as those of the library do; name it otherwise.")
                : key, text);
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
        AddNames("target_names", TargetNames);
        AddNumbers("feature_means", Features?.Means);
        AddNumbers("feature_scales", Features?.Scales);
        AddNumbers("target_means", Targets?.Means);
        AddNumbers("target_scales", Targets?.Scales);
        if (Csv is not null)
            metadata[Prefix + CsvKey] = JsonSerializer.Serialize(SavedCsvOptions.Of(Csv), WeightsJson.Default.SavedCsvOptions);
        return metadata;
    }

    // Every file of PyTorch's, and of this library, says "format": "pt".
    private static bool IsText(string key) => !key.StartsWith(Prefix, StringComparison.Ordinal) && key != "format";

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

        CsvOptions? Options()
        {
            try
            {
                return Value(CsvKey, WeightsJson.Default.SavedCsvOptions)?.ToOptions();
            }
            catch (ArgumentException e)
            {
                throw new WeightsException($"{file}: the metadata '{Prefix}{CsvKey}' name an encoding that there is not ({e.Message}); save the file again.", e);
            }
        }

        return new WeightsInfo
        {
            ClassNames = Value("class_names", WeightsJson.Default.StringArray),
            FeatureNames = Value("feature_names", WeightsJson.Default.StringArray),
            TargetNames = Value("target_names", WeightsJson.Default.StringArray),
            Features = Scaler("feature"),
            Targets = Scaler("target"),
            Csv = Options(),
            Texts = metadata.Keys.Any(IsText) ? metadata.Where(static text => IsText(text.Key)).ToDictionary(static text => text.Key, static text => text.Value) : s_none,
        };
    }
}

/// <summary>How the metadata's texts are written.</summary>
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(SavedCsvOptions))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
internal sealed partial class WeightsJson : JsonSerializerContext;
