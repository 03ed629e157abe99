using System.Collections.Generic;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>Every activation, a line each. Each is a layer too.</summary>
internal static class ActivationRegistry
{
    /// <summary>What users of other libraries write, as a layer too.</summary>
    public static readonly Dictionary<string, string> Synonyms = new()
    {
        ["identity"] = "linear", ["none"] = "linear", ["logistic"] = "sigmoid", ["swish"] = "silu", ["hardswish"] = "hard_swish",
        ["hard_silu"] = "hard_swish", ["hardsigmoid"] = "hard_sigmoid", ["relu_6"] = "relu6", ["logsoftmax"] = "log_softmax", ["leakyrelu"] = "leaky_relu",
    };

    public static readonly Registry<ActivationDefinition> Activations = new("activation", Rules.UnknownActivation,
    [
        new Linear(),
        new Relu(),
        new Relu6(),
        new LeakyRelu(),
        new Elu(),
        new Selu(),
        new Gelu(),
        new Silu(),
        new Mish(),
        new Sigmoid(),
        new HardSigmoid(),
        new HardSwish(),
        new Tanh(),
        new Softplus(),
        new Softsign(),
        new Softmax(),
        new LogSoftmax(),
    ],
    Synonyms);
}
