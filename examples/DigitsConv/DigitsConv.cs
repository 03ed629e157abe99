namespace NetGen.Examples;

/// <summary>An 8x8 image of a handwritten digit to the probabilities of the ten digits, by two convolutions.</summary>
[Network("digits_conv.yaml")]
public partial class DigitsConv;
