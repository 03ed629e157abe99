using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Layers.Activations;

/// <summary>Every activation, a line each. Each is a layer too.</summary>
internal static class ActivationRegistry
{
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
        new Exp(),
        new Log(),
        new Sqrt(),
        new Square(),
        new Abs(),
        new Reciprocal(),
        new Sin(),
        new Cos(),
        new Softmax(),
        new LogSoftmax(),
    ],
    ActivationWords.All);
}
