using System;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Text;
using static System.FormattableString;

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
    public static void Emit(KernelWriter w, Correlate k, float? floor)
    {
        ConvolutionGeometry g = k.Geometry;
        CodeWriter code = w.Code;
        Lanes lanes = Lanes.Eight;
        int line = g.Size.Width * g.Channels;
        string x = w.Local("xAt"), weight = w.Local("wAt"), y = w.Local("yAt"), least = w.Local("least"), first = w.Local("first");
        string[] sums = [.. Enumerable.Range(0, Tile).Select(_ => w.Local("sum"))];
        if (floor is { } value)
            code.Line($"var {least} = {lanes.Broadcast(CSharpLiteral.Float(value))};");
        using (code.Block(KernelWriter.Loop("row", g.Windows.Height)))
        using (code.Block(KernelWriter.Loop("tile", (g.Windows.Width + Tile - 1) / Tile)))
        {
            if (g.Windows.Width % Tile == 0)
                code.Line(Invariant($"int {first} = tile * {Tile};"));
            else
                code.Line("The last tile is moved back over windows of the one before it.", Invariant($"int {first} = global::System.Math.Min(tile * {Tile}, {g.Windows.Width - Tile});"));
            code.Line($"ref float {x} = {VectorDialect.Reference(k.X.Name, Invariant($"row * {g.Strides.Height * line} + {first}{(g.Step == 1 ? "" : Invariant($" * {g.Step}"))}"))};");
            code.Line($"ref float {weight} = ref {k.Weight.Name};");
            string start = k.Bias is null ? lanes.Zero : $"{lanes.Class}.LoadUnsafe(ref {k.Bias.Name})";
            for (int s = 0; s < Tile; s++)
                code.Line($"var {sums[s]} = {(s == 0 ? start : sums[0])};");
            Repeat(code, "down", g.Kernel.Height, () =>
            {
                Repeat(code, "c", g.Channels, () =>
                {
                    for (int from = 0; from < g.Kernel.Width; from += MostWeights)
                        Taps(w, g, from, Math.Min(MostWeights, g.Kernel.Width - from), x, weight, sums);
                    code.Line($"{x} = {VectorDialect.Reference(x, 1)};");
                    code.Line($"{weight} = {VectorDialect.Reference(weight, Filters)};");
                });
                code.Line($"{x} = {VectorDialect.Reference(x, (g.Dilation.Height * line) - g.Channels)};");
                code.Line($"{weight} = {VectorDialect.Reference(weight, (g.Kernel.Width - 1) * g.Channels * Filters)};");
            });
            code.Line($"ref float {y} = {VectorDialect.Reference(k.Y.Name, Invariant($"row * {g.Windows.Width * Filters} + {first} * {Filters}"))};");
            for (int s = 0; s < Tile; s++)
                code.Line($"{lanes.Class}.StoreUnsafe({(floor is null ? sums[s] : $"{lanes.Class}.MaxNative({least}, {sums[s]})")}, {VectorDialect.Reference(y, s * Filters)});");
        }
    }

    /// <summary>Some neighbouring weights of one row and channel, and every element that they meet.</summary>
    private static void Taps(KernelWriter w, ConvolutionGeometry g, int from, int count, string x, string weight, string[] sums)
    {
        Lanes lanes = Lanes.Eight;
        string[] weights = [.. Enumerable.Range(0, count).Select(_ => w.Local("w"))];
        for (int tap = 0; tap < count; tap++)
            w.Code.Line($"var {weights[tap]} = {lanes.Class}.LoadUnsafe({VectorDialect.Reference(weight, (from + tap) * g.Channels * Filters)});");
        for (int place = 0; place <= ((Tile - 1) * g.Strides.Width) + count - 1; place++)
        {
            // The windows that see it, by these weights.
            (int Window, int Tap)[] seenBy = [.. Enumerable.Range(0, count).Reverse().Where(tap => place >= tap && (place - tap) % g.Strides.Width == 0)
                .Select(tap => ((place - tap) / g.Strides.Width, tap)).Where(static s => s.Item1 < Tile)];
            if (seenBy.Length == 0)
                continue;
            string element = w.Local("x");
            w.Code.Line($"var {element} = {lanes.Broadcast(VectorDialect.ElementOf(x, Invariant($"{(from + place) * g.Channels}")))};");
            foreach ((int window, int tap) in seenBy)
                w.Code.Line($"{sums[window]} = {lanes.MultiplyAdd(element, weights[tap], sums[window])};");
        }
    }

    private static void Repeat(CodeWriter code, string index, int count, Action body)
    {
        if (count == 1)
        {
            body();
            return;
        }

        using (code.Block(KernelWriter.Loop(index, count)))
            body();
    }
}
