using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Lints;

/// <summary>What the network ends in, and what its loss makes of that.</summary>
internal static class OutputLints
{
    private static readonly string[] s_regressions = ["squared_error", "half_squared_error", "mean_squared_error", "mean_absolute_error", "huber"];

    /// <summary>The softmax of a softmax.</summary>
    public static void SoftmaxTwice(LintContext c)
    {
        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            if (c[k] is not ActivationLayer { Activation: SoftmaxActivation or LogSoftmaxActivation } || c.Before(k, static l => l.IsTransparent || l is Dropout) is not (>= 0 and int before)
                || c[before].LastActivation is not (SoftmaxActivation or LogSoftmaxActivation))
                continue;
            c.Report(Rules.SoftmaxTwice, c.SpanOf(k),
                $"layer '{c[k].Name}' takes the softmax of what '{c[before].Name}' has made a {c[before].LastActivation!.Kind} already, which pushes all classes towards the same probability and starves the gradient; leave one of them out", c.Leave(k));
        }
    }

    /// <summary>A regression that can give no negative value.</summary>
    public static void RectifiedRegression(LintContext c)
    {
        if (c.Network.Loss is not { } loss || !s_regressions.Contains(loss.Kind))
            return;
        int last = Layer.EndOf(c.Network.Layers, static l => l.IsTransparent || l.KeepsValues);
        if (c[last].LastActivation is not { Kind: "relu" or "relu6" } activation)
            return;
        c.Report(Rules.RectifiedRegression, c[last] is ActivationLayer ? c.SpanOf(last) : c.SpanOf(last, "activation"),
            $"the network ends in {activation.Kind}, which gives no negative value and no gradient where it gives 0, but '{loss.Kind}' compares it with any number; end in linear, or in softplus where targets are positive", c.LeaveActivation(last));
    }

    /// <summary>Probabilities compared as if they were quantities.</summary>
    public static void SquaredErrorOfProbabilities(LintContext c)
    {
        if (c.Network.Loss is not { } loss || !s_regressions.Contains(loss.Kind))
            return;
        int last = Layer.EndOf(c.Network.Layers, static l => l.IsTransparent);
        if (c[last].LastActivation is not (SoftmaxActivation or LogSoftmaxActivation))
            return;
        SourceSpan kind = c.LossKind!.Value;
        c.Report(Rules.SquaredErrorOfProbabilities, kind,
            $"loss '{loss.Kind}' on the {c[last].LastActivation!.Kind} of '{c[last].Name}' has almost no gradient where the network is surely wrong; cross_entropy does, and fuses with it", new Change.Replace("Use cross_entropy", kind, "cross_entropy"));
    }

    /// <summary>Classes that exclude each other, judged one by one.</summary>
    public static void BinaryLossOfClasses(LintContext c)
    {
        if (c.Network.Loss is not { Kind: "binary_cross_entropy" } || c.Network.Output.Size == 1)
            return;
        int last = Layer.EndOf(c.Network.Layers, static l => l.IsTransparent);
        if (c[last].LastActivation is not SoftmaxActivation || c[last].Output.Size == 1)
            return;
        SourceSpan kind = c.LossKind!.Value;
        c.Report(Rules.BinaryLossOfClasses, kind,
            $"the softmax of '{c[last].Name}' gives probabilities of classes of which one is right, but 'binary_cross_entropy' judges each output by itself; use cross_entropy, which fuses with it, or end in sigmoid where several may be right",
            new Change.Replace("Use cross_entropy", kind, "cross_entropy"), new Change.Replace("End in sigmoid", c.ActivationSpan(last), "sigmoid"));
    }

    /// <summary>Targets of -1 and 1 for outputs that are never below 0.</summary>
    public static void HingeOfProbabilities(LintContext c)
    {
        if (c.Network.Loss is not { Kind: "hinge" })
            return;
        int last = Layer.EndOf(c.Network.Layers, static l => l.IsTransparent);
        if (c[last].LastActivation is not { GivesProbabilities: true } activation)
            return;
        c.Report(Rules.HingeOfProbabilities, c.ActivationSpan(last),
            $"the network ends in {activation.Kind}, which gives nothing below 0, but 'hinge' compares it with targets of -1 and 1; end in linear", c.LeaveActivation(last));
    }

    /// <summary>Outputs that are dropped.</summary>
    public static void DropoutAtTheEnd(LintContext c)
    {
        if (c.Network.Loss is null)
            return;
        int last = Layer.EndOf(c.Network.Layers, static l => l.KeepsValues || l is ActivationLayer);
        if (c[last] is Dropout { Rate: > 0 } dropout)
        {
            c.Report(Rules.DropoutAtTheEnd, c.SpanOf(last),
                $"layer '{dropout.Name}' drops the network's outputs: in training the loss compares targets with zeros; put it before the last layer that has weights, or leave it out", c.Leave(last));
        }
    }
}
