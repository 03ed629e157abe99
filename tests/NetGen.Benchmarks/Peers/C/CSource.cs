using System;
using System.Linq;
using System.Text;

namespace NetGen.Benchmarks;

/// <summary>The C for one network: the constants that its files ask for, common.c, then a peer's files.</summary>
internal static class CSource
{
    /// <summary>The most samples of a step.</summary>
    private const int LargestStep = 32;

    /// <summary>A network in one form.</summary>
    public static string Write(BenchmarkNet net, CForm form) =>
        string.Concat(form.Definitions.Select(d => Define(d.Name, d.Value))) + Write(net, [.. form.Files]);

    public static string Write(BenchmarkNet net, params ReadOnlySpan<string> files)
    {
        if (net.Kind == NetKind.Recurrent)
            return Constants(net) + Join(files);
        int last = net.Layers.Count - 1;
        string[] layers = [.. net.Layers.Select((l, k) => net.Kind == NetKind.Convolutional ? Row(l, k) : Row((DenseLayer)l, k))];
        StringBuilder source = new();
        source.Append(Define("LAYERS(X)", string.Join(' ', layers)));
        source.Append(Define("LAYERS_REVERSED(X)", string.Join(' ', layers.Reverse())));
        for (int k = 0; k <= last; k++)
            source.Append(Define($"IS_FIRST_{k}", k == 0 ? "1" : "0")).Append(Define($"IS_LAST_{k}", k == last ? "1" : "0"));
        source.Append(Define("LAST(name)", $"name##_{last}"));
        source.Append(Define("DEPTH", $"{net.Layers.Count}"));
        source.Append(Define("INPUTS", $"{net.InputSize}"));
        source.Append(Define("OUTPUTS", $"{net.OutputSize}"));
        source.Append(Define("BATCHES(X)", string.Join(' ', net.Batches.Select(b => $"X({b})"))));
        source.Append(Define("MOST", $"{Math.Max(LargestStep, net.Batches.Max())}"));
        source.Append(Define("WIDEST", $"{net.Layers.Max(l => Math.Max(l.Input.Length, l.Output.Length))}"));
        return source.Append(Join(files)).ToString();
    }

    /// <summary>What recurrent.c wants.</summary>
    private static string Constants(BenchmarkNet net)
    {
        if (net.Layers is not [Recurrent r, DenseLayer { Units: 1 }])
            throw new NotSupportedException("recurrent_network.c has one recurrent layer, and one output");
        return string.Concat(
            Define("CELL", Word(r.Cell)), Define("STEPS", $"{r.Steps}"), Define("FEATURES", $"{r.Features}"), Define("UNITS", $"{r.Units}"),
            Define("INPUTS", $"{net.InputSize}"), Define("OUTPUTS", "1"), Define("WIDEST", $"{r.Input.Length}"));
    }

    private static string Join(ReadOnlySpan<string> files)
    {
        StringBuilder text = new();
        foreach (string file in (ReadOnlySpan<string>)["common.c", .. files])
            text.Append(Resources.Text(file)).Append('\n');
        return text.ToString();
    }

    /// <summary>A row as common.c wants it.</summary>
    private static string Row(DenseLayer l, int k) => $"X({k}, {Before(k)}, {l.Input.Length}, {l.Output.Length}, {Word(l.Activation)})";

    /// <summary>A row as geometry.c wants it.</summary>
    private static string Row(NetLayer l, int k)
    {
        if (k > 0 && l is (Convolution { IsPadded: true } or Convolution { Groups: > 1 }))
            throw new NotSupportedException("geometry.c has padding and groups in a first layer alone");
        (string kind, Window down, Window across, Extent frame, int groups) = l switch
        {
            Convolution c => ("CONVOLUTION", c.Down, c.Across, c.Frame, c.Groups),
            MaxPool p => ("MAX_POOL", new(p.Size, p.Size, 1, 0, 0), new(p.Size, p.Size, 1, 0, 0), p.Input, 1),
            _ => ("DENSE", Window.None, Window.None, l.Input, 1),
        };
        int columns = l is Convolution ? l.Input.Channels * down.Kernel * across.Kernel * l.Output.Height * l.Output.Width : 1;
        return $"X({k}, {Before(k)}, {kind}, {Word(l.Activation)}, {l.Input.Length}, {l.Output.Length}, {frame.Length}, {l.Weights}, {l.Biases}, {columns}, "
            + $"{l.Input.Channels}, {l.Input.Height}, {l.Input.Width}, {l.Output.Channels}, {l.Output.Height}, {l.Output.Width}, "
            + $"{down.Kernel}, {across.Kernel}, {down.Stride}, {across.Stride}, {down.Dilation}, {across.Dilation}, "
            + $"{down.Before}, {across.Before}, {frame.Height}, {frame.Width}, {groups})";
    }

    private static string Before(int layer) => layer == 0 ? "x" : $"{layer - 1}";

    private static string Word(Enum value) => value.ToString().ToUpperInvariant();

    private static string Define(string name, string value) => $"#define {name} {value}\n";
}
