using NetGen.Compiler.Binding;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>softmax(x) = e^x / sum e^x over the features: the last axis, or the channels of [C, …].</summary>
internal sealed class Softmax : ActivationDefinition
{
    public override string Name => "softmax";

    public override Activation Bind(OptionReader options) => new SoftmaxActivation();

    public override void Check(Shape shape, SourceSpan span, OptionReader options) => LayoutRule.Decided(shape, span, options, $"softmax over {shape}");
}
