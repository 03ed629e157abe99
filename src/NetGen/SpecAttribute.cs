using System;
using System.Diagnostics;

namespace NetGen;

/// <summary>A part of a network's spec, beside <see cref="NetworkAttribute"/> on one declaration of a class.</summary>
/// <remarks>
/// What stands only once in a network (its input, its loss, its optimizer) may syntactically stand twice, so that
/// NetGen can say what is wrong (NETGEN004). The same holds for declarations that are no class (NETGEN055).
/// </remarks>
[Conditional("NETGEN_ATTRIBUTES")]
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public abstract class SpecAttribute : Attribute
{
    private protected SpecAttribute()
    {
    }
}

/// <summary>A layer. Layers stand in order; each reads the one before it.</summary>
public abstract class LayerAttribute : SpecAttribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name, by which its parameters are known: letters, digits and <c>_</c>. Default: its kind, and its
    /// ordinal among the layers of its kind, <c>dense_2</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// What the layer reads: the name of a layer that stands before it, of a state of one, <c>"gru_1.h"</c>, of an input, or <c>"input"</c>; several, as
    /// <c>new[] { "a", "b" }</c>, where it takes several. Default: the layer before it.
    /// </summary>
    public object? From { get; set; }
}

/// <summary>What training minimizes. A network without one cannot be trained.</summary>
public abstract class LossAttribute : SpecAttribute
{
    private protected LossAttribute()
    {
    }

    /// <summary>Over the samples of a batch. Default: <see cref="NetGen.Reduction.Mean"/>.</summary>
    public Reduction Reduction { get; set; }

    /// <summary>The output that it is a loss of, where <see cref="OutputsAttribute"/> names several; each may have one, and they add up.</summary>
    public string? Output { get; set; }

    /// <summary>What the loss is multiplied by; the l2 penalty is not. Default: 1.</summary>
    public float Weight { get; set; }
}

/// <summary>How a step of training changes the parameters. Default: <see cref="SgdAttribute"/>.</summary>
public abstract class OptimizerAttribute : SpecAttribute
{
    private protected OptimizerAttribute()
    {
    }

    /// <summary>The greatest norm of all gradients together; longer ones are scaled down to it. Default: none.</summary>
    public float ClipNorm { get; set; }

    /// <summary>
    /// What each element of a gradient is kept within, on both sides of 0, before <see cref="ClipNorm"/> is looked at.
    /// Default: none.
    /// </summary>
    public float ClipValue { get; set; }
}
