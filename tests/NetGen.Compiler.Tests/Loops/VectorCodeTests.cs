using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Loops;
using Xunit;

namespace NetGen.Compiler.Tests.Loops;

/// <summary>Loops over neighbours meet each of them: once where that is asked for, and none beyond the last.</summary>
public sealed class VectorCodeTests
{
    private static readonly Memory s_memory = new("x");

    /// <summary>Ways to run a body over some neighbours.</summary>
    private static readonly Dictionary<string, Action<VectorCode, int, bool, Action<Address, Part>>> s_ways = new()
    {
        ["Over"] = static (v, count, once, body) => v.Over(count, once, [("at", Start)], (at, part) => body(at[0], part)),
        ["OverInOneLoop"] = static (v, count, once, body) => v.OverInOneLoop(count, once, [("at", Start)], (at, part) => body(at[0], part)),
        ["OverSeveral, two"] = static (v, count, once, body) =>
            v.OverSeveral(count, 2, once, [("at", Start)], parts => Array.ForEach(parts, p => body(p.At[0], p.Part))),
        ["OverSeveral, four"] = static (v, count, once, body) =>
            v.OverSeveral(count, 4, once, [("at", Start)], parts => Array.ForEach(parts, p => body(p.At[0], p.Part))),
        ["OverInChains"] = static (v, count, _, body) =>
            v.OverInChains(count, v.ChainsFor(count, 4), [("at", Start)], (at, part, _) => body(at[0], part)),
    };

    private static Address Start => new(s_memory);

    public static TheoryData<string> Ways => [.. s_ways.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Every_neighbour_is_met_once(string way)
    {
        foreach ((int count, int? written, int lanes, bool isStraight) in Shapes())
        {
            float[] after = Run(v => s_ways[way](v, count, true, (at, part) => v.Store(at, part, v.Load(at, part) + Term.One)), count, written, lanes,
                isStraight);

            Assert.True(after.All(static x => x == 1), $"{count} elements for {lanes} lanes: {string.Join(' ', after)}");
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Every_neighbour_is_met_where_it_may_be_twice(string way)
    {
        foreach ((int count, int? written, int lanes, bool isStraight) in Shapes())
        {
            float[] after = Run(v => s_ways[way](v, count, false, (at, part) => v.Store(at, part, Term.One)), count, written, lanes, isStraight);

            Assert.True(after.All(static x => x == 1), $"{count} elements for {lanes} lanes: {string.Join(' ', after)}");
        }
    }

    [Fact]
    public void A_sum_counts_every_neighbour_once()
    {
        foreach ((int count, int? written, int lanes, bool isStraight) in Shapes())
        {
            // All are 0, and each counts 1.
            float[] after = Run(v => v.StoreElement(Start,
                v.Sum(count, [("at", Start)], (v, at, part) => VectorCode.Counted(v.Load(at[0], part) + Term.One, part))), count, written, lanes, isStraight);

            Assert.Equal(count, after[0]);
        }
    }

    [Theory]
    [InlineData(5, 8)]
    [InlineData(12, 16)]
    [InlineData(7, 16)]
    public void Elements_that_do_not_fill_a_vector_are_refused(int count, int widest)
    {
        var v = new VectorCode(new CodeBuilder(), null, false, static _ => Start, widest);

        Assert.All(s_ways, way => Assert.Throws<InvalidOperationException>(() => way.Value(v, count, true, static (_, _) => { })));
    }

    /// <summary>Counts with the lanes that their text is written for, or any, and those that run it.</summary>
    private static IEnumerable<(int Count, int? Written, int Lanes, bool IsStraight)> Shapes()
    {
        for (int count = 1; count <= 80; count++)
        {
            foreach (int lanes in new[] { 4, 8, 16 }.Where(l => l <= Math.Max(4, count)))
            {
                yield return (count, null, lanes, false);
                yield return (count, lanes, lanes, false);
                yield return (count, lanes, lanes, true);
            }

            yield return (count, 1, 1, false);
            yield return (count, 1, 1, true);
        }
    }

    /// <param name="written">The lanes that the text is written for; null for any that the elements fill.</param>
    private static float[] Run(Action<VectorCode> write, int count, int? written, int lanes, bool isStraight)
    {
        var v = new VectorCode(new CodeBuilder(), written, isStraight, static _ => Start, new[] { 16, 8, 4 }.First(l => l <= Math.Max(4, count)));
        write(v);
        CodeMemory memory = CodeMemory.OfFloats("x", new float[count]);
        new CodeInterpreter(lanes, new Dictionary<string, CodeMemory> { ["x"] = memory }, new Dictionary<string, double>()).Run(v.IsOfNumbers ? OneLane.Of(v.Code.Steps) : v.Code.Steps);
        return memory.Floats;
    }
}
