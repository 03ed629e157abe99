namespace NetGen.Examples;

/// <summary>Four measures of a flower to the probabilities of three species.</summary>
[Network]
[Input(4)]
[Dense(16, Activation = Activation.Relu)]
[Dense(3), Softmax]
[CrossEntropy]
[Sgd(LearningRate = 0.1f, Momentum = 0.9f)]
public partial class Iris;
