using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// One computation over buffers, for one sample. A kernel is a value; it knows what it reads and writes, its
/// derivative as kernels, and how to print itself in each strategy.
/// </summary>
/// <param name="Name">What it does, in PascalCase and for its method: <c>HiddenForward</c>.</param>
internal abstract record Kernel(string Name)
{
    /// <summary>The name of the layer that was lowered to it; null for what is no layer's.</summary>
    public string? Layer { get; init; }

    /// <summary>The buffers it works on, the ones it reads first. A buffer stands once.</summary>
    public abstract IEnumerable<Operand> Operands { get; }

    public virtual IEnumerable<Scalar> Scalars => [];

    /// <summary>Buffers among those it overwrites that are room for what it computes on the way: nothing reads what it leaves in them.</summary>
    public virtual IEnumerable<Buffer> Room => [];

    /// <summary>It gives back a <c>double</c>: its part of the loss.</summary>
    public virtual bool GivesLoss => false;

    /// <summary>The mathematics in one line, over the buffers' names.</summary>
    public abstract string Formula { get; }

    /// <summary>Multiply-adds of one call.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>How many terms its straight-line form has; 0 where it has none.</summary>
    public virtual long Statements => MultiplyAdds;

    /// <summary>Prints the body of its method.</summary>
    public virtual void Emit(KernelWriter writer) => throw new System.InvalidOperationException($"{Name} is over the batch");

    /// <summary>
    /// Prints what it does for a block of samples at once; false where it has no form for that, and its method runs for
    /// each sample.
    /// </summary>
    public virtual bool EmitBlock(BlockWriter writer) => false;

    /// <summary>Prints the body of a method over <c>count</c> elements, for those that <see cref="EmitBlock"/> asks for it.</summary>
    public virtual void EmitElements(KernelWriter writer) =>
        throw new System.InvalidOperationException($"{Name} is not elementwise");

    /// <summary>The kernels that it runs, where it runs others.</summary>
    public virtual IEnumerable<Kernel> Within => [];

    /// <summary>The kernel, and those that it runs, whatever runs them.</summary>
    public IEnumerable<Kernel> WithParts => Within.SelectMany(static k => k.WithParts).Prepend(this);

    /// <summary>It reads all samples at once: no sample goes on before all have come so far.</summary>
    public virtual bool IsOverBatch => false;

    /// <summary>Prints the body of a method over all <c>samples</c>, for those that are over the batch, or whose <see cref="EmitBlock"/> asks for it.</summary>
    /// <param name="stride">How far apart the same element of neighbouring samples stands.</param>
    public virtual void EmitOverBatch(KernelWriter writer, System.Func<Buffer, int> stride) =>
        throw new System.InvalidOperationException($"{Name} is of one sample");

    /// <summary>Prints what it does where each lane of a vector is a sample; false where it has no form for that.</summary>
    public virtual bool EmitLanes(LaneWriter writer) => false;

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
