using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// Each axis but the channels so many times as long: each element again and again, or what lies on the line between two neighbours. Output o stands where the
/// input's place (o + 1/2) / size - 1/2 is; beyond the outermost elements it is these.
/// </summary>
/// <param name="Sizes">How many times as long each axis becomes.</param>
internal sealed record Upsampling(string Name, string Kind, Shape Input, Shape Output, EquatableArray<int> Sizes, bool IsLinear)
    : Layer(Name, Kind, Input, Output)
{
    public override bool IsTransparent => Sizes.All(static s => s == 1);

    public override bool KeepsValues => true;

    public override bool KeepsIndices => !IsLinear || IsTransparent;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        if (IsTransparent)
            return x with { Shape = Output };
        x = x with { Shape = Input };
        var y = new Value(lowering.Activation(Name, "", Output.Size), Output, x.Order);
        (int rows, int columns) = Input.Rank == 2 ? (1, Input.Dimensions[1]) : (Input.Dimensions[1], Input.Dimensions[2]);
        (int down, int across) = Sizes.Count == 1 ? (1, Sizes[0]) : (Sizes[0], Sizes[1]);
        int channels = Input.Dimensions[0];
        bool isPlanes = x.Order == Order.RowMajor;
        var planes = new UpsampledPlanes(isPlanes ? channels : 1, rows, down, columns, across, isPlanes ? 1 : channels);
        lowering.Add(new Upsample(lowering.Method(Name), x.Buffer, y.Buffer, planes.Simplified(IsLinear), IsLinear));
        return y;
    }
}

/// <summary><c>upsample1d</c> and <c>upsample2d</c>.</summary>
internal sealed class UpsamplingDefinition(string name, string linear, params string[] axes) : LayerDefinition
{
    private const int MaxSize = 4_096;

    private readonly EquatableArray<string> _axes = new(axes);

    public override string Name => name;

    public override OptionKeys Keys => OptionKeys.WithMain("size", "interpolation");

    public override bool KeepsAxes => true;

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        EquatableArray<int>? sizes = b.Options.Sizes("size", _axes, 2, 1, MaxSize, "2");
        bool isLinear = b.Options.Word("interpolation", "nearest", linear) == linear;
        if (ChannelAxes.Of(b, _axes) is not { } input || sizes is not { } size)
            return null;
        if (!ShapeSize.Fits(b, input.Dimensions.Select((d, axis) => axis == 0 ? d : (long)d * size[axis - 1])))
            return null;
        b.Output = new Shape(input.Dimensions.Select((d, axis) => axis == 0 ? d : d * size[axis - 1]).ToEquatable(), Layout.Channels);
        return b.Failed ? null : new Upsampling(b.Name, name, input, b.Output, size, isLinear);
    }
}
