using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>Every activation, a line each. Each is a layer too.</summary>
internal static class ActivationRegistry
{
    public static readonly Registry<ActivationDefinition> Activations = new("activation", Rules.UnknownActivation,
    [
        new Linear(),
        new Relu(),
        new LeakyRelu(),
        new Elu(),
        new Sigmoid(),
        new Tanh(),
        new Softplus(),
        new Softmax(),
    ],
    ["relu6", "prelu", "selu", "gelu", "silu", "mish", "hard_sigmoid", "hard_swish", "softsign", "log_softmax"],
    new() { ["identity"] = "linear", ["none"] = "linear", ["logistic"] = "sigmoid", ["swish"] = "silu" });
}
