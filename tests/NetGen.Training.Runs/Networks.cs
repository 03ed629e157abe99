namespace NetGen.Training.Runs;

/// <summary>A multilayer perceptron with dropout, trained by Adam.</summary>
[Network("Specs/mlp.yaml")]
internal sealed partial class Mlp;

/// <summary>A multilayer perceptron without randomness, trained by SGD with momentum.</summary>
[Network("Specs/plain.yaml")]
internal sealed partial class Plain;

/// <summary>Convolutions, trained by SGD with Nesterov's momentum.</summary>
[Network("Specs/conv.yaml")]
internal sealed partial class Conv;
