using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Layers;

/// <summary>
/// y[o, p] = φ(b[o] + sum over c and k of w[o, c, k] x[c, p stride + k dilation]), the cross-correlation of each filter with the channels of its
/// group, zeros around them; transposed, each x[c, p] adds w[c, o, k] x[c, p] to y[o, p stride + k dilation], and what the padding covers is cut off.
/// </summary>
/// <param name="Windows">Along each axis but the channels; of a transposed one, along its output before it is cut.</param>
internal sealed record Convolution(
    string Name, string Kind, Shape Input, Shape Output, EquatableArray<WindowAxis> Windows, int Groups, bool IsTransposed, Activation Activation,
    bool UseBias, Initializer KernelInitializer, Initializer BiasInitializer, bool TrainsWeight, bool TrainsBias)
    : Layer(Name, Kind, Input, Output)
{
    private int Axes => Windows.Count;

    public override EquatableArray<Parameter> Parameters
    {
        get
        {
            ConvolutionGeometry geometry = Geometry;
            var weight = new Parameter(
                "weight", EquatableArray.Of([geometry.Filters, geometry.GroupChannels, .. Windows.Select(static a => a.Size)]),
                geometry.WeightStrides(Axes).ToEquatable(), KernelInitializer, TrainsWeight, IsPenalised: true);
            if (!UseBias)
                return EquatableArray.Of(weight);
            var bias = new Parameter("bias", EquatableArray.Of(Output.Dimensions[0]), EquatableArray.Of(1), BiasInitializer, TrainsBias, IsPenalised: false);
            return EquatableArray.Of(weight, bias);
        }
    }

    public override Activation? LastActivation => Activation;

    private ConvolutionGeometry Geometry
    {
        get
        {
            (int, int) Both(System.Func<WindowAxis, int> of, int ofOne) => Axes == 1 ? (ofOne, of(Windows[0])) : (of(Windows[0]), of(Windows[1]));
            // A transposed one is what a convolution from its output to its input tells its input.
            Shape small = IsTransposed ? Input : Output, large = IsTransposed ? Output : Input;
            EquatableArray<int> windows = small.Dimensions;
            return new ConvolutionGeometry(
                Both(static a => (int)a.Padded, 1), large.Dimensions[0], Axes == 1 ? (1, windows[1]) : (windows[1], windows[2]), small.Dimensions[0],
                Both(static a => a.Size, 1), Both(static a => a.Stride, 1), Both(static a => a.Dilation, 1), Groups);
        }
    }

    public override string? StepObstacle(int time) => IsTransposed || Axes != 1 ? base.StepObstacle(time)
        : Windows[0].Stride > 1 ? Invariant($"has strides: {Windows[0].Stride}, so some steps have no output")
        : Windows[0].Before == Windows[0].Extent - 1 && Windows[0].After == 0 ? null
        : "sees later steps; write padding: causal";

    /// <summary>One step of a stream: what the window sees of the steps before stands in the stream's state.</summary>
    private Value LowerStep(Lowering lowering, Value x, Buffer weight, Buffer? bias, string sum)
    {
        WindowAxis taps = Windows[0];
        int channels = Input.Dimensions[0];
        Buffer window = x.Buffer;
        if (taps.Size > 1)
        {
            Buffer line = lowering.State(Name, "Delay", DelayLine.SizeOf(channels, taps.Size, taps.Dilation));
            window = lowering.Activation(Name, "Window", taps.Size * channels);
            lowering.Add(new DelayLine(lowering.Method(Name, "Delay"), x.Buffer, line, window, channels, taps.Size, taps.Dilation));
        }

        ConvolutionGeometry geometry = (this with { Windows = EquatableArray.Of(new WindowAxis(taps.Size, taps.Size, 1, 1, 0, 0)) }).Geometry;
        var y = new Value(lowering.Activation(Name, sum, Output.Size), Output, Order.ChannelsLast);
        lowering.Add(new Correlate(lowering.Method(Name), window, weight, bias, y.Buffer, Access.Overwrite, geometry));
        return Activation.Lower(lowering, Name, "Activation", y);
    }

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        ConvolutionGeometry geometry = Geometry;
        EquatableArray<(int Before, int After)> edges = Windows.Select(static a => ((int)a.Before, (int)a.After)).ToEquatable();
        Buffer weight = lowering.Parameter(Name, "weight", geometry.WeightSize);
        Buffer? bias = UseBias ? lowering.Parameter(Name, "bias", Output.Dimensions[0]) : null;
        string sum = Activation is ElementwiseActivation { Formula: var formula } && formula == Map.X0 ? "" : "Sum";
        if (lowering.IsStep)
            return LowerStep(lowering, x, weight, bias, sum);
        x = x with { Shape = Input };
        // What learns needs its input's order in three products, so training keeps channels side by side.
        if (!IsTransposed && !lowering.IsTraining && Planes.AreOf(x) && CorrelatePlanes.Fits(geometry))
        {
            var planes = new Value(lowering.Activation(Name, sum, Output.Size), Output);
            lowering.Add(new CorrelatePlanes(lowering.Method(Name), lowering.PaddedPlanes(x, edges).Buffer, weight, bias, planes.Buffer, geometry));
            return Activation.Lower(lowering, Name, "Activation", planes);
        }

        Value y = IsTransposed
            ? Transposed(lowering, lowering.ChannelsLast(x).Buffer, weight, bias, geometry, edges, sum)
            : new Value(lowering.Activation(Name, sum, Output.Size), Output, Order.ChannelsLast);
        if (!IsTransposed)
            lowering.Add(new Correlate(lowering.Method(Name), lowering.ChannelsLast(x, edges).Buffer, weight, bias, y.Buffer, Access.Overwrite, geometry));
        return Activation.Lower(lowering, Name, "Activation", y);
    }

    private Value Transposed(
        Lowering lowering, Buffer x, Buffer weight, Buffer? bias, ConvolutionGeometry geometry, EquatableArray<(int Before, int After)> edges, string sum)
    {
        bool isCut = edges.Any(static e => e != (0, 0));
        Shape whole = Output with { Dimensions = EquatableArray.Of([Output.Dimensions[0], .. Windows.Select(static a => (int)a.Padded)]) };
        var y = new Value(lowering.Activation(Name, isCut ? "Whole" : sum, whole.Size), whole, Order.ChannelsLast);
        lowering.Add(new CorrelateTransposed(lowering.Method(Name), x, weight, bias, y.Buffer, Access.Overwrite, geometry));
        if (!isCut)
            return y;
        var cut = new Value(lowering.Activation(Name, sum, Output.Size), Output, Order.ChannelsLast);
        lowering.Add(new Rearrange(
            lowering.Method(Name, "Cut"), y.Buffer, cut.Buffer, Access.Overwrite,
            Rearrange.Ordered(Output.Dimensions.Select((d, axis) => new WalkedAxis(d, y.Strides[axis], cut.Strides[axis]))),
            edges.Select((e, axis) => e.Before * y.Strides[axis + 1]).Sum(), 0, null, "cut"));
        return cut;
    }
}
