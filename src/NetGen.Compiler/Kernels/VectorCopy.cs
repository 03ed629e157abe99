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
            v.Store(at[1], part, v.Code.Run("ColumnsOfTwo", [Passed.At(at[0].Memory, v.Number(at[0].Offset))], ["taken", "left"])[0]));
        v.StoreElement(to + (count - 1), v.Element(from + (2 * (count - 1))));
    }
}
