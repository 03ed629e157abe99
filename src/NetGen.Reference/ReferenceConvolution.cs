using System.Linq;

namespace NetGen.Reference;

/// <summary>
/// A convolution as the network of its edges: an edge leads from a position of the input to one of the output by a tap,
/// and the edges of a tap share its weights. y[o, q] = b[o] + sum over the edges into q, sum over the channels c of o's
/// group, of w[o, c, tap] x[c, p]. The gradient of a weight is the sum over the edges that share it.
/// </summary>
internal sealed class ReferenceConvolution : ReferenceLayer
{
    private readonly string _name;
    private readonly double[] _weight;
    private readonly double[]? _bias;
    private readonly (int From, int To, int Tap)[] _edges;
    private readonly bool _isTransposed;
    private readonly int _groups, _in, _out, _inPositions, _outPositions, _taps;

    private ReferenceConvolution(
        string name, ReferenceShape input, ReferenceShape output, (int From, int To, int Tap)[] edges, int taps, int groups, bool isTransposed,
        double[] weight, double[]? bias)
        : base(output)
    {
        _name = name;
        _edges = edges;
        _taps = taps;
        _groups = groups;
        _isTransposed = isTransposed;
        _weight = weight;
        _bias = bias;
        (_in, _inPositions) = (input.Sizes[0], input.Length / input.Sizes[0]);
        (_out, _outPositions) = (output.Sizes[0], output.Length / output.Sizes[0]);
    }

    /// <summary>Each output is a window over the input; the weight is [out, in / groups, taps].</summary>
    public static ReferenceConvolution Correlate(
        string name, ReferenceShape input, int filters, ReferenceWindows windows, int groups, double[] weight, double[]? bias)
    {
        int[] sizes = input.Sizes[1..], outputs = windows.Count(sizes);
        return new ReferenceConvolution(
            name, input, new ReferenceShape([filters, .. outputs], true), [.. windows.Reads(outputs, sizes).Select(read => (read.Position, read.Window, read.Tap))],
            windows.Taps, groups, false, weight, bias);
    }

    /// <summary>Each input is a window over the output, so that edges lead the other way; the weight is [in, out / groups, taps].</summary>
    public static ReferenceConvolution Transpose(
        string name, ReferenceShape input, int filters, ReferenceWindows windows, int[] outputPadding, int groups, double[] weight, double[]? bias)
    {
        int[] sizes = input.Sizes[1..];
        int[] outputs =
        [
            .. sizes.Select((size, a) =>
                (size - 1) * windows.Strides[a] - windows.Before[a] - windows.After[a] + windows.Dilation[a] * (windows.Kernel[a] - 1) + outputPadding[a] + 1),
        ];
        return new ReferenceConvolution(
            name, input, new ReferenceShape([filters, .. outputs], true), [.. windows.Reads(sizes, outputs).Select(read => (read.Window, read.Position, read.Tap))],
            windows.Taps, groups, true, weight, bias);
    }

    public override double[] Forward(double[] x, ReferencePass pass)
    {
        double[] y = new double[Output.Length];
        for (int o = 0; o < _out; o++)
        {
            for (int q = 0; q < _outPositions; q++)
                y[o * _outPositions + q] = _bias is null ? 0 : _bias[o];
            for (int c = FirstInput(o); c < FirstInput(o) + _in / _groups; c++)
            {
                int first = FirstWeight(o, c), xs = c * _inPositions, ys = o * _outPositions;
                foreach ((int from, int to, int tap) in _edges)
                    y[ys + to] += _weight[first + tap] * x[xs + from];
            }
        }

        return y;
    }

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] dw = pass.Gradients![_name + ".weight"], dx = new double[x.Length];
        for (int o = 0; o < _out; o++)
        {
            if (_bias is not null)
                pass.Gradients[_name + ".bias"][o] += dy[(o * _outPositions)..((o + 1) * _outPositions)].Sum();
            for (int c = FirstInput(o); c < FirstInput(o) + _in / _groups; c++)
            {
                int first = FirstWeight(o, c), xs = c * _inPositions, ys = o * _outPositions;
                foreach ((int from, int to, int tap) in _edges)
                {
                    double d = dy[ys + to];
                    dw[first + tap] += d * x[xs + from];
                    dx[xs + from] += d * _weight[first + tap];
                }
            }
        }

        return dx;
    }

    /// <summary>The first input channel of the group of an output channel.</summary>
    private int FirstInput(int output) => output / (_out / _groups) * (_in / _groups);

    /// <summary>Where the weights of an edge between two channels begin, one for each tap.</summary>
    private int FirstWeight(int output, int input) => _isTransposed
        ? (input * (_out / _groups) + output % (_out / _groups)) * _taps
        : (output * (_in / _groups) + input % (_in / _groups)) * _taps;
}
