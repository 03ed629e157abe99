using System;
using System.Linq;

namespace NetGen.Reference;

/// <summary>
/// One recurrent layer on the sequence, another on the sequence turned round; a sequence of outputs of the second is turned back, so that both outputs of a step
/// belong to it. The two become one: behind each other, summed, multiplied, or their mean.
/// </summary>
internal sealed class ReferenceBidirectional(ReferenceShape input, int units, bool returnSequences, ReferenceRecurrent forward, ReferenceRecurrent reverse, string merge)
    : ReferenceLayer(Shape(input, merge == "concat" ? 2 * units : units, returnSequences))
{
    private static ReferenceShape Shape(ReferenceShape input, int features, bool returnSequences) =>
        new(returnSequences ? [input.Sizes[0], features] : [features], false);

    public override double[] Forward(double[] x, ReferencePass pass)
    {
        (double[] a, double[] b) = Both(x, pass);
        if (merge == "concat")
            return [.. a.Chunk(units).Zip(b.Chunk(units), (p, q) => p.Concat(q)).SelectMany(row => row)];
        return [.. a.Zip(b, (p, q) => merge switch { "sum" => p + q, "multiply" => p * q, _ => (p + q) / 2 })];
    }

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        (double[] a, double[] b) = Both(x, pass);
        (double[] da, double[] db) = merge switch
        {
            "concat" => (dy.Chunk(2 * units).SelectMany(row => row[..units]).ToArray(), dy.Chunk(2 * units).SelectMany(row => row[units..]).ToArray()),
            "sum" => (dy, dy),
            "multiply" => ([.. dy.Zip(b, (d, v) => d * v)], [.. dy.Zip(a, (d, v) => d * v)]),
            _ => (Array.ConvertAll(dy, d => d / 2), Array.ConvertAll(dy, d => d / 2)),
        };
        double[] forwards = forward.Backward(x, da, pass), backwards = Turned(reverse.Backward(Turned(x, input.Sizes[1]), TurnedStates(db), pass), input.Sizes[1]);
        return [.. forwards.Zip(backwards, (p, q) => p + q)];
    }

    private (double[] A, double[] B) Both(double[] x, ReferencePass pass) =>
        (forward.Forward(x, pass), TurnedStates(reverse.Forward(Turned(x, input.Sizes[1]), pass)));

    private double[] TurnedStates(double[] states) => returnSequences ? Turned(states, units) : states;

    /// <summary>The steps, so many features each, from the last to the first.</summary>
    private static double[] Turned(double[] sequence, int features) => [.. sequence.Chunk(features).Reverse().SelectMany(step => step)];
}
