using System;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// A <see cref="Correlate"/> of eight filters. One vector holds all filters, so a product would spend its time on
/// loading each element of x once for every place of the kernel. Here an element is loaded once and goes into all the windows that see it: for
/// each row and channel of the kernel, its weights and the sums of eight neighbouring windows are in registers.
/// </summary>
internal static class CorrelateEight
{
    private const int Filters = 8;

    /// <summary>Neighbouring windows whose sums are in registers, beside <see cref="MostWeights"/> weights and one element.</summary>
    private const int Tile = 8;

    private const int MostWeights = 5;

    /// <summary>Wider kernels would be long in source.</summary>
    private const int MostAcross = 16;

    public static bool Fits(ConvolutionGeometry g) =>
        g is { Filters: Filters, Groups: 1, Dilation.Width: 1, Kernel.Width: > 1 and <= MostAcross } && g.Windows.Width >= Tile;

    /// <param name="floor">What the sums are raised to; null where they stay as they are.</param>
    public static void Emit(KernelWriter w, Correlate k, float? floor) => w.VectorsOf(Lanes.Eight, v => Write(v, k, floor));

    private static void Write(VectorCode v, Correlate k, float? floor)
    {
        ConvolutionGeometry g = k.Geometry;
        CodeBuilder code = v.Code;
        int line = g.Size.Width * g.Channels;
        Term? least = floor is { } number ? code.Let("least", Term.All(number)) : null;
        code.For("row", g.Windows.Height, 1, row => code.For("tile", (g.Windows.Width + Tile - 1) / Tile, 1, tile =>
        {
            if (g.Windows.Width % Tile != 0)
                code.Say("The last tile is moved back over windows of the one before it.");
            Term first = code.Let("first", g.Windows.Width % Tile == 0 ? tile * Tile : Term.Of(Operation.Min, tile * Tile, g.Windows.Width - Tile));
            Memory x = code.Enter("xAt", v.Start(k.X).Memory, (row * (g.Strides.Height * line)) + (g.Step == 1 ? first : first * g.Step));
            Memory weight = code.Enter("wAt", v.Start(k.Weight).Memory, 0);
            Local[] sums = new Local[Tile];
            for (int s = 0; s < Tile; s++)
                sums[s] = code.Variable("sum", s > 0 ? new Get(sums[0]) : k.Bias is null ? Term.Zero : v.Load(v.Start(k.Bias)));
            Repeat(code, "down", g.Kernel.Height, () =>
            {
                Repeat(code, "c", g.Channels, () =>
                {
                    for (int from = 0; from < g.Kernel.Width; from += MostWeights)
                        WriteTaps(v, g, from, Math.Min(MostWeights, g.Kernel.Width - from), new Address(x), new Address(weight), sums);
                    code.Add(new Advance(x, 1));
                    code.Add(new Advance(weight, Filters));
                });
                code.Add(new Advance(x, (g.Dilation.Height * line) - g.Channels));
                code.Add(new Advance(weight, (g.Kernel.Width - 1) * g.Channels * Filters));
            });
            var y = new Address(code.Enter("yAt", v.Start(k.Y).Memory, (row * (g.Windows.Width * Filters)) + (first * Filters)));
            for (int s = 0; s < Tile; s++)
                v.Store(y + (s * Filters), least is null ? new Get(sums[s]) : Term.Of(Operation.MaxNative, least, new Get(sums[s])));
        }));
    }

    /// <summary>Some neighbouring weights of one row and channel, and every element that they meet.</summary>
    private static void WriteTaps(VectorCode v, ConvolutionGeometry g, int from, int count, Address x, Address weight, Local[] sums)
    {
        Term[] weights = [.. Enumerable.Range(from, count).Select(tap => v.Code.Let("w", v.Load(weight + (tap * g.Channels * Filters))))];
        for (int place = 0; place <= ((Tile - 1) * g.Strides.Width) + count - 1; place++)
        {
            // The windows that see it, by these weights.
            (int Window, int Tap)[] seenBy = [.. Enumerable.Range(0, count).Reverse().Where(tap => place >= tap && (place - tap) % g.Strides.Width == 0)
                .Select(tap => ((place - tap) / g.Strides.Width, tap)).Where(static s => s.Item1 < Tile)];
            if (seenBy.Length == 0)
                continue;
            Term element = v.Code.Let("x", v.All(x + ((from + place) * g.Channels)));
            foreach ((int window, int tap) in seenBy)
                v.Code.Set(sums[window], Term.MultiplyAdd(element, weights[tap], new Get(sums[window])));
        }
    }

    private static void Repeat(CodeBuilder code, string index, int count, Action body)
    {
        if (count == 1)
            body();
        else
            code.For(index, count, 1, _ => body());
    }
}
