using System;
using System.IO;
using System.Linq;
using System.Text;

namespace NetGen.Benchmarks;

/// <summary>network.c for one network in one form: the constants that it asks for, then the file.</summary>
internal static class CSource
{
    public static string Write(BenchmarkNet net, CForm form)
    {
        int last = net.Layers.Count - 1;
        string[] layers = [.. net.Layers.Select((l, k) =>
            $"X({k}, {(k == 0 ? "x" : k - 1)}, {l.Inputs}, {l.Outputs}, {l.Activation.ToString().ToUpperInvariant()})")];
        StringBuilder source = new();
        Define("LAYERS(X)", string.Join(' ', layers));
        Define("LAYERS_REVERSED(X)", string.Join(' ', layers.Reverse()));
        for (int k = 0; k <= last; k++)
        {
            Define($"IS_FIRST_{k}", k == 0 ? "1" : "0");
            Define($"IS_LAST_{k}", k == last ? "1" : "0");
        }

        Define("LAST(name)", $"name##_{last}");
        Define("INPUTS", $"{net.InputSize}");
        Define("OUTPUTS", $"{net.OutputSize}");
        Define("WIDEST", $"{net.Layers.Max(l => Math.Max(l.Inputs, l.Outputs))}");
        Define("LAYOUT", form.Layout);
        Define("BATCH", form.Batch);
        Define("SIMD", form.IsVectors ? "1" : "0");

        using Stream stream = typeof(CSource).Assembly.GetManifestResourceStream("network.c")!;
        using StreamReader reader = new(stream);
        return source.Append(reader.ReadToEnd()).ToString();

        void Define(string name, string value) => source.Append($"#define {name} {value}\n");
    }
}
