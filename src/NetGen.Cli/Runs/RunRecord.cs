using System.Text.Json;
using System.Text.Json.Serialization;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>
/// How a network came to be, as its weight file says, so that a report can be made again. Nothing in it depends on the clock: the same run gives the same
/// file.
/// </summary>
/// <param name="Command">The command line, without what only a part of the run was told.</param>
/// <param name="Version">NetGen's.</param>
/// <param name="Runtime">.NET's and the operating system's.</param>
/// <param name="Processor">The vector instructions and the processors.</param>
/// <param name="NetworkSeed">Of the initial weights.</param>
/// <param name="Ending">Why it ended.</param>
/// <param name="Steps">The steps.</param>
/// <param name="KeptEpoch">The epoch whose weights these are; null for those of the last step.</param>
/// <param name="Split">How the data were divided.</param>
/// <param name="Data">The data.</param>
/// <param name="Test">The test data, where they are files of their own.</param>
internal sealed record RunRecord(
    string Command, string Version, string Runtime, string Processor, int NetworkSeed, string Ending, long Steps, int? KeptEpoch, SplitSettings Split,
    DataRequest Data, DataRequest? Test)
{
    /// <summary>Where a weight file has the column of the labels.</summary>
    public const string LabelKey = "training_label";

    private const string Key = "training_run";

    /// <summary>As a weight file has it.</summary>
    public (string Key, string Text) ToText() => (Key, JsonSerializer.Serialize(this, RunJson.Default.RunRecord));

    /// <summary>What a weight file says; null where it was not trained by this tool, or by another version of it.</summary>
    public static RunRecord? Of(WeightsInfo info)
    {
        try
        {
            return info.Texts.TryGetValue(Key, out string? json) ? JsonSerializer.Deserialize(json, RunJson.Default.RunRecord) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class RunJson : JsonSerializerContext;
