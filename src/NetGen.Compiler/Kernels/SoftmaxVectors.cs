using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>A softmax, its logarithm, and the categorical cross-entropy of one, over neighbouring classes in whole vectors.</summary>
internal static class SoftmaxVectors
{
    /// <summary>y = e^(x - max) / sum e^(x - max).</summary>
    public static void Write(VectorCode v, Address x, Address y, SoftmaxAxis axis)
    {
        if (PartsInRegisters(v, axis.Classes) is { } parts)
        {
            Term[] logits = [.. parts.Select(p => v.Code.Let("logits", Logits(v, x + p.At, p.Part)))];
            Term largest = v.Code.Let("max", LargestOf(logits));
            Term[] e = [.. logits.Select(z => v.Code.Let("e", Term.Call(Function.Exp, z - largest)))];
            Term ofAll = v.Code.Let("share", Term.One / Term.All(SumOf(parts, k => e[k])));
            for (int k = 0; k < e.Length; k++)
                v.Store(y + parts[k].At, Repeatable(parts[k].Part), e[k] * ofAll);
            return;
        }

        Term max = Largest(v, x, axis);
        Local sums = v.Code.Variable("sums", Term.Zero);
        v.Over(axis.Classes, once: true, axis.Stride, [("xs", x), ("ys", y)], (at, part) =>
        {
            Term e = v.Code.Let("e", Term.Call(Function.Exp, Logits(v, at[0], part) - max));
            v.Code.Increase(sums, VectorCode.Counted(e, part));
            v.Store(at[1], Repeatable(part), e);
        });
        Term share = v.Code.Let("share", Term.One / Term.All(Term.Of(Operation.Sum, new Get(sums))));
        v.Over(axis.Classes, once: true, axis.Stride, [("ys", y)], (at, part) => v.Store(at[0], part, v.Load(at[0], part) * share));
    }

    /// <summary>The logarithms: (x - max) - log(1 + rest), where rest is the sum of e^(x - max) but for a largest one.</summary>
    public static void WriteLog(VectorCode v, Address x, Address y, SoftmaxAxis axis)
    {
        Term max = Largest(v, x, axis);
        var rest = new Rest(v);
        v.Over(axis.Classes, once: true, axis.Stride, [("xs", x)], (at, part) => rest.Add(v.Code.Let("e", Term.Call(Function.Exp, Logits(v, at[0], part) - max)), part));
        Term logSum = v.Code.Let("logSum", Term.All(LogOf(v, rest.Value())));
        v.Over(axis.Classes, once: false, axis.Stride, [("xs", x), ("ys", y)], (at, part) => v.Store(at[1], part, v.Load(at[0], part) - max - logSum));
    }

    /// <summary>
    /// The loss, and the gradient where <paramref name="dz"/> is not null. With e = e^(z - max) and rest = the sum of the e
    /// but for a largest one, log sum e = log(1 + rest), and 1 - softmax of the largest is rest / (1 + rest): nothing cancels,
    /// however certain the network is.
    /// </summary>
    /// <param name="loss">Where it is added.</param>
    /// <param name="scale">A sample's weight in the loss that is differentiated.</param>
    /// <param name="smoothing">Of the labels, or null.</param>
    public static void WriteLoss(VectorCode v, Address z, Address target, Address? dz, SoftmaxAxis axis, Local loss, Term scale, LabelSmoothing? smoothing)
    {
        if (PartsInRegisters(v, axis.Classes) is { } parts)
            WriteLossInRegisters(v, parts, z, target, dz, loss, scale, smoothing);
        else
            WriteTargetLoss(v, z, target, dz, axis, loss, scale, smoothing);
    }

