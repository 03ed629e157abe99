namespace NetGen.Compiler.Loops;

/// <summary>What a value of generated code is.</summary>
internal enum Kind
{
    /// <summary>As many floats as the text's width has lanes. A mask is one too: lanes of all bits, or none.</summary>
    Vector,
    Float,
    Double,
    Int,
}
