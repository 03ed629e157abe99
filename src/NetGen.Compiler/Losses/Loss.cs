using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Shapes;

namespace NetGen.Compiler.Losses;

/// <summary>How the samples of a batch make one number.</summary>
internal enum Reduction { Mean, Sum }

/// <summary>What a loss head is built from: the output and what computed it, the target, and where the gradient goes.</summary>
/// <param name="Output">The network's output.</param>
/// <param name="BeforeActivation">What the last activation was applied to; null where there is none.</param>
/// <param name="Target">The target's floats.</param>
/// <param name="OutputShape">The shape of the output.</param>
internal sealed record HeadInputs(Buffer Output, Buffer? BeforeActivation, Buffer Target, Shape OutputShape);

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
    public override Buffer Argument(HeadInputs inputs) => FusesActivation ? inputs.BeforeActivation! : inputs.Output;

    public override Kernel Lower(HeadInputs inputs, Buffer? gradient, string name) =>
        new ElementwiseLoss(name, Kind, Argument(inputs), inputs.Target, gradient, Terms, Derivative);
}

/// <summary>-sum t log softmax(z) over the classes, the mean over steps or positions.</summary>
/// <param name="FusesActivation">z is what the last softmax, or log_softmax, was applied to; else the output itself.</param>
internal sealed record CategoricalLoss(string Kind, Reduction Reduction, bool FusesActivation) : Loss(Kind, Reduction)
{
    public override bool TakesLabels => true;

    public override Buffer Argument(HeadInputs inputs) => FusesActivation ? inputs.BeforeActivation! : inputs.Output;

    public override Kernel Lower(HeadInputs inputs, Buffer? gradient, string name) =>
        new SoftmaxCrossEntropy(name, Argument(inputs), inputs.Target, gradient, SoftmaxActivation.AxisOf(inputs.OutputShape));
}
