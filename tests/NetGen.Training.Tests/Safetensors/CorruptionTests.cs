using System;
using System.IO;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests.Safetensors;

/// <summary>Random damage to a valid file: it loads, or it is refused and the network is as it was; nothing else.</summary>
public sealed class CorruptionTests
{
    private const int Files = 5_000;

    private static readonly byte[] valid = WeightFile.Bytes(WeightFile.TinyHeader, WeightFile.Floats(1, 2, 3, 4, 5, 6, 8, 9));

    [Fact]
    public void Changed_bytes_are_loaded_or_refused() => Check((ref SplitMix64 random) =>
    {
        byte[] file = [.. valid];
        for (int changes = random.NextBelow(3) + 1; changes > 0; changes--)
            file[random.NextBelow(file.Length)] = (byte)random.Next();
        return file;
    });

    [Fact]
    public void Flipped_bits_are_loaded_or_refused() => Check((ref SplitMix64 random) =>
    {
        byte[] file = [.. valid];
        file[random.NextBelow(file.Length)] ^= (byte)(1 << random.NextBelow(8));
        return file;
    });

    [Fact]
    public void Changed_digits_and_punctuation_of_the_header_are_loaded_or_refused() => Check((ref SplitMix64 random) =>
    {
        const string letters = "0123456789-.,:\"[]{}eE\\u F";
        byte[] file = [.. valid];
        file[8 + random.NextBelow(WeightFile.TinyHeader.Length)] = (byte)letters[random.NextBelow(letters.Length)];
        return file;
    });

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (int length = 0; length < valid.Length; length++)
            WeightFile.Refused(valid[..length]);
    }

    [Fact]
    public void Removed_and_doubled_stretches_are_loaded_or_refused() => Check((ref SplitMix64 random) =>
    {
        int begin = random.NextBelow(valid.Length), end = begin + random.NextBelow(valid.Length - begin) + 1;
        return random.NextBelow(2) == 0 ? [.. valid[..begin], .. valid[end..]] : [.. valid[..end], .. valid[begin..]];
    });

    private static void Check(RandomFile next)
    {
        var random = new SplitMix64(1);
        int loaded = 0, refused = 0;
        for (int i = 0; i < Files; i++)
        {
            byte[] file = next(ref random);
            var network = new TinyNetwork();
            try
            {
                network.LoadWeights(new MemoryStream(file));
                loaded++;
            }
            catch (WeightsException)
            {
                refused++;
                Assert.All(network.Parameters.ToArray(), value => Assert.Equal(7, value));
            }
        }

        Assert.True(refused > Files / 10, $"{loaded} files loaded, {refused} were refused.");
    }

    private delegate byte[] RandomFile(ref SplitMix64 random);
}
