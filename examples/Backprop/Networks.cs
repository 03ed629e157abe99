namespace NetGen.Examples;

/// <summary>The textbook's network.</summary>
[Network("textbook.yaml")]
public partial class Textbook;

/// <summary>
/// The same network with biases that may move. A bias is added to its unit's net input, so dE/dbias is dE/dnet,
/// the "delta" of the textbook.
/// </summary>
[Network]
[Input(2)]
[Dense(2, Activation = Activation.Sigmoid, Name = "hidden")]
[Dense(2, Activation = Activation.Sigmoid, Name = "output")]
[HalfSquaredError]
[Sgd(LearningRate = 0.5f)]
public partial class FreeBiases;

/// <summary>One layer of it without its sigmoid: the net inputs of the two units.</summary>
[Network]
[Input(2)]
[Dense(2, Name = "layer")]
public partial class NetInput;

/// <summary>One whole layer of it.</summary>
[Network]
[Input(2)]
[Dense(2, Activation = Activation.Sigmoid, Name = "layer")]
public partial class OneLayer;
