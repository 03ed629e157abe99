namespace NetGen.Examples;

/// <summary>An 8x8 image of a handwritten digit to the probabilities of the ten digits.</summary>
[Network("digits.yaml")]
public partial class Digits;
