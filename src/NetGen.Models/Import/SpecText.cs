using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NetGen.Compiler;
using NetGen.Compiler.Diagnostics;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>Writes a spec as a person would.</summary>
internal static class SpecText
{
    private const int Width = 118;

    /// <exception cref="ImportException">The loss that was asked for does not fit.</exception>
    public static ImportedModel Write(SpecGraph graph, ModelGraph model, ImportOptions options, IReadOnlyList<string> notes)
    {
        SpecNames.Assign(graph);
        string text = Text(graph, model, options, notes);
        Diagnostic[] errors = [.. NetworkCompiler.Check(text).Diagnostics.Where(static d => d.IsError)];
        if (errors.Length > 0)
        {
            throw new ImportException(
                options.Loss is null ? "it would become a spec that is not right" : $"the loss '{options.Loss}' does not fit it",
                [.. errors.Select(e => $"{e.Rule.Id}: {e.Message} (line {e.Span.StartLine + 1}: {text.Split('\n').ElementAtOrDefault(e.Span.StartLine)?.Trim()})")]);
        }

        return new ImportedModel(
            text, [.. graph.Layers.SelectMany(static l => l.Parameters.Select(p => p with { Name = $"{l.Name}.{p.Name}" }))], notes);
    }

    private static string Text(SpecGraph graph, ModelGraph model, ImportOptions options, IReadOnlyList<string> notes)
    {
        var text = new StringBuilder();
        string from = model.Producer.Length > 0 ? $", which {model.Producer} wrote" : "";
        Comment(text, $"Imported from {Printable(options.FileName)}{Printable(from)}.", "");
        foreach (string remark in model.Remarks)
            Comment(text, Printable(remark), "");
        foreach (string note in notes)
            Comment(text, $"- {Printable(char.ToUpperInvariant(note[0]) + note[1..])}.", "  ");
        bool several = graph.Inputs.Count > 1;
        if (several)
        {
            text.Append("inputs:\n");
            foreach (SpecLayer input in graph.Inputs)
                text.Append(CultureInfo.InvariantCulture, $"  {input.Name}: {InputShape(input)}\n");
        }
        else
            text.Append(CultureInfo.InvariantCulture, $"input: {InputShape(graph.Inputs[0])}\n");
        text.Append("layers:\n");
        SpecLayer? before = several ? null : graph.Inputs[0];
        foreach (SpecLayer layer in graph.Layers)
        {
            text.Append("  - ").Append(Layer(layer, before, several));
            if (layer.Comment is not null)
                text.Append("   # ").Append(Printable(layer.Comment));
            text.Append('\n');
            before = layer;
        }

        bool named = graph.Outputs.Count > 1 || graph.Outputs[0].Read.Part is not null || graph.Outputs[0].Read.Layer != graph.Layers.LastOrDefault();
        if (named)
            text.Append(CultureInfo.InvariantCulture, $"outputs: [{string.Join(", ", graph.Outputs.Select(o => Name(o.Read, several)))}]\n");
        if (options.Loss is { } loss)
            text.Append(CultureInfo.InvariantCulture, $"loss: {Loss(loss)}\noptimizer: {{ adam: {{ learning_rate: 0.001 }} }}\n");
        if (options.Weights is not null)
            text.Append(CultureInfo.InvariantCulture, $"weights: {Scalar(options.Weights)}\n");
        return text.ToString();
    }

    /// <summary>One loss, or one for each output: <c>policy=cross_entropy,value=huber</c>.</summary>
    private static string Loss(string loss) => !loss.Contains('=', StringComparison.Ordinal) ? loss
        : $"{{ {string.Join(", ", loss.Split(',').Select(static part => part.Split('=', 2)).Select(static p => $"{p[0].Trim()}: {p[^1].Trim()}"))} }}";

