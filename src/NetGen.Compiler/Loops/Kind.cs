namespace NetGen.Compiler.Loops;

/// <summary>What a value of generated code is.</summary>
internal enum Kind
{
    /// <summary>As many floats as the text's width has lanes. A mask is one too: lanes of all bits, or none.</summary>
    Vector,

    /// <summary>Four floats at any width: what a few sums are, side by side.</summary>
    Four,

    /// <summary>Half as many doubles as a vector has lanes, kept in its bits.</summary>
    Doubles,
    Float,
    Double,
    Int,

    /// <summary>What holds or not, of numbers.</summary>
    Bool,
}

internal static class Kinds
{
    /// <summary>It has lanes: what is done with it is done in each.</summary>
    public static bool IsOfLanes(this Kind kind) => kind is Kind.Vector or Kind.Four or Kind.Doubles;
}
