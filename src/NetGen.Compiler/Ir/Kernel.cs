using System.Collections.Generic;
using System.Linq;

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

/// <summary>A number that a kernel is handed at each call.</summary>
internal enum Scalar
{
    /// <summary><c>float learningRate</c></summary>
    LearningRate,

    /// <summary><c>float stepSize</c>: the learning rate as an optimizer corrects it.</summary>
    StepSize,

    /// <summary><c>float epsilon</c>: the optimizer's, as it corrects that.</summary>
    Epsilon,

    /// <summary><c>float clip</c>: what every gradient is multiplied by, so that their norm keeps within its bound.</summary>
    Clip,

    /// <summary><c>double scale</c>: the weight of one sample in the loss that is differentiated.</summary>
    Scale,

    /// <summary><c>ulong seed</c> of one sample.</summary>
    Seed,
}

/// <summary>
/// One computation over buffers, for one sample. A kernel is a value; it knows what it reads and writes, its
/// derivative as kernels, and how to print itself in each strategy.
/// </summary>
/// <param name="Name">What it does, in PascalCase and for its method: <c>HiddenForward</c>.</param>
internal abstract record Kernel(string Name)
{
    /// <summary>The buffers it works on, the ones it reads first. A buffer stands once.</summary>
    public abstract IEnumerable<Operand> Operands { get; }

    public virtual IEnumerable<Scalar> Scalars => [];

    /// <summary>It gives back a <c>double</c>: its part of the loss.</summary>
    public virtual bool GivesLoss => false;

    /// <summary>The mathematics in one line, over the buffers' names.</summary>
    public abstract string Formula { get; }

    /// <summary>Multiply-adds of one call.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>How many terms its straight-line form has; 0 where it has none.</summary>
    public virtual long Statements => MultiplyAdds;

    /// <summary>Prints the body of its method.</summary>
    public virtual void Emit(Dialects.KernelWriter writer) => throw new System.InvalidOperationException($"{Name} is over the batch");

    /// <summary>
    /// Prints what it does for a block of samples at once; false where it has no form for that, and its method runs for
    /// each sample.
    /// </summary>
    public virtual bool EmitBlock(Dialects.BlockWriter writer) => false;

    /// <summary>Prints the body of a method over <c>count</c> elements, for those that <see cref="EmitBlock"/> asks for it.</summary>
    public virtual void EmitElements(Dialects.KernelWriter writer) =>
        throw new System.InvalidOperationException($"{Name} is not elementwise");

    /// <summary>The kernels that it runs, where it runs others.</summary>
    public virtual IEnumerable<Kernel> Within => [];

    /// <summary>The kernel, and those that it runs, whatever runs them.</summary>
    public IEnumerable<Kernel> WithParts => Within.SelectMany(static k => k.WithParts).Prepend(this);

    /// <summary>It reads all samples at once: no sample goes on before all have come so far.</summary>
    public virtual bool IsOverBatch => false;

    /// <summary>Prints the body of a method over all <c>samples</c>, for those that are over the batch, or whose <see cref="EmitBlock"/> asks for it.</summary>
    /// <param name="stride">How far apart the same element of neighbouring samples stands.</param>
    public virtual void EmitOverBatch(Dialects.KernelWriter writer, System.Func<Buffer, int> stride) =>
        throw new System.InvalidOperationException($"{Name} is of one sample");

    /// <summary>Prints what it does where each lane of a vector is a sample; false where it has no form for that.</summary>
    public virtual bool EmitLanes(Dialects.LaneWriter writer) => false;

    /// <summary>Of many samples, eight at a time are worth a lane each, though they have to be turned for it and back.</summary>
    public virtual bool IsWorthLanes => false;

    /// <summary>
    /// The same with an elementwise function of what it writes done at once, or null where x is not what it writes, or it has no form for that.
    /// </summary>
    public virtual Kernel? WithEpilogue(Buffer x, Buffer y, Expr function, string name) => null;

    /// <summary>Adds the kernels that carry the gradient from what this one writes to what it reads.</summary>
    public virtual void Differentiate(IGradients gradients) =>
        throw new System.InvalidOperationException($"{Name} is no forward kernel");

    public bool Writes(Buffer buffer) => Operands.Any(o => o.Buffer == buffer && o.IsWritten);
}

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

    /// <summary>The same of a part of it. What reads a part stands beside what reads the others, so that all of it is written before anything else asks.</summary>
    Operand? WantedPart(Buffer input, int from, int size);

    /// <summary>The gradient of a parameter, or null where it is frozen or the kernel has none.</summary>
    Buffer? WantedParameter(Buffer? parameter);

    /// <summary>Whether anything that reads what a forward kernel wrote gave it a gradient.</summary>
    bool Has(Buffer output);

    /// <summary>One gradient stands for both, which are equal; false where each has to be written.</summary>
    bool Share(Buffer input, Buffer with);

    void Add(Kernel kernel);
}

/// <summary>How one kernel is printed, and why.</summary>
internal enum Strategy
{
    /// <summary>Every multiply-add is written out.</summary>
    StraightLine,

    /// <summary>The same, and so short that it is compiled into the methods that call it: its values stay in registers.</summary>
    Inline,

    /// <summary>Loops with constant trip counts, over whole vectors where the target has them.</summary>
    Loops,
}

/// <summary>A kernel with the strategy that was chosen for it.</summary>
internal sealed record PlannedKernel(Kernel Kernel, Strategy Strategy);
