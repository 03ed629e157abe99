namespace NetGen.Examples;

/// <summary>From the magnitudes of a block's frequencies to the part of each that is speech.</summary>
[Network("dtln_1.yaml")]
internal partial class SpectralMask;

/// <summary>From a block of sound to the speech in it.</summary>
[Network("dtln_2.yaml")]
internal partial class SpeechFilter;
