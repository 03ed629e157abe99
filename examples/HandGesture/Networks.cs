namespace NetGen.Examples;

/// <summary>What a hand does, by the places of its joints: trained here.</summary>
[Network("gesture.yaml")]
internal partial class Gesture;

/// <summary>The same network with the weights of its authors compiled in.</summary>
[Network("gesture.yaml", Weights = "original.safetensors")]
internal partial class OriginalGesture;
