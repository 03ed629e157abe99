using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class AugmentTests
{
    // Two channels of 2 x 3.
    private static float[] Image => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    [Fact]
    public void A_flip_mirrors_every_row()
    {
        float[] image = Image;

        Augment.FlipHorizontally(image, width: 3);

        Assert.Equal([3f, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10], image);
    }

    [Theory]
    [InlineData(0, 0, new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })]
    [InlineData(1, 0, new float[] { 0, 0, 0, 1, 2, 3, 0, 0, 0, 7, 8, 9 })]
    [InlineData(-1, 0, new float[] { 4, 5, 6, 0, 0, 0, 10, 11, 12, 0, 0, 0 })]
    [InlineData(0, 2, new float[] { 0, 0, 1, 0, 0, 4, 0, 0, 7, 0, 0, 10 })]
    [InlineData(0, -1, new float[] { 2, 3, 0, 5, 6, 0, 8, 9, 0, 11, 12, 0 })]
    [InlineData(1, 1, new float[] { 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 7, 8 })]
    [InlineData(5, -9, new float[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(int.MinValue, int.MaxValue, new float[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void A_shift_moves_every_channel_and_fills_with_0(int down, int right, float[] expected)
    {
        float[] image = Image;

        Augment.Shift(image, 2, 3, down, right);

        Assert.Equal(expected, image);
    }

    [Fact]
    public void Random_flips_and_shifts_take_every_case()
    {
        var random = new TrainingRandom(1);
        string[] flips = [.. Enumerable.Range(0, 20).Select(_ => { float[] image = Image; Augment.RandomFlipHorizontally(image, 3, random); return string.Join(',', image); }).Distinct()];
        string[] shifts = [.. Enumerable.Range(0, 200).Select(_ => { float[] image = Image; Augment.RandomShift(image, 2, 3, 1, random); return string.Join(',', image); }).Distinct()];

        Assert.Equal(2, flips.Length);
        Assert.Equal(9, shifts.Length);
    }

    [Fact]
    public void Noise_is_normal()
    {
        float[] noise = new float[100_000];

        Augment.AddNoise(noise, 2, new TrainingRandom(3));

        Assert.Equal(0, noise.Average(), 0.03f);
        Assert.Equal(4, noise.Average(x => x * x), 0.08f);
        Assert.Equal(0.6827, noise.Count(x => Math.Abs(x) < 2) / 1e5, 0.006);
        Assert.Equal(0.0455, noise.Count(x => Math.Abs(x) > 4) / 1e5, 0.003);
    }

    [Fact]
    public void Numbers_are_those_of_their_seed_and_range()
    {
        TrainingRandom a = new(7), b = new(7), c = new(8);
        float[] numbers = [.. Enumerable.Range(0, 10_000).Select(_ => a.NextFloat())];

        Assert.Equal(numbers, Enumerable.Range(0, 10_000).Select(_ => b.NextFloat()));
        Assert.NotEqual(numbers[0], c.NextFloat());
        Assert.All(numbers, x => Assert.InRange(x, 0, 0.99999994f));
        Assert.Equal(0.5f, numbers.Average(), 0.01f);
        Assert.Equal([-2, -1, 0], Enumerable.Range(0, 100).Select(_ => a.NextInt(-2, 1)).Distinct().Order());
        Assert.Throws<ArgumentOutOfRangeException>(() => a.NextInt(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => a.NextInt(int.MinValue, int.MaxValue));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        float[] image = Image;
        var random = new TrainingRandom(1);
        void Run()
        {
            Augment.RandomFlipHorizontally(image, 3, random);
            Augment.RandomShift(image, 2, 3, 1, random);
            Augment.AddNoise(image, 0.1f, random);
        }

        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Run();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Contains("The image has 12 numbers, which is not a multiple of the width, 5", Error(() => Augment.FlipHorizontally(Image, 5)));
        Assert.Contains("not a multiple of height x width, 5 x 3 = 15", Error(() => Augment.Shift(Image, 5, 3, 1, 1)));
        Assert.Contains("A standard deviation is finite", Error(() => Augment.AddNoise(Image, float.NaN, new TrainingRandom(0))));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augment.RandomShift(Image, 2, 3, -1, new TrainingRandom(0)));
    }

    private static string Error(Action act) => Assert.ThrowsAny<ArgumentException>(act).Message;
}
