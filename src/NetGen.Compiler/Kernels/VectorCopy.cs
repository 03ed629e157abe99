using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Kernels;

/// <summary>Elements that stand together, copied to where others do, or added to those.</summary>
internal static class VectorCopy
{
    public static void Write(VectorCode v, int count, Address from, Address to, bool adds) => v.Over(count, once: adds, [("from", from), ("to", to)], (at, part) =>
    {
        Term value = v.Load(at[0], part);
        v.Store(at[1], part, adds ? v.Load(at[1], part) + value : value);
    });
}
