using System;
using System.IO;
using System.Linq;
using NetGen.Training;

namespace NetGen.Benchmarks;

/// <summary>MNIST: 60,000 images of digits to train on and 10,000 to test with, 28x28 pixels from 0 to 1.</summary>
internal sealed record Mnist(LabeledDataset Train, LabeledDataset Test)
{
    /// <summary>Pixels of an image.</summary>
    public const int Pixels = 28 * 28;

    private const int Classes = 10;

    /// <exception cref="IOException">A file is missing, or is not what its name says; the message has the remedy.</exception>
    public static Mnist Read(string folder) => new(Set(folder, "train"), Set(folder, "t10k"));

    private static LabeledDataset Set(string folder, string name)
    {
        try
        {
            LabeledDataset set = Dataset.FromIdx(
                Find(folder, $"{name}-images-idx3-ubyte"), Find(folder, $"{name}-labels-idx1-ubyte"), [.. Enumerable.Range(0, Classes).Select(digit => $"{digit}")], 1 / 255f);
            return set.FeatureCount == Pixels ? set : throw new InvalidDataException($"{name}-images has images of {set.FeatureCount} pixels, not of {Pixels}");
        }
        catch (DatasetException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>The file of a folder by its name as MNIST's page has it, also with a dot in the place of its last dash, also compressed.</summary>
    private static string Find(string folder, string name)
    {
        string dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return new[] { name, dotted, name + ".gz", dotted + ".gz" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{folder} has no {name}, nor {name}.gz");
    }
}
