namespace NetGen.Examples;

/// <summary>A noisy 8x8 image to the image without the noise.</summary>
[Network("autoencoder.yaml")]
public partial class Autoencoder;
