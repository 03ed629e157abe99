using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// Channels become squares of pixels, <c>[C r², H, W]</c> to <c>[C, H r, W r]</c>: y[c, h r + i, w r + j] = x[c r² + i r + j, h, w]; or the other way round.
/// </summary>
/// <param name="Factor">r, the side of a square.</param>
/// <param name="IsBack">Squares become channels.</param>
internal sealed record PixelShuffle(string Name, Shape Input, Shape Output, int Factor, bool IsBack)
    : Layer(Name, IsBack ? "pixel_unshuffle" : "pixel_shuffle", Input, Output)
{
    public override bool IsTransparent => Factor == 1;

    public override bool KeepsValues => true;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        if (IsTransparent)
            return x with { Shape = Output };
        x = x with { Shape = Input };
        var y = new Value(lowering.Activation(Name, "", Output.Size), Output, x.Order);
        (Value deep, Value wide) = IsBack ? (y, x) : (x, y);
        int[] sizes = [wide.Shape.Dimensions[0], deep.Shape.Dimensions[1], Factor, deep.Shape.Dimensions[2], Factor];
        (EquatableArray<int> d, EquatableArray<int> w) = (deep.Strides, wide.Strides);
        // Channel, row, row in the square, column, column in the square.
        int[] ofDeep = [d[0] * Factor * Factor, d[1], d[0] * Factor, d[2], d[0]], ofWide = [w[0], w[1] * Factor, w[1], w[2] * Factor, w[2]];
        (int[] from, int[] to) = IsBack ? (ofWide, ofDeep) : (ofDeep, ofWide);
        lowering.Add(new Rearrange(
            lowering.Method(Name), x.Buffer, y.Buffer, Access.Overwrite,
            Rearrange.Ordered(sizes.Select((size, k) => new WalkedAxis(size, from[k], to[k]))), 0, 0, null,
            IsBack ? "pixel unshuffle" : "pixel shuffle")
        {
            IsByTurns = true,
        });
        return y;
    }
}

/// <summary><c>pixel_shuffle</c> and <c>pixel_unshuffle</c>.</summary>
internal sealed class PixelShuffleDefinition(bool isBack) : LayerDefinition
{
    private static readonly EquatableArray<string> s_axes = EquatableArray.Of("height", "width");

    public override string Name => isBack ? "pixel_unshuffle" : "pixel_shuffle";

    public override OptionKeys Keys => OptionKeys.WithMain("factor");

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        int? given = b.Options.RequiredInteger("factor", 1, 4_096, "2");
        if (ChannelAxes.Of(b, s_axes) is not { } input || given is not { } factor)
            return null;
        (int channels, int height, int width) = (input.Dimensions[0], input.Dimensions[1], input.Dimensions[2]);
        int square = factor * factor;
        if (!isBack && channels % square != 0)
        {
            b.Report(Rules.ShapeMismatch, b.Options.SpanOf("factor"),
                $"{b.Options.Owner} makes squares of {factor} x {factor} pixels of {square} channels each, which does not divide the {channels} channels of {input} from '{b.Before}'; give it a multiple of {square} channels");
            return null;
        }

        if (isBack && (height % factor != 0 || width % factor != 0))
        {
            b.Report(Rules.ShapeMismatch, b.Options.SpanOf("factor"),
                $"{b.Options.Owner} takes squares of {factor} x {factor} pixels, but '{b.Before}' gives {input}, whose {(height % factor != 0 ? $"height of {height}" : $"width of {width}")} {factor} does not divide; write a factor that divides both, or put pad before it");
            return null;
        }

        int[] sizes = isBack ? [channels * square, height / factor, width / factor] : [channels / square, height * factor, width * factor];
        b.Output = new Shape(sizes.ToEquatable(), Layout.Channels);
        return b.Failed ? null : new PixelShuffle(b.Name, input, b.Output, factor, isBack);
    }
}
