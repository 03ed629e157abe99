namespace NetGen.Training.Tests;

/// <summary>The irises, standardized, split.</summary>
internal static class Flowers
{
    public static (LabeledDataset Train, LabeledDataset Test) Sets { get; } = Read();

    public static LabeledDataset Train => Sets.Train;

    public static LabeledDataset Test => Sets.Test;

    private static (LabeledDataset, LabeledDataset) Read()
    {
        (LabeledDataset train, LabeledDataset test) = Dataset.FromCsv("data/iris.csv", label: "species").Split(0.2, seed: 1, stratify: true);
        var scaler = Standardizer.FitFeatures(train);
        return (scaler.ApplyToFeatures(train), scaler.ApplyToFeatures(test));
    }
}
