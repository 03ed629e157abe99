using NetGen.Compiler.Options;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>log_softmax(x) = x - log sum e^x over the features: the last axis, or the channels of [C, …].</summary>
internal sealed class LogSoftmax : ActivationDefinition
{
    public override string Name => "log_softmax";

    public override Activation Bind(OptionReader options) => new LogSoftmaxActivation();

    public override void Check(LayerBinder binder) => LayoutRule.Decided(binder, $"log_softmax over {binder.Input}");
}
