using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Lints;

/// <summary>How the network takes its input.</summary>
internal static class InputLints
{
    /// <summary>
    /// An image whose channels come last, or a sequence, that a convolution or a pool reads with its first axis as the channels. A window of one along the last
    /// axis may well be meant.
    /// </summary>
    public static void ChannelsLast(LintContext c)
    {
        for (int input = 0; input < c.Inputs.Count; input++)
            ChannelsLast(c, c.Inputs[input], ValueSource.Input(input));
    }

    private static void ChannelsLast(LintContext c, NetworkInput input, ValueSource source)
    {
        if (input.ChannelsFirst is not { } right)
            return;
        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            EquatableArray<WindowAxis> windows = c[k] switch { Convolution { IsTransposed: false } l => l.Windows, Pooling p => p.Axes, _ => default };
            if (windows.Count == 0 || windows[windows.Count - 1].Size == 1)
                continue;
            if (c.SourceBefore(k, static l => l is ActivationLayer or BatchNorm or Dropout or LayerNorm or GroupNorm or Normalization or Rescaling or Clip or Power or Pad) != source)
                continue;
            EquatableArray<int> d = input.Shape.Dimensions;
            string axes = d.Count == 3 ? $"{d[0]} channels of {d[1]} x {d[2]}" : $"{d[0]} channels of length {d[1]}";
            string last = d.Count == 3 ? "the channels come last" : "the steps come first";
            c.Report(Rules.ChannelsSeemLast, input.Span,
                $"'{c[k].Name}' reads the input {input.Shape.Sizes} as {axes}; if {last} in it, write {input.Name}: {right} and give the channels first, or put permute: {Order(d.Count)} first",
                [new Change.Replace($"Write {right}", input.Span, right),
                    .. c.Inputs.Count == 1 && c.Headers[0].Node.Find("from") is null ? new Change[] { new Change.InsertLayer($"Put permute: {Order(d.Count)} first", c.SpanOf(0), "permute", Order(d.Count)) } : []]);
            return;
        }
    }

    private static string Order(int axes) => axes == 3 ? "[2, 0, 1]" : "[1, 0]";
}
