using System.Collections.Generic;
using NetGen.Training;

namespace NetGen.Cli.Infer;

/// <summary>A spec for the data of a CSV file, and how to read and train by it.</summary>
/// <param name="Yaml">The spec, with comments that say why it is as it is.</param>
/// <param name="Options">How the file is read, so that its features are the spec's input.</param>
/// <param name="IsClassification">The answer is a label; otherwise numbers.</param>
/// <param name="Epochs">The most epochs that are worth their time.</param>
/// <param name="BatchSize">Samples of a step.</param>
/// <param name="Patience">Epochs without an improvement after which training ends.</param>
/// <param name="Reasons">What was decided and why, a sentence each, without a full stop.</param>
internal sealed record Proposal(string Yaml, CsvOptions Options, bool IsClassification, int Epochs, int BatchSize, int Patience, IReadOnlyList<string> Reasons)
{
    /// <summary>The columns of the label or the targets.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>The classes in the order of the outputs, where the file does not say it by itself, as labels that count from 1 do not; else null.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }
}
