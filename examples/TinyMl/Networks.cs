namespace NetGen.Examples;

/// <summary>Gives the sound of a machine back, and of a broken one worse.</summary>
[Network("ad01.yaml")]
internal partial class AnomalyDetection;

/// <summary>Tells the ten classes of CIFAR-10 in images of 32x32 pixels.</summary>
[Network("resnet8.yaml")]
internal partial class ImageClassification;

/// <summary>Tells ten words, silence and all else in a second of sound.</summary>
[Network("kws.yaml")]
internal partial class KeywordSpotting;

/// <summary>Tells whether there is a person in an image of 96x96 pixels.</summary>
[Network("vww96.yaml")]
internal partial class VisualWakeWords;
