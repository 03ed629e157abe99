using System;
using System.IO;

namespace NetGen.Training.Runs;

/// <summary>The data of all runs.</summary>
internal static class Digits
{
    /// <summary>1,438 images to train on and 359 to validate with, pixels from 0 to 1.</summary>
    public static (LabeledDataset Train, LabeledDataset Validation) Load()
    {
        LabeledDataset digits = Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "digits.csv"), label: "digit");
        float[] pixels = digits.Features.ToArray();
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] /= 16;
        return digits.WithFeatures(pixels).Split(testFraction: 0.2, seed: 1, stratify: true);
    }
}
