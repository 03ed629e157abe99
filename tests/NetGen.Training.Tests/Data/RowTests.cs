using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class RowTests
{
    private sealed record Flower(float Width, float Height, string Kind, int Number);

    private static readonly Flower[] flowers = [new(1, 2, "rose", 0), new(3, 4, "lily", 1), new(5, 6, "rose", 0)];

    [Fact]
    public void Objects_become_samples_with_a_label()
    {
        LabeledDataset byText = Dataset.FromRows(flowers, f => [f.Width, f.Height], label: f => f.Kind, featureNames: ["w", "h"]);
        LabeledDataset byNumber = Dataset.FromRows(flowers, f => [f.Width], label: f => f.Number);

        Assert.Equal([1f, 2, 3, 4, 5, 6], byText.Features.ToArray());
        Assert.Equal([1, 0, 1], byText.Labels.ToArray());
        Assert.Equal(["lily", "rose"], byText.ClassNames);
        Assert.Equal(["w", "h"], byText.FeatureNames);
        Assert.Equal([0, 1, 0], byNumber.Labels.ToArray());
        Assert.Equal([0, 1, 0], Dataset.FromRows(flowers, f => [f.Width], label: f => f.Kind, classNames: ["rose", "lily", "iris"]).Labels.ToArray());
    }

    [Fact]
    public void Objects_become_samples_with_targets()
    {
        Assert.Equal([2f, 4, 6], Dataset.FromRows(flowers, f => [f.Width], target: f => f.Height).Targets.ToArray());
        Assert.Equal(2, Dataset.FromRows(flowers.Where(f => f.Width > 1), f => [f.Width], targets: f => [f.Height, f.Width]).TargetSize);
    }

    [Fact]
    public void Rows_that_do_not_agree_are_refused_with_their_number()
    {
        Assert.Contains("Row 1 has 3 features, but row 0 has 1", Error(() => Dataset.FromRows(flowers, f => new float[(int)f.Width], target: f => 1f)));
        Assert.Contains("Row 1 has 4 targets, but row 0 has 2", Error(() => Dataset.FromRows(flowers, f => [1], targets: f => new float[(int)f.Height])));
        Assert.Contains("Row 0 has 0 features; give at least 1", Error(() => Dataset.FromRows(flowers, f => [], target: f => 1f)));
        Assert.Contains("The features of row 0 are null", Error(() => Dataset.FromRows(flowers, f => null!, target: f => 1f)));
        Assert.Contains("There are no rows", Error(() => Dataset.FromRows(flowers[..0], f => [1], target: f => 1f)));
        Assert.Contains("The label of row 0 is null", Error(() => Dataset.FromRows(flowers, f => [1], label: f => (string)null!)));
        Assert.Contains("The label of row 0 is 'rose', which is none of the 2 classes 'lily', 'rosa'; did you mean 'rosa'?", Error(() => Dataset.FromRows(flowers, f => [1], label: f => f.Kind, classNames: ["lily", "rosa"])));
        Assert.Contains("Classes 0 and 1 are both named 'a'", Error(() => Dataset.FromRows(flowers, f => [1], label: f => f.Kind, classNames: ["a", "a"])));
        Assert.Contains("Label -1 of sample 0 is out of range", Error(() => Dataset.FromRows(flowers, f => [1], label: f => -1)));
    }

    private static string Error(Func<object> act) => Assert.ThrowsAny<ArgumentException>(act).Message;
}
