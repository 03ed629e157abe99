namespace NetGen.Examples;

/// <summary>Digits from 8x8 images, with the weights that the DigitsConv example found.</summary>
[Network("digits_conv.yaml")]
internal partial class DigitsConv;
