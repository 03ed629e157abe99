using System.Collections.Generic;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>The rows of a theory: every combination of the values of its arguments.</summary>
internal static class Rows
{
    public static TheoryData<T1, T2> Of<T1, T2>(IEnumerable<T1> first, IEnumerable<T2> second)
    {
        TheoryData<T1, T2> rows = [];
        foreach (T1 a in first)
        {
            foreach (T2 b in second)
                rows.Add(a, b);
        }

        return rows;
    }

    public static TheoryData<T1, T2, T3> Of<T1, T2, T3>(IEnumerable<T1> first, IEnumerable<T2> second, IEnumerable<T3> third)
    {
        TheoryData<T1, T2, T3> rows = [];
        foreach (T1 a in first)
        {
            foreach (T2 b in second)
            {
                foreach (T3 c in third)
                    rows.Add(a, b, c);
            }
        }

        return rows;
    }
}
