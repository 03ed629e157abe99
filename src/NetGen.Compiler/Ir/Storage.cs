namespace NetGen.Compiler.Ir;

/// <summary>How parameters are kept: what each takes, and how it is read.</summary>
internal enum Storage
{
    Float32,

    /// <summary>IEEE 754's binary16: 11 bits of precision, up to 65,504.</summary>
    Float16,

    /// <summary>The upper half of a float: 8 bits of precision, a float's range.</summary>
    BFloat16,
}
