using System;
using System.Collections.Generic;

namespace NetGen.Benchmarks;

internal enum Padding
{
    Valid,

    /// <summary>As many windows as positions over the stride, rounded up; the smaller half of the zeros stands before.</summary>
    Same,

    /// <summary>All zeros stand before.</summary>
    Causal,
}

/// <summary>Writes layers down one after the other, each on what the one before it gives.</summary>
internal sealed class NetBuilder(int channels, int height, int width)
{
    private readonly List<NetLayer> _layers = [];
    private Extent _extent = new(channels, height, width);

    /// <summary>A convolution of an image with relu.</summary>
    public NetBuilder Image(int filters, int kernel, Padding padding = Padding.Valid, int stride = 1, int groups = 1) =>
        Add(new Convolution(
            _extent, filters, Moves(_extent.Height, kernel, padding, stride, 1), Moves(_extent.Width, kernel, padding, stride, 1), groups, false, Activation.Relu));

    /// <summary>A convolution of a signal with relu.</summary>
    public NetBuilder Signal(int filters, int kernel, Padding padding = Padding.Valid, int stride = 1, int dilation = 1) =>
        Add(new Convolution(_extent, filters, Window.None, Moves(_extent.Width, kernel, padding, stride, dilation), 1, true, Activation.Relu));

    public NetBuilder MaxPool(int size) => Add(new MaxPool(_extent, size));

    public NetBuilder AveragePool(int size) => Add(new AveragePool(_extent, size));

    /// <summary>What moves elements, to so many channels, rows and columns.</summary>
    public NetBuilder Move(string what, int channels, int height, int width) => Add(new Move(_extent, new(channels, height, width), what));

    public NetBuilder BatchNorm() => Add(new BatchNorm(_extent));

    public NetBuilder Dense(int units, Activation activation) => Add(new DenseLayer(_extent, units, activation));

    /// <summary>A cell over a sequence: channels are the features of a step, the width is time.</summary>
    public NetBuilder Recurrent(Cell cell, int units) => Add(new Recurrent(_extent, cell, units));

    public BenchmarkNet Build(string name) => new(name, _layers);

    private NetBuilder Add(NetLayer layer)
    {
        _layers.Add(layer);
        _extent = layer.Output;
        return this;
    }

    private static Window Moves(int size, int kernel, Padding padding, int stride, int dilation)
    {
        int reach = (kernel - 1) * dilation;
        int zeros = padding switch
        {
            Padding.Same => Math.Max(0, ((size + stride - 1) / stride - 1) * stride + reach + 1 - size),
            Padding.Causal => reach,
            _ => 0,
        };
        int before = padding == Padding.Causal ? zeros : zeros / 2;
        return new(kernel, stride, dilation, before, zeros - before);
    }
}
