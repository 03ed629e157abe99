using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Kernels;

/// <summary>What a kernel asks of the pass that differentiates.</summary>
internal interface IGradients
{
    /// <summary>The gradient of what a forward kernel wrote.</summary>
    Buffer Of(Buffer output);

    /// <summary>
    /// Where the gradient of what it read is wanted: the buffer and how to write it; null where nobody needs it
    /// (the network's input, and all that stands before the first trained parameter).
    /// </summary>
    Operand? Wanted(Buffer input);

    /// <summary>
    /// The same of a part of it. What reads a part stands beside what reads the others, so that all of it is written before anything else asks.
    /// </summary>
    Operand? WantedPart(Buffer input, int from, int size);

    /// <summary>The gradient of a parameter, or null where it is frozen or the kernel has none.</summary>
    Buffer? WantedParameter(Buffer? parameter);

    /// <summary>Whether anything that reads what a forward kernel wrote gave it a gradient.</summary>
    bool Has(Buffer output);

    /// <summary>One gradient stands for both, which are equal; false where each has to be written.</summary>
    bool Share(Buffer input, Buffer with);

    void Add(Kernel kernel);
}
