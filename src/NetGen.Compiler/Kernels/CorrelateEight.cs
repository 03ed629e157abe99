using System;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// A <see cref="Correlate"/> of eight filters whose windows are neighbours. One vector holds all filters, so a product would spend its time on
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
    private const int MostAcross = 10;

    public static bool Fits(ConvolutionGeometry g) =>
        g is { Filters: Filters, Groups: 1, Strides.Width: 1, Dilation.Width: 1, Kernel.Width: > 1 and <= MostAcross } && g.Windows.Width >= Tile;

    /// <param name="floor">What the sums are raised to; null where they stay as they are.</param>
    public static void Emit(KernelWriter w, Correlate k, float? floor)
    {
        ConvolutionGeometry g = k.Geometry;
        CodeWriter code = w.Code;
        Lanes lanes = Lanes.Eight;
        string At(string reference, string offset) => VectorDialect.Reference(reference, offset);
        int line = g.Size.Width * g.Channels;
        if (floor is { } least)
            code.Line($"var least = {lanes.Broadcast(CSharpLiteral.Float(least))};");
        using (code.Block(KernelWriter.Loop("row", g.Windows.Height)))
        using (code.Block(KernelWriter.Loop("tile", (g.Windows.Width + Tile - 1) / Tile)))
        {
            bool isEven = g.Windows.Width % Tile == 0;
            if (!isEven)
                code.Line("The last tile is moved back over windows of the one before it.", Invariant($"int first = global::System.Math.Min(tile * {Tile}, {g.Windows.Width - Tile});"));
            string first = isEven ? Invariant($"tile * {Tile}") : "first";
            string step = isEven ? Invariant($"tile * {Tile * g.Channels}") : (g.Channels == 1 ? "first" : Invariant($"first * {g.Channels}"));
            code.Line($"ref float xAt = {At(k.X.Name, Invariant($"row * {g.Strides.Height * line} + {step}"))};");
            code.Line($"ref float wAt = ref {k.Weight.Name};");
            string start = k.Bias is null ? lanes.Zero : $"{lanes.Class}.LoadUnsafe(ref {k.Bias.Name})";
            for (int s = 0; s < Tile; s++)
                code.Line(Invariant($"var s{s} = {(s == 0 ? start : "s0")};"));
            Repeat(code, "down", g.Kernel.Height, () =>
            {
                Repeat(code, "c", g.Channels, () =>
                {
                    for (int from = 0; from < g.Kernel.Width; from += MostWeights)
                        Taps(code, g, from, Math.Min(MostWeights, g.Kernel.Width - from));
                    code.Line($"xAt = {At("xAt", "1")};");
                    code.Line(Invariant($"wAt = {At("wAt", Invariant($"{Filters}"))};"));
                });
                int next = (g.Dilation.Height * line) - g.Channels;
                if (next != 0)
                    code.Line($"xAt = {At("xAt", Invariant($"{next}"))};");
                code.Line($"wAt = {At("wAt", Invariant($"{(g.Kernel.Width - 1) * g.Channels * Filters}"))};");
            });
            code.Line($"ref float yAt = {At(k.Y.Name, Invariant($"row * {g.Windows.Width * Filters} + {first} * {Filters}"))};");
            for (int s = 0; s < Tile; s++)
                code.Line($"{lanes.Class}.StoreUnsafe({(floor is null ? Invariant($"s{s}") : Invariant($"{lanes.Class}.MaxNative(least, s{s})"))}, {At("yAt", Invariant($"{s * Filters}"))});");
        }
    }

    /// <summary>Some neighbouring weights of one row and channel, and every element that they meet.</summary>
    private static void Taps(CodeWriter code, ConvolutionGeometry g, int from, int count)
    {
        Lanes lanes = Lanes.Eight;
        using (code.Block(null))
        {
            for (int tap = 0; tap < count; tap++)
                code.Line(Invariant($"var w{tap} = {lanes.Class}.LoadUnsafe({VectorDialect.Reference("wAt", (from + tap) * g.Channels * Filters)});"));
            for (int place = 0; place < Tile + count - 1; place++)
            {
                code.Line(Invariant($"var x{place} = {lanes.Broadcast(VectorDialect.ElementOf("xAt", Invariant($"{(from + place) * g.Channels}")))};"));
                for (int tap = Math.Min(count - 1, place); tap >= Math.Max(0, place - Tile + 1); tap--)
                    code.Line(Invariant($"s{place - tap} = {lanes.MultiplyAdd(Invariant($"x{place}"), Invariant($"w{tap}"), Invariant($"s{place - tap}"))};"));
            }
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
