namespace NetGen.Training.Arrays;

/// <summary>What the elements of an array file are; named as in NumPy.</summary>
internal enum ElementKind
{
    F2,
    F4,
    F8,
    I1,
    I2,
    I4,
    I8,
    U1,
    U2,
    U4,
    U8,
    B1,
}
