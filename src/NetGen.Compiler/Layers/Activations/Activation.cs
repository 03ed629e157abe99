using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>An activation, as a layer of its own or at the end of another.</summary>
internal abstract record Activation(string Kind)
{
    /// <summary>Every value it gives is between 0 and 1, as a probability.</summary>
    public virtual bool GivesProbabilities => false;

    /// <summary>Adds its kernel; gives back its output, in the order in memory of its input.</summary>
    /// <param name="what">What to add to the layer's name for the kernel: nothing where the layer is the activation.</param>
    public Value Lower(Lowering lowering, string layer, string what, Value x)
    {
        // A loss reads what the activation that it fuses with was applied to, in the order of its target.
        if (lowering.IsFusedByLoss || (IsAlongFeatures && x.Shape.Layout != Layout.Channels))
            x = lowering.RowMajor(x);
        return x with { Buffer = LowerInOrder(lowering, layer, what, x) };
    }

    /// <summary>It runs over the features, which it takes innermost, or over channels, in either order.</summary>
    protected virtual bool IsAlongFeatures => false;

    /// <inheritdoc cref="Lower"/>
    protected abstract Buffer LowerInOrder(Lowering lowering, string layer, string what, Value x);
}

/// <summary>f(x) for each element, over the variable x.</summary>
/// <param name="Derivative">f'(x) over x and y = f(x), where that of the formula as it stands would overflow, cancel or differ at a kink.</param>
internal sealed record ElementwiseActivation(string Kind, Expr Formula, bool IsProbability = false, Expr? Derivative = null) : Activation(Kind)
{
    public override bool GivesProbabilities => IsProbability;

    protected override Buffer LowerInOrder(Lowering lowering, string layer, string what, Value x)
    {
        if (Formula == Map.X0)
            return x.Buffer;
        Buffer y = lowering.Activation(layer, "", x.Shape.Size);
        lowering.Add(new Map(lowering.Method(layer, what), x.Buffer, y, Formula, Kind, Derivative: Derivative));
        return y;
    }
}

/// <summary>The softmax over the features: the last axis, or the channels.</summary>
internal sealed record SoftmaxActivation() : Activation("softmax")
{
    public override bool GivesProbabilities => true;

    protected override bool IsAlongFeatures => true;

    /// <summary>Over which elements of a shape a softmax, or a categorical loss, runs.</summary>
    public static SoftmaxAxis AxisOf(Shape shape, Order order = Order.RowMajor) => shape.Layout switch
    {
        Layout.Channels when order == Order.ChannelsLast => new SoftmaxAxis(shape.Size / shape.Dimensions[0], shape.Dimensions[0], 1),
        Layout.Channels => new SoftmaxAxis(shape.Size / shape.Dimensions[0], shape.Dimensions[0], shape.Size / shape.Dimensions[0]),
        _ => new SoftmaxAxis(shape.Size / shape.Last, shape.Last, 1),
    };

    protected override Buffer LowerInOrder(Lowering lowering, string layer, string what, Value x)
    {
        Buffer y = lowering.Activation(layer, "", x.Shape.Size);
        lowering.Add(new Kernels.Softmax(lowering.Method(layer, what), x.Buffer, y, AxisOf(x.Shape, x.Order)));
        return y;
    }
}

/// <summary>The logarithm of the softmax, over the same axis.</summary>
internal sealed record LogSoftmaxActivation() : Activation("log_softmax")
{
    protected override Buffer LowerInOrder(Lowering lowering, string layer, string what, Value x)
    {
        Buffer y = lowering.Activation(layer, "", x.Shape.Size);
        lowering.Add(new Kernels.LogSoftmax(lowering.Method(layer, what), x.Buffer, y, SoftmaxActivation.AxisOf(x.Shape, x.Order)));
        return y;
    }
}

/// <summary>One activation of the grammar. The summary of each says its formula.</summary>
internal abstract class ActivationDefinition : IDefinition
{
    public abstract string Name { get; }

    public virtual OptionKeys Keys => OptionKeys.None;

    public abstract Activation Bind(OptionReader options);

    /// <summary>What the activation asks of what it is applied to, as a layer; behind another layer it is known what the axes are.</summary>
    public virtual void Check(LayerBinder binder)
    {
    }

    /// <summary>The activation that an option names; linear where it is absent, null after an error.</summary>
    public static Activation? Read(OptionReader options, string key)
    {
        if (options.Find(key) is not { } value)
            return new ElementwiseActivation("linear", Map.X0);
        int before = options.Diagnostics.Count;
        Activation? activation = null;
        Node? node = options.ReadNode(value, "an activation", $"{key}: relu");
        if (node is { Kind.Value: "prelu" })
            options.Diagnostics.Report(Rules.UnknownActivation, node.Kind.Span, $"{options.Owner}: 'prelu' has a parameter, so it is no activation but a layer of its own; put prelu behind {options.Owner}");
        else if (node is not null && ActivationRegistry.Activations.Find(node.Kind, options) is { } definition)
            activation = definition.Bind(options.Within(node, $"activation '{definition.Name}'", definition.Keys));

        if (options.Diagnostics.Count == before)
            return activation;
        options.Fail();
        return null;
    }
}
