using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Spec;

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
        Change change = c[last] is ActivationLayer
            ? c.Leave(last)
            : new Change.Replace("End in linear", c.SpanOf(last, "activation"), "linear");
        c.Report(Rules.RectifiedRegression, c[last] is ActivationLayer ? c.SpanOf(last) : c.SpanOf(last, "activation"),
            $"the network ends in {activation.Kind}, which gives no negative value and no gradient where it gives 0, but '{loss.Kind}' compares it with any number; end in linear, or in softplus where targets are positive", change);
    }

    /// <summary>Probabilities compared as if they were quantities.</summary>
    public static void SquaredErrorOfProbabilities(LintContext c)
    {
        if (c.Network.Loss is not { } loss || !s_regressions.Contains(loss.Kind) || c.Spec.Find("loss") is not { } entry)
            return;
        int last = Layer.EndOf(c.Network.Layers, static l => l.IsTransparent);
        if (c[last].LastActivation is not (SoftmaxActivation or LogSoftmaxActivation))
            return;
        var kind = Node.Read(entry.Value, "a loss", "loss: cross_entropy", new DiagnosticBag())!.Kind.Span;
        c.Report(Rules.SquaredErrorOfProbabilities, kind,
            $"loss '{loss.Kind}' on the {c[last].LastActivation!.Kind} of '{c[last].Name}' has almost no gradient where the network is surely wrong; cross_entropy does, and fuses with it", new Change.Replace("Use cross_entropy", kind, "cross_entropy"));
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
