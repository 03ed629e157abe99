using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>softmax(x) = e^x / sum e^x over the features: the last axis, or the channels of [C, …].</summary>
internal sealed class Softmax : ActivationDefinition
{
    public override string Name => "softmax";

    public override Activation Bind(OptionReader options) => new SoftmaxActivation();

    public override void Check(LayerBinder binder) => LayoutRule.Decided(binder, $"softmax over {binder.Input}");
}
