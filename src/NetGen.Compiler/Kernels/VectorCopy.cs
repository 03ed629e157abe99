using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Kernels;

/// <summary>Elements that stand together, copied to where others do, or added to those.</summary>
internal static class VectorCopy
{
    public static void Write(VectorCode v, int count, Address from, Address to, bool adds)
    {
        void Vector(Address[] at, Part part) => v.Store(at[1], part, adds ? v.Load(at[1], part) + v.Load(at[0], part) : v.Load(at[0], part));

        if (!adds || count < VectorCode.FewestLanes || count % v.Widest == 0)
        {
            v.Over(count, once: false, [("from", from), ("to", to)], Vector);
            return;
        }

        // The last vector overlaps the one before it: it is added up first, before that one's elements have changed, and needs not wait for its store.
        Offset rest = new(count, -1);
        Term last = v.Code.Let("last", v.Load(to + rest) + v.Load(from + rest));
        v.Repeat(v.Vectors(count), [("from", from, new Offset(0, 1)), ("to", to, new Offset(0, 1))], at => Vector(at, Part.Whole));
        v.Store(to + rest, last);
    }

    /// <summary>The same beside stretches of vectors: fewer elements than any vector has are copied one by one, since no whole vector may be read there.</summary>
    public static void WriteAny(VectorCode v, int count, Address from, Address to, bool adds)
    {
        if (!v.IsFew(count))
        {
            Write(v, count, from, to, adds);
            return;
        }

        for (int k = 0; k < count; k++)
            v.StoreElement(to + k, adds ? v.Element(to + k) + v.Element(from + k) : v.Element(from + k));
    }

    /// <summary>The same from the last to the first: of as many elements as fill a vector of four at least.</summary>
    /// <param name="from">The last of them.</param>
    public static void WriteReversed(VectorCode v, int count, Address from, Address to, bool adds) =>
        v.Over(count, once: adds, [("from", from, -1), ("to", to, 1)], (at, part) =>
        {
            // The vector that ends with what is read first.
            Term reversed = Term.Of(Operation.Reverse, v.Load(at[0] + new Offset(1, -1)));
            v.Store(at[1], part, adds ? v.Load(at[1]) + reversed : reversed);
        });

    /// <summary>Every other element, of more than fill a vector of four. The last is copied by itself, since nothing may stand behind it.</summary>
    public static void WriteHalf(VectorCode v, int count, Address from, Address to)
    {
        v.Over(count - 1, once: false, [("from", from, 2), ("to", to, 1)], (at, part) =>
            v.Store(at[1], part, Term.Of(Operation.EvenLanes, v.Load(at[0]), v.Load(at[0] + new Offset(0, 1)))));
        v.StoreElement(to + (count - 1), v.Element(from + (2 * (count - 1))));
    }

    /// <summary>The elements of two, three or four vectors by turns: as many vectors, one behind the other.</summary>
    public static void WriteByTurns(VectorCode v, IReadOnlyList<Term> vectors, Address to)
    {
        if (vectors.Count == 3)
        {
            v.Code.Run("StoreColumnsOfThree", [.. vectors.Select(static x => (Passed)x), Passed.At(to.Memory, v.Number(to.Offset))]);
            return;
        }

        IReadOnlyList<Term> turned = ByTurns(v, vectors);
        for (int k = 0; k < turned.Count; k++)
            v.Store(to + new Offset(0, k), turned[k]);
    }

    private static IReadOnlyList<Term> ByTurns(VectorCode v, IReadOnlyList<Term> vectors)
    {
        if (vectors.Count == 1)
            return vectors;
        IReadOnlyList<Term> even = ByTurns(v, [.. vectors.Where(static (_, k) => k % 2 == 0)]);
        IReadOnlyList<Term> odd = ByTurns(v, [.. vectors.Where(static (_, k) => k % 2 == 1)]);
        return [.. Enumerable.Range(0, even.Count).SelectMany(k => new[]
        {
            v.Code.Let("lower", Term.Of(Operation.InterleaveLower, even[k], odd[k])), v.Code.Let("upper", Term.Of(Operation.InterleaveUpper, even[k], odd[k])),
        })];
    }

    /// <summary>Elements that stand by turns as two, three or four vectors.</summary>
    public static IReadOnlyList<Term> LoadByTurns(VectorCode v, int count, Address from)
    {
        if (count == 3)
            return v.Code.Run("ColumnsOfThree", [Passed.At(from.Memory, v.Number(from.Offset))], ["first", "second", "third"]);
        return Apart(v, [.. Enumerable.Range(0, count).Select(k => v.Code.Let("along", v.Load(from + new Offset(0, k))))]);
    }

    private static IReadOnlyList<Term> Apart(VectorCode v, IReadOnlyList<Term> vectors)
    {
        if (vectors.Count == 1)
            return vectors;
        IReadOnlyList<Term> Half(Operation lanes, string name) =>
            Apart(v, [.. Enumerable.Range(0, vectors.Count / 2).Select(k => v.Code.Let(name, Term.Of(lanes, vectors[2 * k], vectors[(2 * k) + 1])))]);
        (IReadOnlyList<Term> even, IReadOnlyList<Term> odd) = (Half(Operation.EvenLanes, "even"), Half(Operation.OddLanes, "odd"));
        return [.. even.Zip(odd, static (a, b) => new[] { a, b }).SelectMany(static pair => pair)];
    }
}
