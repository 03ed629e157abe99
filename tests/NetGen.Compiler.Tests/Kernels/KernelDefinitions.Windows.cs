using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>Pools and convolutions.</summary>
internal static partial class KernelDefinitions
{
    private static bool RunOfWindows(Kernel kernel, KernelData d)
    {
        switch (kernel)
        {
            case Pool k:
                foreach ((int y, int[] xs) in WindowsOf(k.Windows))
                    d.Put(k.Y, y, k.IsMax ? xs.Max(x => d.Read(k.X, x)) : xs.Sum(x => d.Read(k.X, x)) / (k.CountsEdges ? Counted(k.Windows, y) : xs.Length));
                return true;
            case PoolGradient k:
                Give(d, WindowsOf(k.Windows), k.IsMax ? k.X : null, k.Dy, k.Dx, k.DxAccess, k.CountsEdges ? y => Counted(k.Windows, y) : null);
                return true;
            case PoolArgMax k:
                foreach ((int y, int[] xs) in WindowsOf(k.Windows))
                {
                    int tap = FirstLargest(d, k.X, xs);
                    d.Put(k.Places, y, (tap / k.Windows.Columns.Size * k.Line) + (tap % k.Windows.Columns.Size * k.Step));
                }

                return true;
            case CorrelatePlanes k:
                CorrelatePlanes(k, d);
                return true;
            case Correlate k:
                Correlate(k, d);
                return true;
            case SparseWeightGradient k:
                ForEachPlace(k.Dy, d, (g, x, weight) => d.Put(k.Dw, weight, g * d.Read(k.X, x), Access.Accumulate));
                return true;
            case SparseInputGradient k:
                d.Begin(k.Dx, k.DxAccess);
                ForEachPlace(k.Dy, d, (g, x, weight) => d.Put(k.Dx, x, g * d.Read(k.Weight, weight), Access.Accumulate));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Each output, and the inputs that its window sees, in row-major order.</summary>
    public static IEnumerable<(int Y, int[] Xs)> WindowsOf(PoolWindows windows)
    {
        (PoolAxis rows, PoolAxis columns) = (windows.Rows, windows.Columns);
        int Index(int row, int column, int height, int width, int channel) =>
            windows.IsPlanes ? (((channel * height) + row) * width) + column : (((row * width) + column) * windows.Channels) + channel;
        return from row in Enumerable.Range(0, rows.Windows)
            from column in Enumerable.Range(0, columns.Windows)
            from channel in Enumerable.Range(0, windows.Channels)
            select (Index(row, column, rows.Windows, columns.Windows, channel),
                (from x in Seen(rows, row) from y in Seen(columns, column) select Index(x, y, rows.Length, columns.Length, channel)).ToArray());
    }

    /// <summary>The places of the window of an output that are not behind the padding.</summary>
    private static int Counted(PoolWindows windows, int y)
    {
        (PoolAxis rows, PoolAxis columns) = (windows.Rows, windows.Columns);
        int place = windows.IsPlanes ? y % (rows.Windows * columns.Windows) : y / windows.Channels;
        static int Along(PoolAxis axis, int window) => axis.Size - (window == axis.Windows - 1 ? axis.Beyond : 0);
        return Along(rows, place / columns.Windows) * Along(columns, place % columns.Windows);
    }

    private static IEnumerable<int> Seen(PoolAxis axis, int window) =>
        Enumerable.Range((window * axis.Stride) - axis.Before, axis.Size).Where(x => x >= 0 && x < axis.Length);

    private static int FirstLargest(KernelData d, Buffer x, int[] xs) => Enumerable.Range(0, xs.Length).MaxBy(tap => (d.Read(x, xs[tap]), -tap));

    /// <param name="x">What the largest is of; null for a mean.</param>
    /// <param name="shares">By how many a mean divides; null for the elements of its window.</param>
    private static void Give(KernelData d, IEnumerable<(int Y, int[] Xs)> windows, Buffer? x, Buffer dy, Buffer dx, Access access, Func<int, int>? shares)
    {
        d.Begin(dx, access);
        foreach ((int y, int[] xs) in windows)
        {
            if (x is not null)
                d.Put(dx, xs[FirstLargest(d, x, xs)], d.Read(dy, y), Access.Accumulate);
            else
                ForEach(xs.Length, tap => d.Put(dx, xs[tap], d.Read(dy, y) / (shares?.Invoke(y) ?? xs.Length), Access.Accumulate));
        }
    }

    private static void CorrelatePlanes(CorrelatePlanes k, KernelData d)
    {
        ConvolutionGeometry g = k.Geometry;
        ForEach(g.Filters, o => ForEach(g.Windows.Height, g.Windows.Width, (row, column) =>
        {
            double sum = k.Bias is null ? 0 : d.Read(k.Bias, o);
            ForEach(g.Kernel.Height, g.Kernel.Width, (down, across) => ForEach(g.GroupChannels, c => sum +=
                d.Read(k.Weight, (((((down * g.Kernel.Width) + across) * g.GroupChannels) + c) * g.Filters) + o)
                * d.Read(k.X, ((((g.IsDepthwise ? o : c) * g.Size.Height) + row + (down * g.Dilation.Height)) * g.Size.Width) + column + (across * g.Dilation.Width))));
            d.Put(k.Y, (((o * g.Windows.Height) + row) * g.Windows.Width) + column, Activated(k.Epilogue, sum, d));
        }));
    }

    /// <summary>Of a single group.</summary>
    private static void Correlate(Correlate k, KernelData d)
    {
        ConvolutionGeometry g = k.Geometry;
        ForEach(g.Filters, o => ForEach(g.Windows.Height, g.Windows.Width, (row, column) =>
        {
            double sum = k.Bias is null ? 0 : d.Read(k.Bias, o);
            ForEachSeen(g, (row * g.Line) + (column * g.Step), (x, weight) => sum += d.Read(k.X, x) * d.Read(k.Weight, weight + o));
            d.Put(k.Y, (((row * g.Windows.Width) + column) * g.Filters) + o, Activated(k.Epilogue, sum, d), k.YAccess);
        }));
    }

    /// <summary>Runs a body for all that a window sees of channels, with where it stands and where its weight for the first filter does.</summary>
    private static void ForEachSeen(ConvolutionGeometry g, int window, Action<int, int> body) =>
        ForEach(g.Kernel.Height, g.Kernel.Width, (down, across) => ForEach(g.Channels, c =>
        body(window + (((down * g.Dilation.Height * g.Size.Width) + (across * g.Dilation.Width)) * g.Channels) + c,
            (((((down * g.Kernel.Width) + across) * g.Channels) + c) * g.Filters))));

    private static void ForEachPlace(SparseGradient dy, KernelData d, Action<double, int, int> body) =>
        ForEach(dy.Pool.Rows.Windows, dy.Pool.Columns.Windows, (row, column) => ForEach(dy.Filters, o =>
    {
        int output = (((row * dy.Pool.Columns.Windows) + column) * dy.Filters) + o;
        int window = (row * dy.Pool.Rows.Stride * dy.Geometry.Line) + (column * dy.Pool.Columns.Stride * dy.Geometry.Step) + (int)d.Read(dy.Places, output);
        ForEachSeen(dy.Geometry, window, (x, weight) => body(d.Read(dy.Gradient, output), x, weight + o));
    }));
}
