using System;
using System.Diagnostics;

namespace NetGen;

/// <summary>
/// Completes the partial class with a neural network: from a spec file, <c>[Network("digits.yaml")]</c>, or from the
/// layer attributes that stand beside it, in their order.
/// </summary>
/// <example>
/// <code>
/// [Network]
/// [Input(4)]
/// [Dense(16, Activation = Activation.Relu)]
/// [Dense(3), Softmax]
/// [CrossEntropy]
/// [Sgd(LearningRate = 0.1f, Momentum = 0.9f)]
/// public partial class Iris;
/// </code>
/// </example>
/// <remarks>The attributes are for the compiler alone; nothing of them stays in the compiled assembly.</remarks>
[Conditional("NETGEN_ATTRIBUTES")]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>The network is written in the attributes on this declaration.</summary>
    public NetworkAttribute()
    {
    }

    /// <summary>The network is written in a YAML file.</summary>
    /// <param name="spec">
    /// The file's path, beside the C# file or from the project's folder. The project's <c>*.yaml</c> and <c>*.yml</c>
    /// are found by themselves; others must be <c>AdditionalFiles</c>.
    /// </param>
    public NetworkAttribute(string spec) => Spec = spec;

    /// <summary>The path of the spec file; null for a network in attributes.</summary>
    public string? Spec { get; }

    /// <summary>The seed of the first weights and of dropout. Default: 0.</summary>
    public int Seed { get; set; }

    /// <summary>The weight of the penalty <c>l2 * sum(w^2)</c>, over weights, not biases. Default: 0.</summary>
    public float L2 { get; set; }

    /// <summary>How far the code is unrolled. Default: <see cref="NetGen.Unroll.Auto"/>.</summary>
    public Unroll Unroll { get; set; }

    /// <summary>
    /// A safetensors file whose weights are compiled in: its path, beside the C# file, from the project's folder, or beside the spec. With the path of a spec,
    /// it stands in place of the spec's
    /// <c>weights</c>, so that classes may have one network with weights and without; empty, it is none. Default: what the spec says; in attributes, none.
    /// </summary>
    public string? Weights { get; set; }
}