    /// <summary>Of few classes.</summary>
    private static void WriteLossInRegisters(
        VectorCode v, (int At, Part Part)[] parts, Address z, Address target, Address? dz, Local loss, Term scale, LabelSmoothing? smoothing)
    {
        int count = parts.Length;
        Term[] logits = [.. parts.Select(p => v.Code.Let("logits", Logits(v, z + p.At, p.Part)))];
        Term max = v.Code.Let("max", LargestOf(logits));
        Term[] below = new Term[count], e = new Term[count], t = new Term[count];
        for (int k = 0; k < count; k++)
        {
            (below[k], e[k]) = Below(v, logits[k], max, explain: k == 0);
            t[k] = v.Code.Let("t", v.LoadZeroed(target + parts[k].At, Repeatable(parts[k].Part)));
        }

        v.Code.Say(ASecondLargest);
        Term[] isLargest = [.. e.Select(x => v.Code.Let("isLargest", Term.Of(Operation.Equal, x, Term.One)))];
        Term rest = v.Code.Let("rest", SumOf(parts, k => Term.Of(Operation.AndNot, e[k], isLargest[k])) + (SumOf(parts, k => Term.One & isLargest[k]) - new FloatNumber(1f)));
        Term targetSum = v.Code.Let("targetSum", SumOf(parts, k => t[k]));
        Term own = SumOf(parts, k => OwnTerm(t[k], below[k]));
        v.Code.Increase(loss, (targetSum * LogOf(v, rest)) - (smoothing is null ? own : smoothing.Loss(own, targetSum, SumOf(parts, k => below[k]))));
        if (dz is not { } gradient)
            return;
        v.Code.Say(WithoutCancellation);
        Term share = v.Code.Let("share", Term.All(ShareOf(scale, rest))), restAll = v.Code.Let("restAll", Term.All(rest));
        Term sum = v.Code.Let("targetSumAll", Term.All(targetSum));
        for (int k = 0; k < count; k++)
        {
            Term others = v.Code.Let("others", Term.Of(Operation.Select, isLargest[k], restAll, Term.One + restAll - e[k]));
            (Term ownTarget, Term other) = smoothing is null ? (t[k], sum - t[k]) : smoothing.Targets(v.Code, t[k], sum);
            v.Store(gradient + parts[k].At, Repeatable(parts[k].Part), share * ((e[k] * other) - (ownTarget * others)));
        }
    }

    private static void WriteTargetLoss(VectorCode v, Address z, Address target, Address? dz, SoftmaxAxis axis, Local loss, Term scale, LabelSmoothing? smoothing)
    {
        Term max = Largest(v, z, axis);
        var sum = new Rest(v);
        Local targets = v.Code.Variable("targetSums", Term.Zero), losses = v.Code.Variable("losses", Term.Zero);
        Local? allBelow = smoothing is null ? null : v.Code.Variable("allBelow", Term.Zero);
        OverExponentials(v, z, dz, axis, max, sum, (at, part, below) =>
        {
            Term t = v.Code.Let("t", v.LoadZeroed(at, part));
            v.Code.Increase(targets, t);
            v.Code.Set(losses, new Get(losses) - VectorCode.Counted(OwnTerm(t, below), part));
            if (allBelow is not null)
                v.Code.Set(allBelow, new Get(allBelow) - VectorCode.Counted(below, part));
        }, target);
        Term rest = sum.Value(), targetSum = v.Code.Let("targetSum", Term.Of(Operation.Sum, new Get(targets)));
        Term own = Term.Of(Operation.Sum, new Get(losses));
        v.Code.Increase(loss, (smoothing is null ? own : smoothing.Loss(own, targetSum, Term.Of(Operation.Sum, new Get(allBelow!)))) + (targetSum * LogOf(v, rest)));
        if (dz is not { } gradient)
            return;
        v.Code.Say(WithoutCancellation);
        Term share = v.Code.Let("share", Term.All(ShareOf(scale, rest))), restAll = v.Code.Let("restAll", Term.All(rest)), sumAll = v.Code.Let("targetSumAll", Term.All(targetSum));
        v.Over(axis.Classes, once: true, axis.Stride, [("ts", target), ("dzs", gradient)], (at, part) =>
        {
            Term e = v.Code.Let("e", v.Load(at[1], part)), t = v.Code.Let("t", v.Load(at[0], part));
            Term others = v.Code.Let("others", Term.Of(Operation.Select, Term.Of(Operation.Equal, e, Term.One), restAll, Term.One + restAll - e));
            (Term ownTarget, Term other) = smoothing is null ? (t, sumAll - t) : smoothing.Targets(v.Code, t, sumAll);
            v.Store(at[1], part, share * ((e * other) - (ownTarget * others)));
        });
    }

    /// <summary>The e of every class: to the rest's sum, and to where the gradient will be.</summary>
    /// <param name="also">What else is done, with the place in <paramref name="beside"/>, the part, and z - max.</param>
    private static void OverExponentials(
        VectorCode v, Address z, Address? dz, SoftmaxAxis axis, Term max, Rest sum, System.Action<Address, Part, Term> also, Address? beside = null)
    {
        List<(string, Address)> places = [("zs", z)];
        if (beside is { } other)
            places.Add(("ts", other));
        if (dz is { } gradient)
            places.Add(("dzs", gradient));
        v.Over(axis.Classes, once: true, axis.Stride, places, (at, part) =>
        {
            (Term below, Term e) = Below(v, v.Code.Let("logits", Logits(v, at[0], part)), max, explain: true);
            sum.Add(e, part);
            also(at[beside is null ? 0 : 1], part, below);
            if (dz is not null)
                v.Store(at[at.Length - 1], Repeatable(part), e);
        });
    }

    private const string ASecondLargest = "A second largest logit, or one so near that its e rounds to 1, counts as the rest's.";

