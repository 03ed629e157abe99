namespace NetGen.Compiler.Layers;

/// <summary>What stands around a value that is padded.</summary>
internal enum PadMode
{
    /// <summary>One number.</summary>
    Constant,

    /// <summary>The value in reverse order, without its outermost element: of a b c, a reflection of two before it is c b.</summary>
    Reflect,

    /// <summary>The outermost element again and again.</summary>
    Edge,
}
