using NetGen.Compiler.Text;

namespace NetGen.Compiler.Ir;

/// <summary>What a buffer holds, which decides where it lives.</summary>
internal enum BufferRole
{
    /// <summary>One sample's input, in the caller's memory.</summary>
    Input,

    /// <summary>One sample's target, in the caller's memory.</summary>
    Target,

    /// <summary>A value computed for one sample, in scratch (the output in the caller's memory).</summary>
    Activation,

    /// <summary>A value computed once for all samples of a batch, in scratch.</summary>
    Batch,

    /// <summary>A parameter, in the parameter buffer.</summary>
    Parameter,

    /// <summary>The gradient of a parameter, at the parameter's place in the gradient buffer.</summary>
    ParameterGradient,

    /// <summary>What the caller keeps between calls: the optimizer's value of each parameter, or a stream's of the steps before.</summary>
    State,
}

/// <summary>A named piece of memory. Buffers are told apart by their names, which say what they hold.</summary>
/// <param name="Name">What it is called, with marks (<see cref="NameMark"/>) where the name comes from a layer's: the file that is printed settles the
/// identifier.</param>
/// <param name="Size">Its elements, for one sample where it belongs to a sample.</param>
internal sealed record Buffer(string Name, int Size, BufferRole Role)
{
    /// <summary>How its elements are kept: of baked parameters that kernels read as they are; all else is floats.</summary>
    public Storage Storage { get; init; }

    /// <summary>The name of something that belongs to the buffer: its gradient, a reference that moves through it.</summary>
    public string Named(string what) => NameMark.Of(Name, what);

    /// <summary>The buffer of its gradient: a parameter's has a place among the gradients, any other is a value of the sample.</summary>
    public Buffer Gradient() => new(Named("Gradient"), Size, Role == BufferRole.Parameter ? BufferRole.ParameterGradient : BufferRole.Activation);

    /// <summary>The name of the buffer that this one belongs to.</summary>
    public string Stem => Name.Substring(0, Name.LastIndexOf(NameMark.Value));
}
