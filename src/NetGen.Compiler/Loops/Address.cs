namespace NetGen.Compiler.Loops;

/// <summary>A distance in memory: so many elements and so many vectors.</summary>
internal readonly record struct Offset(int Elements, int Vectors = 0)
{
    public static implicit operator Offset(int elements) => new(elements);

    public static Offset operator +(Offset a, Offset b) => new(a.Elements + b.Elements, a.Vectors + b.Vectors);

    public static Offset operator -(Offset a, Offset b) => new(a.Elements - b.Elements, a.Vectors - b.Vectors);

    public static Offset operator *(Offset a, int times) => new(a.Elements * times, a.Vectors * times);
}

/// <summary>Where a kernel reads or writes: memory, and how far into it.</summary>
/// <param name="Readable">How many elements of the memory may be read, beyond the buffer itself; 0 where nothing is known.</param>
/// <param name="End">Where the buffer ends.</param>
/// <param name="Writable">How many elements may be written, once a vector reaches the buffer's end.</param>
internal readonly record struct Address(Memory Memory, Offset Offset = default, int Readable = 0, int End = 0, int Writable = 0)
{
    public static Address operator +(Address a, Offset by) => a with { Offset = a.Offset + by };
}

/// <summary>Which elements of a vector count.</summary>
internal abstract record Part
{
    public static readonly Part Whole = new WholePart();

    /// <summary>The first few, of a vector that has memory of its own only for them.</summary>
    public sealed record First(Term Count) : Part;

    /// <summary>The last ones, of a vector that was moved back over elements that another one holds already.</summary>
    /// <param name="Mask">Lanes of all bits where an element counts.</param>
    public sealed record Last(Term Mask) : Part;

    private sealed record WholePart : Part;
}
