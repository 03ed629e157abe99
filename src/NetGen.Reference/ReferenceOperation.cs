using System.Collections.Generic;

namespace NetGen.Reference;

/// <summary>One operation of the computation, on a whole batch. A value is an array of samples, each an array of elements.</summary>
internal abstract class ReferenceOperation(ReferenceShape output)
{
    /// <summary>The shape of one sample of what it gives.</summary>
    public ReferenceShape Output { get; } = output;

    /// <summary>From the values that it reads, in the order of <c>from</c>, to the one it gives.</summary>
    public abstract double[][] Forward(double[][][] inputs, ReferencePass pass);

    /// <summary>From dL/dy to dL/dx of each value that it reads; parameters' gradients are added to <see cref="ReferencePass.Gradients"/>.</summary>
    public abstract double[][][] Backward(double[][][] inputs, double[][] dy, ReferencePass pass);
}

/// <summary>What a pass reads and writes besides the values.</summary>
/// <param name="Sample">The sample's place in the batch, for what is computed one sample at a time.</param>
/// <param name="Masks">In training, the multipliers of each dropout layer for the whole batch; null in inference.</param>
/// <param name="Gradients">The parameters' gradients, summed over the samples; null where none are wanted.</param>
internal sealed record ReferencePass(
    int Sample, IReadOnlyDictionary<string, double[]>? Masks, IReadOnlyDictionary<string, double[]>? Gradients)
{
    public bool IsTraining => Masks is not null;
}
