using System;
using System.IO;
using NetGen.Training;

namespace NetGen.Benchmarks;

/// <summary>MNIST: 60,000 images of digits to train on and 10,000 to test with, 28x28 pixels from 0 to 1.</summary>
internal sealed record Mnist(LabeledDataset Train, LabeledDataset Test)
{
    /// <summary>Pixels of an image.</summary>
    public const int Pixels = Side * Side;

    private const int Side = 28, Classes = 10;

    /// <exception cref="IOException">A file is missing, or is not what its name says; the message has the remedy.</exception>
    public static Mnist Read(string folder) => new(Set(folder, "train"), Set(folder, "t10k"));

    private static LabeledDataset Set(string folder, string name)
    {
        IdxFile images = IdxFile.Find(folder, $"{name}-images-idx3-ubyte", 3), labels = IdxFile.Find(folder, $"{name}-labels-idx1-ubyte", 1);
        if (images.Sizes is not [_, Side, Side])
            throw new InvalidDataException($"{name}-images has images of {images.Sizes[1]}x{images.Sizes[2]} pixels, not of {Side}x{Side}");
        if (images.Sizes[0] != labels.Sizes[0])
            throw new InvalidDataException($"{name}-images has {images.Sizes[0]} images, but {name}-labels has {labels.Sizes[0]} labels");
        if (labels.Elements.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(Classes - 1)))
            throw new InvalidDataException($"{name}-labels has labels other than 0 to {Classes - 1}");
        return new(Array.ConvertAll(images.Elements, pixel => pixel / 255f), Pixels, Array.ConvertAll(labels.Elements, label => (int)label));
    }
}