    private static string InputShape(SpecLayer input)
    {
        string shape = input.Shape.Length == 1 ? Number(input.Shape[0]) : Sizes.Text(input.Shape);
        return input.Shape.Length == 2 && input.Layout.Order is { } order ? $"{{ shape: {shape}, layout: {(order == AxisOrder.Sequence ? "sequence" : "channels")} }}" : shape;
    }

    private static string Layer(SpecLayer layer, SpecLayer? before, bool several)
    {
        var entries = new List<(string Key, string Value)>();
        // A recurrent layer's further values are the states that it begins from.
        bool isRecurrent = layer.Kind is "lstm" or "gru" or "simple_rnn";
        IReadOnlyList<Read> reads = isRecurrent ? layer.Reads[..1] : layer.Reads;
        foreach ((string key, object value) in layer.Options)
            entries.Add((key, Written(value)));
        if (isRecurrent && layer.Reads.Count > 1)
            entries.Add(("initial_state", $"[{string.Join(", ", layer.Reads.Skip(1).Select(r => Name(r, several)))}]"));
        if (reads.Count > 1)
            entries.Insert(0, ("from", $"[{string.Join(", ", reads.Select(r => Name(r, several)))}]"));
        else if (reads[0].Layer != before || reads[0].Part is not null)
            entries.Add(("from", Name(reads[0], several)));
        if (layer.IsNamed)
            entries.Add(("name", layer.Name!));
        return entries switch
        {
            [] => layer.Kind,
            [var (key, value)] when IsMain(layer.Kind, key) => $"{layer.Kind}: {value}",
            _ => $"{layer.Kind}: {{ {string.Join(", ", entries.Select(static e => $"{e.Key}: {e.Value}"))} }}",
        };
    }

    /// <summary>The option that a layer's value alone stands for.</summary>
    private static bool IsMain(string kind, string key) => (kind, key) switch
    {
        ("dense" or "lstm" or "gru" or "simple_rnn", "units") or ("reshape", "shape") or ("permute", "axes") or ("power", "exponent") or ("rescaling", "scale")
            or ("repeat_vector", "n") or ("pixel_shuffle" or "pixel_unshuffle", "factor") or ("leaky_relu", "negative_slope") or ("elu", "alpha") => true,
        (_, "pool_size") or (_, "padding") or (_, "axes") => true,
        ("add" or "multiply" or "subtract" or "divide" or "maximum" or "minimum" or "average" or "concat", "from") => true,
        ("upsample1d" or "upsample2d", "size") => true,
        _ => false,
    };

    private static string Name(Read read, bool several) => (read.Layer.IsInput ? several ? read.Layer.Name! : "input" : read.Layer.Name!) + (read.Part is { } part ? $".{part}" : "");

    private static string Written(object value) => value switch
    {
        bool b => b ? "true" : "false",
        int i => Number(i),
        double d => Float(d),
        string s => s,
        int[] list => Sizes.Text(list),
        List<KeyValuePair<string, object>> map => map.Count == 0 ? "{}" : $"{{ {string.Join(", ", map.Select(static m => $"{m.Key}: {Written(m.Value)}"))} }}",
        _ => throw new InvalidOperationException($"an option is a {value.GetType().Name}"),
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The fewest digits that give the same float.</summary>
    private static string Float(double value) => ((float)value).ToString(CultureInfo.InvariantCulture).Replace('E', 'e');

    /// <summary>A text as YAML has it.</summary>
    public static string Scalar(string text) => text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/') && char.IsAsciiLetter(text[0]) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Printable(string text) => string.Concat(text.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));

    /// <summary>Lines of a comment, broken between words.</summary>
    private static void Comment(StringBuilder text, string sentence, string indent)
    {
        string line = "#";
        foreach (string word in sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + 1 + word.Length > Width && line.Length > 1)
            {
                text.Append(line).Append('\n');
                line = "# " + indent;
            }

            line += (line.EndsWith(' ') ? "" : " ") + word;
        }

        text.Append(line).Append('\n');
    }
}
