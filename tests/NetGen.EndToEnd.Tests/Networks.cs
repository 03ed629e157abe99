namespace NetGen.EndToEnd.Tests;

[Network("Specs/textbook.yaml")]
public sealed partial class Textbook;

[Network("Specs/linear.yaml")]
public sealed partial class Linear;

[Network("Specs/sigmoid.yaml")]
public sealed partial class SigmoidNet;

[Network("Specs/binary.yaml")]
public sealed partial class Binary;

[Network("Specs/wide.yaml")]
public sealed partial class Wide;

[Network("Specs/clipped.yaml")]
public sealed partial class Clipped;

[Network("Specs/scheduled.yaml")]
public sealed partial class Scheduled;

[Network("Specs/state_dict.yaml")]
public sealed partial class StateDict;

[Network("Specs/recurrent_state_dict.yaml")]
public sealed partial class RecurrentStateDict;

[Network("Specs/deep.yaml")]
public sealed partial class Deep;

[Network(Seed = 7, L2 = 0.001f)]
[Input(33)]
[Dense(37, Activation = Activation.Tanh, Name = "hidden")]
[Dropout(0.25f)]
[Dense(10, Name = "logits"), Softmax]
[CrossEntropy]
[Sgd(LearningRate = 0.05f, Momentum = 0.9f, Nesterov = true)]
public sealed partial class WideFromAttributes;
