using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class SplitTests
{
    // Feature i of sample i, so that a feature tells where the sample was.
    private static readonly LabeledDataset data =
        new([.. Enumerable.Range(0, 100).Select(i => (float)i)], 1, [.. Enumerable.Range(0, 100).Select(i => i < 10 ? 0 : i < 40 ? 1 : 2)]);

    [Fact]
    public void SplitMix64_gives_the_numbers_of_its_reference_implementation()
    {
        var random = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()).ToArray());
    }

    [Fact]
    public void Numbers_below_a_bound_are_even()
    {
        var random = new SplitMix64(1);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++)
            counts[random.NextBelow(7)]++;

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Generators_for_two_purposes_share_no_stretch_of_numbers()
    {
        SplitMix64 first = SplitMix64.For(1, 1), second = SplitMix64.For(1, 2);
        ulong[] numbers = [.. Enumerable.Range(0, 1000).Select(_ => first.Next())];

        Assert.DoesNotContain(second.Next(), numbers);
    }

    [Fact]
    public void Every_sample_is_in_one_of_the_two_sets_with_its_label()
    {
        (LabeledDataset train, LabeledDataset test) = data.Split(0.25, seed: 3);

        Assert.Equal((75, 25), (train.Count, test.Count));
        Assert.Equal(data.Features.ToArray(), train.Features.ToArray().Concat(test.Features.ToArray()).Order());
        Assert.All(Enumerable.Range(0, 25), i => Assert.Equal(data.Labels[(int)test.Features[i]], test.Labels[i]));
    }

    [Fact]
    public void A_split_is_the_same_for_ever()
    {
        (_, LabeledDataset test) = data.Split(0.1, seed: 1);

        // By an implementation apart from this one, in Python's whole numbers.
        Assert.Equal([66f, 11, 43, 63, 2, 91, 88, 14, 37, 35], test.Features.ToArray());
    }

    [Fact]
    public void Another_seed_gives_another_order() =>
        Assert.NotEqual(data.Split(0.5, seed: 1).Test.Features.ToArray(), data.Split(0.5, seed: 2).Test.Features.ToArray());

    [Fact]
    public void Stratified_sets_have_each_class_in_its_share()
    {
        (LabeledDataset train, LabeledDataset test) = data.Split(0.2, seed: 1, stratify: true);

        Assert.Equal([2, 6, 12], Enumerable.Range(0, 3).Select(label => test.Labels.Count(label)));
        Assert.Equal([8, 24, 48], Enumerable.Range(0, 3).Select(label => train.Labels.Count(label)));
        Assert.Equal(data.Features.ToArray(), train.Features.ToArray().Concat(test.Features.ToArray()).Order());
    }

    [Fact]
    public void Shares_that_do_not_divide_are_rounded_to_the_same_total()
    {
        (_, LabeledDataset test) = data.Split(0.33, seed: 1, stratify: true);

        // 3.3, 9.9 and 19.8: the two largest remainders round up.
        Assert.Equal([3, 10, 20], Enumerable.Range(0, 3).Select(label => test.Labels.Count(label)));
    }

    [Theory]
    [InlineData(0.001, 1)]
    [InlineData(0.999, 99)]
    public void Both_sets_have_at_least_one_sample(double fraction, int expected) => Assert.Equal(expected, data.Split(fraction).Test.Count);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(20)]
    [InlineData(double.NaN)]
    public void A_fraction_outside_0_to_1_is_refused(double fraction) =>
        Assert.Equal("testFraction", Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(fraction)).ParamName);

    [Fact]
    public void One_sample_cannot_be_split() =>
        Assert.Contains("There is 1 sample", Assert.Throws<ArgumentException>(() => new TargetDataset([1], 1, [1]).Split(0.5)).Message);

    [Fact]
    public void Samples_with_several_labels_cannot_be_stratified() =>
        Assert.Contains("2 labels", Assert.Throws<ArgumentException>(() =>
            new LabeledDataset([1, 2], 1, [0, 1, 1, 0], labelSize: 2).Split(0.5, stratify: true)).Message);

    [Fact]
    public void Targets_are_split_with_their_features()
    {
        float[] numbers = [.. Enumerable.Range(0, 50).Select(i => (float)i)];

        (TargetDataset train, TargetDataset test) = new TargetDataset(numbers, 1, [.. numbers.Select(x => 2 * x)]).Split(0.2, seed: 5);

        Assert.Equal((40, 10), (train.Count, test.Count));
        Assert.Equal(test.Features.ToArray().Select(x => 2 * x), test.Targets.ToArray());
    }
}
