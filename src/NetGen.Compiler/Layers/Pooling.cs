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
/// y = the largest element, or the mean, of each window of each channel. Padding is never the largest; a mean counts the zeros of a numeric padding if it is to,
/// not those of <c>same</c>, and never what lies behind the padding.
/// </summary>
/// <param name="Axes">The windows along each axis but the channels.</param>
internal sealed record Pooling(string Name, string Kind, Shape Input, Shape Output, bool IsMax, EquatableArray<WindowAxis> Axes, bool CountsPadding)
    : Layer(Name, Kind, Input, Output)
{
    public override bool IsTransparent => Axes.All(static a => a is { Size: 1, Stride: 1 });

    /// <summary>What is between the smallest and the largest of a window, or 0, is between 0 and 1 where those are.</summary>
    public override bool KeepsValues => true;

    public override bool KeepsIndices => IsMax || IsTransparent;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        if (IsTransparent)
            return x with { Shape = Output };
        Buffer y = lowering.Activation(Name, "", Output.Size);
        PoolAxis[] axes = [.. Axes.Select(a => new PoolAxis(a.Length, a.Size, a.Stride, (int)a.Before, a.Outputs) { Beyond = CountsPadding && !IsMax ? a.Beyond : 0 })];
        var windows = new PoolWindows(axes.Length == 1 ? PoolAxis.None : axes[0], axes[axes.Length - 1], Input.Dimensions[0]);
        x = x with { Shape = Input };
        // Of pairs, planes are as good as channels side by side, and stay what they are.
        bool isPlanes = Planes.AreOf(x) && windows.IsOfPairs;
        Buffer ofX = isPlanes ? x.Buffer : lowering.ChannelsLast(x).Buffer;
        lowering.Add(new Pool(lowering.Method(Name), IsMax, ofX, y, windows with { IsPlanes = isPlanes }, CountsPadding));
        return new Value(y, Output, isPlanes ? Order.RowMajor : Order.ChannelsLast);
    }
}

/// <summary><c>max_pool1d</c> and its kin.</summary>
internal sealed class PoolingDefinition(string name, bool isMax, params string[] axes) : LayerDefinition
{
    private readonly EquatableArray<string> _axes = new(axes);

    public override string Name => name;

    public override OptionKeys Keys => isMax ? OptionKeys.WithMain("pool_size", "strides", "padding", "ceil_mode") : OptionKeys.WithMain("pool_size", "strides", "padding", "ceil_mode", "count_include_pad");

    public override bool KeepsAxes => true;

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        EquatableArray<int>? sizes = b.Options.Sizes("pool_size", _axes, null, 1, Padding.Max, "2");
        EquatableArray<int>? strides = b.Options.Find("strides") is null ? sizes : b.Options.Sizes("strides", _axes, 1, 1, Padding.Max, "2");
        Padding? padding = Padding.Read(b.Options, _axes, "valid", "same");
        bool roundsUp = b.Options.Boolean("ceil_mode", false), countsPadding = isMax ? padding?.Kind == PaddingKind.Numeric : ReadCounts(b, padding);
        Shape? input = ChannelAxes.Of(b, _axes);
        if (sizes is not { } size || strides is not { } stride || padding is null)
            return null;
        if (!CheckPadding(b, padding, size) || input is null)
            return null;

        WindowAxis[] windows = [.. Enumerable.Range(0, _axes.Count).Select(k => padding.Along(k, input.Dimensions[k + 1], size[k], stride[k], 1) with { RoundsUp = roundsUp && padding.Kind == PaddingKind.Numeric })];
        for (int k = 0; k < windows.Length; k++)
        {
            if (windows[k].Outputs > 0)
                continue;
            WindowAxis axis = windows[k];
            if (k == windows.Length - 1 && b.ReportChannelsLast($"pool_size of {axis.Size}", _axes[k]))
                return null;
            string padded = axis.Padded == axis.Length ? "" : $", {CSharpLiteral.Grouped(axis.Padded)} with its padding";
            b.Report(Rules.ShapeMismatch, b.Options.SpanOf("pool_size"),
                $"{b.Options.Owner} has a window of {CSharpLiteral.Grouped(axis.Size)} along the {_axes[k]}, but '{b.Before}' gives {input}, which is {axis.Length} there{padded}; write a pool_size of at most {axis.Padded}, or padding: same");
            return null;
        }

        if (!ShapeSize.Fits(b, windows.Select(static w => (long)w.Outputs).Prepend(input.Dimensions[0])))
            return null;
        b.Output = new Shape(windows.Select(static w => w.Outputs).Prepend(input.Dimensions[0]).ToEquatable(), Layout.Channels);
        return b.Failed ? null : new Pooling(b.Name, name, input, b.Output, isMax, windows.ToEquatable(), countsPadding);
    }

    /// <summary>Whether a mean counts the zeros of its padding: those of a number, if nothing else is said.</summary>
    private static bool ReadCounts(LayerBinder b, Padding? padding)
    {
        bool isNumeric = padding?.Kind != PaddingKind.Same;
        bool counts = b.Options.Boolean("count_include_pad", isNumeric);
        if (counts && !isNumeric)
            b.Report(Rules.OutOfRange, b.Options.SpanOf("count_include_pad"), $"{b.Options.Owner}: 'count_include_pad' is true, but a mean never counts what padding: same adds; leave it out, or write the padding as a number");
        return counts;
    }

    /// <summary>A window at an edge must see an element.</summary>
    private bool CheckPadding(LayerBinder b, Padding padding, EquatableArray<int> size)
    {
        if (padding.Kind != PaddingKind.Numeric)
            return true;
        for (int k = 0; k < _axes.Count; k++)
        {
            if (padding.Amounts[k] < size[k])
                continue;
            string along = _axes.Count == 1 ? "" : $" along the {_axes[k]}";
            b.Report(Rules.OutOfRange, b.Options.SpanOf("padding"),
                $"{b.Options.Owner}: 'padding' is {padding.Amounts[k]}{along}, but must be below the pool_size of {size[k]}: else a window at the edge holds nothing but padding");
            return false;
        }

        return true;
    }
}
