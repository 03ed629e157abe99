namespace NetGen.Compiler.Loops;

/// <summary>What a value of generated code is.</summary>
internal enum Kind
{
    /// <summary>As many floats as the text's width has lanes. A mask is one too: lanes of all bits, or none.</summary>
    Vector,

    /// <summary>Four floats at any width: what a few sums are, side by side.</summary>
    Four,
    Float,
    Double,
    Int,
}
