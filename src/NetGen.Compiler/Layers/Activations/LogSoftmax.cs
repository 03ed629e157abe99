using NetGen.Compiler.Binding;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>log_softmax(x) = x - log sum e^x over the features: the last axis, or the channels of [C, …].</summary>
internal sealed class LogSoftmax : ActivationDefinition
{
    public override string Name => "log_softmax";

    public override Activation Bind(OptionReader options) => new LogSoftmaxActivation();

    public override void Check(Shape shape, SourceSpan span, OptionReader options) => LayoutRule.Decided(shape, span, options, $"log_softmax over {shape}");
}
