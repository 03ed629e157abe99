using System.Collections.Generic;

namespace NetGen.Benchmarks;

internal enum Activation
{
    Linear,
    Sigmoid,
    Tanh,
    Relu,
    Softmax,
}

/// <summary>Channels, height and width; a signal has height 1, a vector channels alone.</summary>
internal readonly record struct Extent(int Channels, int Height, int Width)
{
    public int Length => Channels * Height * Width;

    public override string ToString() => $"{Channels}{(Height > 1 ? $"x{Height}" : "")}{(Width > 1 ? $"x{Width}" : "")}";
}

/// <summary>How a kernel moves along one axis.</summary>
/// <param name="Before">Zeros before the first position.</param>
/// <param name="After">Zeros behind the last.</param>
internal readonly record struct Window(int Kernel, int Stride, int Dilation, int Before, int After)
{
    /// <summary>An axis that is not there.</summary>
    public static readonly Window None = new(1, 1, 1, 0, 0);

    public int Count(int size) => (size + Before + After - Dilation * (Kernel - 1) - 1) / Stride + 1;

    /// <summary>The taps of all windows that fall on the input, not on the zeros around it.</summary>
    public long Reads(int size)
    {
        long reads = 0;
        for (int at = -Before; at < Count(size) * Stride - Before; at += Stride)
        {
            for (int tap = at; tap < at + Kernel * Dilation; tap += Dilation)
                reads += tap >= 0 && tap < size ? 1 : 0;
        }

        return reads;
    }
}

/// <summary>One layer with its activation, as peers build it.</summary>
internal abstract record NetLayer(Extent Input, Extent Output, Activation Activation)
{
    /// <summary>The shapes of a sample, as frameworks have them.</summary>
    public virtual IReadOnlyList<int> InputShape => [Input.Channels, Input.Height, Input.Width];

    public virtual IReadOnlyList<int> OutputShape => [Output.Channels, Output.Height, Output.Width];

    /// <summary>Weights, and biases behind them in the common order.</summary>
    public virtual int Weights => 0;

    public virtual int Biases => 0;

    /// <summary>Parameters that peers do not share.</summary>
    public virtual int OtherParameters => 0;

    /// <summary>Of one sample's forward pass; what meets the zeros of a padding is not counted.</summary>
    public virtual long MultiplyAdds => 0;

    /// <summary>Of those, the ones by what the step before gives, whose gradient is needed in a first layer too.</summary>
    public virtual long CarriedMultiplyAdds => 0;

    /// <summary>Of one time step of a stream.</summary>
    public virtual long StreamMultiplyAdds => MultiplyAdds;

    /// <summary>How often a forward pass of training has to read the input.</summary>
    public virtual int TrainingReads => 1;

    /// <summary>Whether backward reads the input again, beside the output's gradient.</summary>
    public virtual bool ReadsInputAgain => true;
}

/// <summary>y = W x + b; an image is flattened to a vector first.</summary>
internal sealed record DenseLayer(Extent Input, int Units, Activation Activation) : NetLayer(Input, new(Units, 1, 1), Activation)
{
    public override IReadOnlyList<int> InputShape => [Input.Length];

    public override IReadOnlyList<int> OutputShape => [Units];

    public override int Weights => Input.Length * Units;

    public override int Biases => Units;

    public override long MultiplyAdds => Weights;
}

/// <summary>A convolution: of an image by windows down and across, of a signal by windows across.</summary>
internal sealed record Convolution(Extent Input, int Filters, Window Down, Window Across, int Groups, bool IsSignal, Activation Activation)
    : NetLayer(Input, new(Filters, Down.Count(Input.Height), Across.Count(Input.Width)), Activation)
{
    public override IReadOnlyList<int> InputShape => IsSignal ? [Input.Channels, Input.Width] : base.InputShape;

    public override IReadOnlyList<int> OutputShape => IsSignal ? [Output.Channels, Output.Width] : base.OutputShape;

    public override int Weights => Filters * (Input.Channels / Groups) * Down.Kernel * Across.Kernel;

    public override int Biases => Filters;

    public override long MultiplyAdds => Filters * (Input.Channels / Groups) * Down.Reads(Input.Height) * Across.Reads(Input.Width);

    /// <summary>The input with all zeros around it.</summary>
    public Extent Frame => new(Input.Channels, Input.Height + Down.Before + Down.After, Input.Width + Across.Before + Across.After);

    public bool IsPadded => Frame != Input;

    /// <summary>The windows of the axes that there are.</summary>
    public IReadOnlyList<Window> Axes => IsSignal ? [Across] : [Down, Across];
}

/// <summary>One number of each square.</summary>
internal abstract record Pool(Extent Input, int Size)
    : NetLayer(Input, new(Input.Channels, Input.Height / Size, Input.Width / Size), Activation.Linear)
{
    public override bool ReadsInputAgain => false;
}

/// <summary>The largest of each square.</summary>
internal sealed record MaxPool(Extent Input, int Size) : Pool(Input, Size);

/// <summary>The mean of each square; of a square as large as the image, a vector.</summary>
internal sealed record AveragePool(Extent Input, int Size) : Pool(Input, Size);

/// <summary>Elements in other places, some of them left out, repeated or interpolated.</summary>
/// <param name="What">The layer's name, for descriptions.</param>
internal sealed record Move(Extent Input, Extent Output, string What) : NetLayer(Input, Output, Activation.Linear)
{
    public override bool ReadsInputAgain => false;
}

/// <summary>Each channel less its mean, over its deviation; the mean has to be known before anything can be less it.</summary>
internal sealed record BatchNorm(Extent Input) : NetLayer(Input, Input, Activation.Linear)
{
    /// <summary>Weight, bias, and the running mean and variance of each channel.</summary>
    public override int OtherParameters => 4 * Input.Channels;

    public override int TrainingReads => 2;
}

internal enum Cell
{
    Lstm,
    Gru,
}

/// <summary>The last hidden state of a cell that goes over a sequence from a zero state; the input has a channel for each feature, the width is time.</summary>
/// <remarks>Its parameters are PyTorch's: weight_ih [gates x units, features], weight_hh [gates x units, units], bias_ih, bias_hh.</remarks>
internal sealed record Recurrent(Extent Input, Cell Cell, int Units) : NetLayer(Input, new(Units, 1, 1), Activation.Linear)
{
    public int Steps => Input.Width;

    public int Features => Input.Channels;

    public int Gates => Cell == Cell.Lstm ? 4 : 3;

    /// <summary>Steps stand behind each other, each with its features.</summary>
    public override IReadOnlyList<int> InputShape => [Steps, Features];

    public override IReadOnlyList<int> OutputShape => [Units];

    public override int Weights => Gates * Units * (Features + Units);

    public override int Biases => 2 * Gates * Units;

    /// <summary>The first step's state is zero.</summary>
    public override long MultiplyAdds => (long)Steps * Gates * Units * Features + CarriedMultiplyAdds;

    public override long CarriedMultiplyAdds => (Steps - 1L) * Gates * Units * Units;

    public override long StreamMultiplyAdds => Weights;
}