    private const string WithoutCancellation = "f t' - t (1 - f), with t' the other targets' sum, is the gradient f - t without its cancellation.";

    /// <summary>z - max, and e to its power.</summary>
    private static (Term Below, Term E) Below(VectorCode v, Term z, Term max, bool explain)
    {
        Term below = v.Code.Let("below", z - max);
        if (explain)
            v.Code.Say("What the difference lost in rounding, which of a logit of 100 would be seen in the seventh digit; nothing, where it is infinite.");
        Term back = v.Code.Let("back", z - below);
        Term lost = v.Code.Let("lost", z - (below + back) + (back - max));
        Term power = v.Code.Let("power", Term.Call(Function.Exp, below));
        return (below, v.Code.Let("e", Term.MultiplyAdd(power, lost & Term.Of(Operation.Equal, lost, lost), power)));
    }

    /// <summary>t (z - max); nothing where t is 0, though the difference may be infinite.</summary>
    private static Term OwnTerm(Term t, Term below) => Term.Of(Operation.Select, Term.Of(Operation.Equal, t, Term.Zero), Term.Zero, t * below);

    private static Term ShareOf(Term scale, Term rest) => Term.Of(Operation.ToFloat, scale) / (new FloatNumber(1f) + rest);

    /// <summary>log(1 + rest) of a number.</summary>
    private static Term LogOf(VectorCode v, Term rest) => Term.Of(Operation.FirstLane, Term.Call(Function.LogP1, Term.All(rest, v.Fills is null ? Kind.Four : Kind.Vector)));

    /// <summary>The sum of the e but for a largest one, of which each is 1: summed up vector by vector.</summary>
    private sealed class Rest(VectorCode v)
    {
        private readonly Local _rests = v.Code.Variable("rests", Term.Zero), _ones = v.Code.Variable("ones", Term.Zero);

        public void Add(Term e, Part part)
        {
            Term isLargest = v.Code.Let("isLargest", Term.Of(Operation.Equal, e, Term.One));
            v.Code.Increase(_rests, VectorCode.Counted(Term.Of(Operation.AndNot, e, isLargest), part));
            v.Code.Increase(_ones, VectorCode.Counted(Term.One & isLargest, part));
        }

        public Term Value()
        {
            v.Code.Say(ASecondLargest);
            return v.Code.Let("rest", Term.Of(Operation.Sum, new Get(_rests)) + (Term.Of(Operation.Sum, new Get(_ones)) - new FloatNumber(1f)));
        }
    }

    /// <summary>The vectors of the classes, where they stay in registers; else null.</summary>
    private static (int At, Part Part)[]? PartsInRegisters(VectorCode v, int count)
    {
        if (v.IsOfNumbers || v.Lanes is not { } lanes || (count + lanes - 1) / lanes > Tuning.Norms.VectorsOfClasses)
            return null;
        var parts = new List<(int, Part)>();
        v.OverWrittenOut(count, once: true, (at, part) => parts.Add((at, part)));
        return [.. parts];
    }

    /// <summary>What is computed alike in two vectors may be written twice.</summary>
    private static Part Repeatable(Part part) => part is Part.Last ? Part.Whole : part;

    /// <summary>The logits; a lane without a class holds what no class is below.</summary>
    private static Term Logits(VectorCode v, Address z, Part part) => part is Part.First first
        ? Term.Of(Operation.Select, new FirstLanes(first.Count), v.Load(z, part), Term.All(float.NegativeInfinity))
        : v.Load(z, part);

    /// <summary>The largest of a few vectors, in all lanes.</summary>
    private static Term LargestOf(Term[] logits) =>
        Term.All(Term.Of(Operation.Largest, logits.Aggregate(static (a, b) => Term.Of(Operation.MaxNative, a, b))));

    /// <summary>The largest logit in all lanes.</summary>
    private static Term Largest(VectorCode v, Address z, SoftmaxAxis axis)
    {
        bool isFew = v.IsFew(axis.Classes);
        Local largest = v.Code.Variable("largest", Logits(v, z, isFew ? new Part.First(axis.Classes) : Part.Whole));
        if (!isFew && axis.Classes > (v.Lanes ?? VectorCode.FewestLanes))
            v.Over(axis.Classes, once: false, axis.Stride, [("zs", z)], (at, part) => v.Code.Set(largest, Term.Of(Operation.MaxNative, new Get(largest), v.Load(at[0], part))));
        return v.Code.Let("max", Term.All(Term.Of(Operation.Largest, new Get(largest))));
    }

    /// <summary>The sum over all classes, each counted once, as a number.</summary>
    private static Term SumOf((int At, Part Part)[] parts, System.Func<int, Term> of) => Term.Of(
        Operation.Sum, parts.Select((p, k) => VectorCode.Counted(of(k), p.Part)).Aggregate(static (a, b) => a + b));
}
