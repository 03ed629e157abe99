namespace NetGen.Compiler.Ir;

/// <summary>How a kernel uses a buffer.</summary>
internal enum Access
{
    Read,

    /// <summary>Writes every element, whatever was there.</summary>
    Overwrite,

    /// <summary>Adds to what is there: fan-out, and a gradient over samples.</summary>
    Accumulate,

    /// <summary>Replaces each element by a function of it.</summary>
    Update,
}

/// <summary>A buffer as a kernel uses it.</summary>
internal readonly record struct Operand(Buffer Buffer, Access Access)
{
    public bool IsWritten => Access != Access.Read;

    public bool IsRead => Access != Access.Overwrite;
}
