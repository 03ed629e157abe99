using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace NetGen.Models.Import;

/// <summary>The names of layers: those of the model where a person gave them, else what the compiler calls them by itself.</summary>
internal static partial class SpecNames
{
    private const int MaxLength = 60;

    /// <summary>Gives every layer its name.</summary>
    public static void Assign(SpecGraph graph)
    {
        var taken = new HashSet<string>(graph.Inputs.Select(static i => i.Name!), StringComparer.OrdinalIgnoreCase) { "input" };
        var ordinals = new Dictionary<string, int>();
        var defaults = new Dictionary<SpecLayer, string>();
        foreach (SpecLayer layer in graph.Layers)
        {
            ordinals[layer.Kind] = ordinals.GetValueOrDefault(layer.Kind) + 1;
            defaults[layer] = $"{layer.Kind}_{ordinals[layer.Kind]}";
        }

        bool several = graph.Outputs.Count > 1;
        var proposals = new Dictionary<SpecLayer, string>();
        foreach (SpecLayer layer in graph.Layers)
        {
            string? output = several ? graph.Outputs.FirstOrDefault(o => o.Read.Layer == layer && o.Read.Part is null).Name : null;
            string? proposal = output is not null ? Identifier(output, layer.Kind) : layer.Parameters.Count > 0 ? layer.Origins.Select(Proposal).FirstOrDefault(static p => p is not null) : null;
            if (proposal is not null && !proposal.Equals(defaults[layer], StringComparison.OrdinalIgnoreCase))
                proposals.Add(layer, proposal);
            else
                taken.Add(layer.Name = defaults[layer]);
        }

        // The name that a layer has by itself is free where another one is written of it.
        foreach ((SpecLayer layer, string proposal) in proposals)
        {
            string name = proposal;
            for (int n = 2; !taken.Add(name); n++)
                name = $"{proposal}_{n}";
            layer.Name = name;
            layer.IsNamed = true;
        }
    }

    /// <summary>A name as a spec can have it.</summary>
    /// <param name="otherwise">Where nothing of it can be.</param>
    public static string Identifier(string name, string otherwise)
    {
        string text = NotLetter().Replace(name, "_").Trim('_');
        text = Repeated().Replace(text, "_");
        if (text.Length > MaxLength)
            text = text[^MaxLength..].TrimStart('_');
        if (text.Length == 0)
            return otherwise;
        if (char.IsDigit(text[0]))
            text = $"{otherwise}_{text}";
        return text.Equals("input", StringComparison.OrdinalIgnoreCase) ? "input_1" : text;
    }

    /// <summary>What a person called the layer; null where a program numbered it.</summary>
    private static string? Proposal(string origin)
    {
        string[] parts = [.. origin.Split('/', '.').Select(static p => Index().Replace(p, "")).Where(static p => p.Length > 0)];
        int count = parts.Length;
        // What stands at the end is the operation, or the parameter.
        while (count > 0 && (s_trailing.Contains(parts[count - 1]) || Numbered().IsMatch(parts[count - 1])))
            count--;
        if (count == 0)
            return null;
        string last = parts[count - 1];
        if (last.All(char.IsDigit))
            last = count > 1 ? $"{parts[count - 2]}_{last}" : "";
        else if (Suffix().Match(last) is { Success: true } suffix)
            last = last[..suffix.Index];
        string name = Identifier(last, "layer");
        return last.Length == 0 || name.StartsWith("onnx_", StringComparison.Ordinal) || name.Length < 2 && count < 2 || Numbered().IsMatch(last) ? null : name;
    }

    private static readonly HashSet<string> s_trailing = new(StringComparer.Ordinal)
    {
        "weight", "bias", "kernel", "gamma", "beta", "running_mean", "running_var", "moving_mean", "moving_variance", "ReadVariableOp", "resource", "BiasAdd", "MatMul", "Conv2D", "Conv1D", "Tensordot",
        "Conv", "Gemm", "Add", "depthwise", "LSTM", "GRU", "RNN", "weight_quantized", "BatchNormalization", "LayerNormalization", "FusedBatchNormV3", "value", "table", "Reshape_1", "w", "r", "b",
        "depthwise_kernel", "pointwise_kernel", "recurrent_kernel", "Sub", "Div", "Mul", "Pow", "Sqrt", "Clip", "Square", "mul", "batchnorm", "add",
    };

    [GeneratedRegex("[^A-Za-z0-9_]+")]
    private static partial Regex NotLetter();

    [GeneratedRegex("__+")]
    private static partial Regex Repeated();

    [GeneratedRegex(":[0-9]+$")]
    private static partial Regex Index();

    /// <summary>An operator and a number: <c>Gemm_13</c>, <c>MatMul_1_add</c>, <c>Parameter193</c>, or a number alone behind another word.</summary>
    [GeneratedRegex("^(onnx::)?(Conv|ConvTranspose|Gemm|MatMul|Add|Mul|Relu|LSTM|GRU|RNN|BatchNormalization|LayerNormalization|InstanceNormalization|PRelu|PReLU|Gather|Const|Constant|Parameter|Plus|Times|ReadVariableOp|Initializer|const_fold_opt)_*[0-9]*(_add)?$")]
    private static partial Regex Numbered();

    [GeneratedRegex("_(W|R|B|weights?|kernel|bias)$")]
    private static partial Regex Suffix();
}
