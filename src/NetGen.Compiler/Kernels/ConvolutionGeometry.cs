using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// What the kernels of a convolution agree on: the sizes of [height][width][channels], zeros of the padding included, and of
/// [height][width][filters], and how a window of [kernel height][kernel width][channels / groups] runs along the first. One axis is a
/// height of 1. The weight is kept as [kernel height][kernel width][channels / groups][filters].
/// </summary>
/// <param name="Windows">Down and across: of the second of the two.</param>
internal sealed record ConvolutionGeometry(
    (int Height, int Width) Size, int Channels, (int Height, int Width) Windows, int Filters, (int Height, int Width) Kernel,
    (int Height, int Width) Strides, (int Height, int Width) Dilation, int Groups)
{
    public int Pixels => Size.Height * Size.Width;

    public int WindowCount => Windows.Height * Windows.Width;

    /// <summary>Channels that one filter sees.</summary>
    public int GroupChannels => Channels / Groups;

    public int GroupFilters => Filters / Groups;

    public int WeightSize => Kernel.Height * Kernel.Width * GroupChannels * Filters;

    public long MultiplyAdds => (long)WindowCount * WeightSize;

    /// <summary>Each filter sees a channel of its own.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == Channels && Groups == Filters;

    /// <summary>Neighbours across that one filter sees are one piece of memory.</summary>
    private bool IsMerged => (Groups == 1 && Dilation.Width == 1) || Kernel.Width == 1;

    /// <summary>From a window to the one below it, in what is read.</summary>
    public int Line => Strides.Height * Size.Width * Channels;

    /// <summary>From a window to the one beside it.</summary>
    public int Step => Strides.Width * Channels;

    /// <summary>Pieces of memory without gaps that a window sees, one below the other and side by side, and how far apart those stand.</summary>
    public (int Down, int DownStep, int Across, int AcrossStep) PieceSteps =>
        (Kernel.Height, Dilation.Height * Size.Width * Channels, IsMerged ? 1 : Kernel.Width, Dilation.Width * Channels);

    /// <summary>The floats of a piece, and where each begins, counted from the window.</summary>
    public (int Depth, IReadOnlyList<int> Starts) Pieces
    {
        get
        {
            (int down, int downStep, int across, int acrossStep) = PieceSteps;
            return ((IsMerged ? Kernel.Width : 1) * GroupChannels, [.. Enumerable.Range(0, down * across).Select(piece => (piece / across * downStep) + (piece % across * acrossStep))]);
        }
    }

    /// <summary>What a weight is presented as, <c>[first, second, …]</c> with the kernel's axes last, in terms of where it is kept.</summary>
    /// <param name="axes">1 or 2: how many axes the kernel is presented with.</param>
    public int[] WeightStrides(int axes)
    {
        int across = GroupChannels * Filters;
        return axes == 1 ? [1, Filters, across] : [1, Filters, Kernel.Width * across, across];
    }

    /// <summary>Declares the helper's description of the windows, and calls the helper for each group of channels and filters.</summary>
    /// <param name="call">The call, with how a buffer is passed of which a group takes so many neighbours.</param>
    /// <param name="offset">Where the buffer's part for a sample begins; null where that is its start.</param>
    public void EmitCalls(CodeWriter code, Dialect dialect, Func<Func<Ir.Buffer, int, string>, string> call, Func<Ir.Buffer, string?>? offset = null)
    {
        dialect.Use(Helper.Window);
        (int down, int downStep, int across, int acrossStep) = PieceSteps;
        string window = Invariant($"Height = {Windows.Height}, Width = {Windows.Width}, Line = {Line}, Step = {Step}, ")
            + Invariant($"Down = {down}, DownStep = {downStep}, Across = {across}, AcrossStep = {acrossStep}, Depth = {Pieces.Depth}");
        code.Line($"var window = new Window {{ {window} }};");
        string Pass(Ir.Buffer buffer, int step)
        {
            string?[] terms = [offset?.Invoke(buffer), Groups == 1 || IsDepthwise ? null : step == 1 ? "group" : Invariant($"group * {step}")];
            string at = string.Join(" + ", terms.Where(static t => t is not null));
            return at == "" ? "ref " + buffer.Name : VectorDialect.Reference(buffer.Name, at);
        }

        if (Groups == 1 || IsDepthwise)
        {
            code.Line(call(Pass) + ";");
            return;
        }

        using (code.Block(KernelWriter.Loop("group", Groups)))
            code.Line(call(Pass) + ";");
    }

    // Loops over the indices of a convolution, for code without vectors; those of a single trip are left out.
    private (string Index, int Count)[] All =>
    [
        ("row", Windows.Height), ("column", Windows.Width), ("down", Kernel.Height), ("across", Kernel.Width), ("group", Groups), ("c", GroupChannels), ("o", GroupFilters),
    ];

    /// <summary>Loops over some of the indices, in that order, around a body.</summary>
    public void Loop(KernelWriter w, IEnumerable<string> indices, Action body)
    {
        string[] left = [.. indices.Where(name => All.First(a => a.Index == name).Count > 1)];
        if (left.Length == 0)
        {
            body();
            return;
        }

        using (w.Code.Block(KernelWriter.Loop(left[0], All.First(a => a.Index == left[0]).Count)))
            Loop(w, left.Skip(1), body);
    }

    /// <summary>What window [row, column] sees at [down, across] of channel c of the group.</summary>
    public string InputIndex => IndexOf(
        ("row", Line), ("down", Dilation.Height * Size.Width * Channels),
        ("column", Step), ("across", Dilation.Width * Channels), ("group", GroupChannels), ("c", 1));

    /// <summary>Filter o of the group at window [row, column].</summary>
    public string OutputIndex => IndexOf(("row", Windows.Width * Filters), ("column", Filters), ("group", GroupFilters), ("o", 1));

    public string WeightIndex => IndexOf(
        ("down", Kernel.Width * GroupChannels * Filters), ("across", GroupChannels * Filters), ("c", Filters), ("group", GroupFilters), ("o", 1));

    /// <summary>Filter o of the group.</summary>
    public string FilterIndex => IndexOf(("group", GroupFilters), ("o", 1));

    private string IndexOf(params (string Index, int Stride)[] terms)
    {
        string[] left = [.. terms.Where(t => All.First(a => a.Index == t.Index).Count > 1).Select(static t => t.Stride == 1 ? t.Index : Invariant($"{t.Index} * {t.Stride}"))];
        return left.Length == 0 ? "0" : string.Join(" + ", left);
    }
}
