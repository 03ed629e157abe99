using System;
using System.Linq;
using NetGen.Training.Mpi.Exchange;
using Xunit;

namespace NetGen.Training.Mpi.Tests.Exchange;

/// <summary>Sums of parts, by vectors.</summary>
public sealed unsafe class AdderTests
{
    [Fact]
    public void Parts_are_added_in_their_order_at_any_length_into_one_of_them()
    {
        for (int length = 0; length < 70; length++)
            for (int into = 0; into < 3; into++)
            {
                var random = new Random(length);
                float[][] parts = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(8))).ToArray())];
                float[] expected = [.. Enumerable.Range(0, length).Select(i => parts[0][i] + parts[1][i] + parts[2][i])];

                fixed (float* a = parts[0], b = parts[1], c = parts[2])
                    Adder.Add([a, b, c], into == 0 ? a : into == 1 ? b : c, length);

                Assert.Equal(expected, parts[into]);
            }
    }
}
