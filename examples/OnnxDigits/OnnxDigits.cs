namespace NetGen.Examples;

/// <summary>Reads digits of 28x28 pixels, with the weights of an ONNX model.</summary>
[Network("mnist.yaml")]
internal partial class OnnxDigits;
