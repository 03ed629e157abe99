using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Losses;

/// <summary>How the samples of a batch make one number.</summary>
internal enum Reduction { Mean, Sum }

/// <summary>What a loss head is built from: the output and what computed it, the target, and where the gradient goes.</summary>
/// <param name="Output">The network's output.</param>
/// <param name="BeforeActivation">What the last activation was applied to; null where there is none.</param>
/// <param name="Target">The target's floats.</param>
/// <param name="OutputShape">The shape of the output.</param>
internal sealed record HeadInputs(Buffer Output, Buffer? BeforeActivation, Buffer Target, Shape OutputShape)
{
    /// <summary>What the names of what belongs to the loss end in; nothing where it is the only one.</summary>
    public string Suffix { get; init; } = "";
}

/// <summary>A checked loss. No positions; equal by value.</summary>
internal abstract record Loss(string Kind, Reduction Reduction)
{
    /// <summary>It also takes class indices.</summary>
    public virtual bool TakesLabels => false;

    /// <summary>Every output is by itself the probability, or the logit, that something holds.</summary>
    public bool IsBinary => Kind is "binary_cross_entropy" or "binary_cross_entropy_with_logits";

    /// <summary>It is of what has not gone through a sigmoid or a softmax, so that the outputs are no probabilities.</summary>
    public bool TakesLogits => Kind is "binary_cross_entropy_with_logits" or "cross_entropy_with_logits";

    /// <summary>It differentiates by what the last activation was applied to.</summary>
    public abstract bool FusesActivation { get; init; }

    /// <summary>The buffer that it differentiates by: the output, or where it fuses with the last activation, what that was applied to.</summary>
    public abstract Buffer Argument(HeadInputs inputs);

    /// <summary>The same, counting for so many times as much.</summary>
    public abstract Loss Times(float weight);

    /// <summary>The kernel that gives the loss, and where <paramref name="gradient"/> is not null, the gradient by the argument.</summary>
    public abstract Kernel Lower(HeadInputs inputs, Buffer? gradient, string name);
}

/// <summary>A sum over the outputs of terms in f and t.</summary>
/// <param name="Terms">One output's term; a mean over the outputs is a factor in it.</param>
/// <param name="Derivative">Its derivative by f, in a form that does not cancel.</param>
/// <param name="FusesActivation">f is what the last activation was applied to.</param>
internal sealed record TermLoss(string Kind, Reduction Reduction, Expr Terms, Expr Derivative, bool FusesActivation = false)
    : Loss(Kind, Reduction)
{
    /// <summary>What the terms call p: a number for each feature of the output; empty where they hold none.</summary>
    public EquatableArray<float> PositiveWeights { get; init; }

    public override Loss Times(float weight) => this with { Terms = weight * Terms, Derivative = weight * Derivative };

    public override Buffer Argument(HeadInputs inputs) => FusesActivation ? inputs.BeforeActivation! : inputs.Output;

    public override Kernel Lower(HeadInputs inputs, Buffer? gradient, string name) =>
        new ElementwiseLoss(name, Kind, Argument(inputs), inputs.Target, gradient, Terms, Derivative)
        {
            Features = PositiveWeights.Count,
            FeatureStride = SoftmaxActivation.AxisOf(inputs.OutputShape).Stride,
            Table = ElementwiseLoss.PositiveWeights + inputs.Suffix,
        };
}

/// <summary>
/// -sum t log softmax(z) over the classes, the mean over steps or positions. Labels become targets of 1, times their class's weight, and none where they do not
/// count.
/// </summary>
/// <param name="FusesActivation">z is what the last softmax, or log_softmax, was applied to; else the output itself.</param>
internal sealed record CategoricalLoss(string Kind, Reduction Reduction, bool FusesActivation) : Loss(Kind, Reduction)
{
    /// <summary>What the loss is multiplied by.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>The share s of a sample's targets that is spread evenly over its n classes: t (1 - s) + s / n times their sum.</summary>
    public float LabelSmoothing { get; init; }

    /// <summary>What the targets of each class are multiplied by; empty where all count alike.</summary>
    public EquatableArray<float> ClassWeights { get; init; }

    /// <summary>The label that does not count: its loss is 0, and the mean is over the others.</summary>
    public int? IgnoredLabel { get; init; }

    public override bool TakesLabels => true;

    public override Loss Times(float weight) => this with { Weight = weight };

    public override Buffer Argument(HeadInputs inputs) => FusesActivation ? inputs.BeforeActivation! : inputs.Output;

    public override Kernel Lower(HeadInputs inputs, Buffer? gradient, string name) =>
        new SoftmaxCrossEntropy(name, Argument(inputs), inputs.Target, gradient, SoftmaxActivation.AxisOf(inputs.OutputShape)) { Weight = Weight, Smoothing = LabelSmoothing };
}
