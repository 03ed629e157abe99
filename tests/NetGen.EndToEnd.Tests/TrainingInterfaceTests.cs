using System.Collections.Generic;
using NetGen.Training;
using Xunit;

namespace NetGen.EndToEnd.Tests;

[Network]
[Input(2, 3, 4), Rescaling(0.5f, Offset = 1), Normalization, Rescaling(2), Normalization(Name = "second")]
[Flatten, Dense(3), Normalization(Name = "hidden")]
[Reshape(2, 12, From = "input"), Permute(1, 0), Flatten, Normalization(Name = "moved")]
[Concat("hidden", "moved"), Dense(3), CrossEntropyWithLogits(Reduction = Reduction.Sum, IgnoreLabel = -1)]
public sealed partial class ScaledImage;

[Network]
[Input(12), Rescaling(2, Offset = 1), Reshape(2, 2, 3), Dropout(0.5f), Rescaling(10, Offset = 3), Linear, Normalization(Mean = new[] { 0.5f, 2f }, Variance = 4)]
[Flatten, Normalization(Name = "behind"), Normalization(Name = "vector", From = "input"), Add("behind", "vector"), Dense(2), Sigmoid]
[BinaryCrossEntropy]
public sealed partial class ScaledVector;

[Network]
[Input(3), Dense(2), BinaryCrossEntropyWithLogits]
public sealed partial class TwoLogits;

/// <summary>What a generated class tells NetGen.Training of itself.</summary>
public sealed class TrainingInterfaceTests
{
    [Fact]
    public void Normalizations_of_the_input_say_which_element_is_of_which_feature_and_how_it_was_rescaled()
    {
        // Behind another normalization, a dense layer or a permute nothing can be said of the data.
        Assert.Equal([new InputNormalization("normalization_1.mean", "normalization_1.variance", 2, 12, 0.5f, 1)], NormalizationsOf<ScaledImage>());
        Assert.Equal(
            [new InputNormalization("normalization_1.mean", "normalization_1.variance", 2, 6, 20, 13), new InputNormalization("vector.mean", "vector.variance", 12, 1)],
            NormalizationsOf<ScaledVector>());
        Assert.Empty(NormalizationsOf<TwoLogits>());
    }

    [Fact]
    public void What_is_asked_again_and_again_is_made_once()
    {
        Assert.Same(NormalizationsOf<ScaledVector>(), NormalizationsOf<ScaledVector>());
        Assert.Same(TableOf<ScaledVector>(), TableOf<ScaledVector>());
    }

    [Fact]
    public void A_binary_network_has_a_label_for_each_output()
    {
        Assert.Equal((12, 2, true, false, false), Of<ScaledVector>());
        Assert.Equal((3, 2, true, true, false), Of<TwoLogits>());
        Assert.Equal((24, 1, false, true, true), Of<ScaledImage>());
        Assert.Equal((33, 1, false, false, false), Of<WideFromAttributes>());
    }

    [Fact]
    public void A_label_that_does_not_count_is_known()
    {
        Assert.Equal(-1, Ignored<ScaledImage>());
        Assert.Null(Ignored<TwoLogits>());
        Assert.Null(Ignored<WideFromAttributes>());
    }

    [Fact]
    public void Stated_statistics_are_where_they_begin()
    {
        ScaledVector net = new();
        Assert.Equal([0.5f, 2f], ParameterAccess.Get<ScaledVector>(net.Parameters, "normalization_1.mean"));
        Assert.Equal([4f, 4f], ParameterAccess.Get<ScaledVector>(net.Parameters, "normalization_1.variance"));
    }

    private static IReadOnlyList<InputNormalization> NormalizationsOf<TNetwork>() where TNetwork : class, INetwork<TNetwork> => TNetwork.Normalizations;

    private static IReadOnlyList<NetworkParameter> TableOf<TNetwork>() where TNetwork : class, INetwork<TNetwork> => TNetwork.ParameterTable;

    private static int? Ignored<TNetwork>() where TNetwork : class, IClassifierNetwork<TNetwork> => TNetwork.IgnoredLabel;

    private static (int Inputs, int Labels, bool IsBinary, bool GivesLogits, bool Sums) Of<TNetwork>() where TNetwork : class, IClassifierNetwork<TNetwork> =>
        (TNetwork.InputSize, TNetwork.LabelSize, TNetwork.IsBinary, TNetwork.GivesLogits, TNetwork.SumsLoss);
}
