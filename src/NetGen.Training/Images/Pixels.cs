namespace NetGen.Training.Images;

/// <summary>An image in memory.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Bytes">[Height, Width, Channels].</param>
internal sealed record Pixels(int Width, int Height, int Channels, byte[] Bytes);
