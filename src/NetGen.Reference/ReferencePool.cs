using System;
using System.Linq;

namespace NetGen.Reference;

/// <summary>One number of each window of each channel; the whole of a channel is one window of a global pool.</summary>
internal abstract class ReferencePool : ReferenceLayer
{
    private readonly int[][] _windows;
    private readonly int _positions;

    /// <param name="input">Has its channels first.</param>
    /// <param name="windows">Over the positions of a channel; null for a global pool.</param>
    protected ReferencePool(ReferenceShape input, ReferenceWindows? windows)
        : base(new ReferenceShape([input.Sizes[0], .. windows?.Count(input.Sizes[1..]) ?? []], windows is not null))
    {
        _positions = input.Length / input.Sizes[0];
        _windows = windows is null
            ? [[.. Enumerable.Range(0, _positions)]]
            : [.. windows.Reads(windows.Count(input.Sizes[1..]), input.Sizes[1..]).GroupBy(read => read.Window, (_, reads) => reads.Select(read => read.Position).ToArray())];
        if (_windows.Length != Output.Length / input.Sizes[0])
            throw new NotSupportedException("a window of a pool lies wholly in its padding");
    }

    public override double[] Forward(double[] x, ReferencePass pass) =>
    [
        .. Enumerable.Range(0, Output.Sizes[0]).SelectMany(
            channel => _windows.Select((at, index) => (At: at, Index: index)).Select(window => Value(Array.ConvertAll(window.At, position => x[channel * _positions + position]), window.Index))),
    ];

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] dx = new double[x.Length];
        for (int i = 0; i < dy.Length; i++)
        {
            int[] window = Array.ConvertAll(_windows[i % _windows.Length], position => i / _windows.Length * _positions + position);
            double[] shares = Shares(Array.ConvertAll(window, place => x[place]), i % _windows.Length);
            for (int k = 0; k < window.Length; k++)
                dx[window[k]] += dy[i] * shares[k];
        }

        return dx;
    }

    /// <summary>What a window gives; <paramref name="x"/> are its elements that are not padding, in row-major order.</summary>
    /// <param name="window">Its number.</param>
    protected abstract double Value(double[] x, int window);

    /// <summary>The derivative of <see cref="Value"/> in each element.</summary>
    protected abstract double[] Shares(double[] x, int window);
}

/// <summary>The largest of a window, of which padding is no part; the gradient goes to the first of the largest.</summary>
internal sealed class ReferenceMaxPool(ReferenceShape input, ReferenceWindows? windows) : ReferencePool(input, windows)
{
    protected override double Value(double[] x, int window) => x.Max();

    protected override double[] Shares(double[] x, int window)
    {
        double[] shares = new double[x.Length];
        shares[Array.IndexOf(x, x.Max())] = 1;
        return shares;
    }
}

/// <summary>The mean of a window, over all its places up to the end of the padding where it counts that, else over those that are not padding.</summary>
internal sealed class ReferenceAveragePool(ReferenceShape input, ReferenceWindows? windows, bool countsPadding) : ReferencePool(input, windows)
{
    private readonly int[]? _counts = countsPadding ? windows!.CountPlaces(input.Sizes[1..]) : null;

    protected override double Value(double[] x, int window) => x.Sum() / (_counts?[window] ?? x.Length);

    protected override double[] Shares(double[] x, int window) => Array.ConvertAll(x, _ => 1.0 / (_counts?[window] ?? x.Length));
}
