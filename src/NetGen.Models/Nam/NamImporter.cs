using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using NetGen.Compiler.Text;

namespace NetGen.Models.Nam;

/// <summary>
/// Reads the files of Neural Amp Modeler (.nam): JSON with an architecture, its configuration, and all weights in one list. WaveNet of the first
/// generation and LSTM become a spec that works on a whole signal and, by Step, on one sample after another.
/// </summary>
internal static class NamImporter
{
    /// <summary>Samples of a signal that is taken whole, unless stated otherwise: 50 milliseconds.</summary>
    public const int DefaultSteps = 2400;

    private const int MostSteps = 1 << 20;
    private const int Deepest = 32;
    private const int LongestText = 1 << 26;

    /// <summary>Makes a spec and its weights.</summary>
    /// <param name="text">The file.</param>
    /// <param name="steps">How many samples the spec's Forward takes.</param>
    /// <exception cref="ImportException">It is no such file, or a network of another kind.</exception>
    public static ImportedModel Import(string text, int steps = DefaultSteps)
    {
        if (steps is < 1 or > MostSteps)
            throw new ImportException($"a signal of {steps} samples is asked for; give 1 to {MostSteps}.");
        if (text.Length > LongestText)
            throw new ImportException($"the file has {CSharpLiteral.Grouped(text.Length)} letters, above {CSharpLiteral.Grouped(LongestText)}; that is no "
                + "model of Neural Amp Modeler.");
        using JsonDocument document = Parse(text);
        var root = NamObject.Of(document.RootElement, "the file");
        string architecture = root.Text("architecture");
        var weights = new NamWeights(root.Numbers("weights"));
        NamObject config = root.Object("config");
        var spec = new NamSpec(architecture, NamDescription.Of(root, architecture), steps);
        switch (architecture)
        {
            case "WaveNet":
                WaveNetImport.Add(spec, config, weights);
                break;
            case "LSTM":
                LstmImport.Add(spec, config, weights);
                break;
            default:
                throw new ImportException($"its architecture is {Excerpt.Quote(architecture)}; WaveNet and LSTM can be imported.");
        }

        weights.CheckEnd();
        return new ImportedModel(spec.ToString(), spec.Weights, spec.Notes)
        {
            Inputs = [new ModelPart("input", [1, steps], null)],
            Outputs = [new ModelPart("output", [1, steps], null)],
        };
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { MaxDepth = Deepest });
        }
        catch (JsonException e)
        {
            throw new ImportException(FormattableString.Invariant(
                $"it is no JSON, from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on; it is cut off, damaged, or no model of Neural Amp Modeler."));
        }
    }
}
