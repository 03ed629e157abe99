using System;
using System.Linq;
using System.Text;

namespace NetGen.Benchmarks;

/// <summary>The C for one network: the constants that common.c asks for, common.c, then a peer's file.</summary>
internal static class CSource
{
    /// <summary>network.c in one form.</summary>
    public static string Write(BenchmarkNet net, CForm form) =>
        Define("LAYOUT", form.Layout) + Define("BATCH", form.Batch) + Define("SIMD", form.IsVectors ? "1" : "0") + Write(net, "network.c");

    public static string Write(BenchmarkNet net, string file)
    {
        int last = net.Layers.Count - 1;
        string[] layers = [.. net.Layers.Select((l, k) =>
            $"X({k}, {(k == 0 ? "x" : k - 1)}, {l.Inputs}, {l.Outputs}, {l.Activation.ToString().ToUpperInvariant()})")];
        StringBuilder source = new();
        source.Append(Define("LAYERS(X)", string.Join(' ', layers)));
        source.Append(Define("LAYERS_REVERSED(X)", string.Join(' ', layers.Reverse())));
        for (int k = 0; k <= last; k++)
            source.Append(Define($"IS_FIRST_{k}", k == 0 ? "1" : "0")).Append(Define($"IS_LAST_{k}", k == last ? "1" : "0"));
        source.Append(Define("LAST(name)", $"name##_{last}"));
        source.Append(Define("DEPTH", $"{net.Layers.Count}"));
        source.Append(Define("INPUTS", $"{net.InputSize}"));
        source.Append(Define("OUTPUTS", $"{net.OutputSize}"));
        source.Append(Define("WIDEST", $"{net.Layers.Max(l => Math.Max(l.Inputs, l.Outputs))}"));
        return source.Append(Resources.Text("common.c")).Append('\n').Append(Resources.Text(file)).ToString();
    }

    private static string Define(string name, string value) => $"#define {name} {value}\n";
}
