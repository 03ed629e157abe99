using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
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
        foreach ((OutputPart output, Loss loss, int last) in Ends(c, static l => l.IsTransparent || l.KeepsValues))
        {
            if (!s_regressions.Contains(loss.Kind) || c[last].LastActivation is not { Kind: "relu" or "relu6" } activation)
                continue;
            c.Report(Rules.RectifiedRegression, c[last] is ActivationLayer ? c.SpanOf(last) : c.SpanOf(last, "activation"),
                $"{Owner(c, output)} ends in {activation.Kind}, which gives no negative value and no gradient where it gives 0, but '{loss.Kind}' compares it with any number; end in linear, or in softplus where targets are positive", c.LeaveActivation(last));
        }
    }

    /// <summary>Probabilities compared as if they were quantities.</summary>
    public static void SquaredErrorOfProbabilities(LintContext c)
    {
        foreach ((OutputPart output, Loss loss, int last) in Ends(c, static l => l.IsTransparent))
        {
            if (!s_regressions.Contains(loss.Kind) || c[last].LastActivation is not (SoftmaxActivation or LogSoftmaxActivation))
                continue;
            SourceSpan kind = c.LossKindOf(output)!.Value;
            c.Report(Rules.SquaredErrorOfProbabilities, kind,
                $"loss '{loss.Kind}' on the {c[last].LastActivation!.Kind} of '{c[last].Name}' has almost no gradient where the network is surely wrong; cross_entropy does, and fuses with it", new Change.Replace("Use cross_entropy", kind, "cross_entropy"));
        }
    }

    /// <summary>Classes that exclude each other, judged one by one.</summary>
    public static void BinaryLossOfClasses(LintContext c)
    {
        foreach ((OutputPart output, Loss loss, int last) in Ends(c, static l => l.IsTransparent))
        {
            if (loss.Kind != "binary_cross_entropy" || output.Shape.Size == 1 || c[last].LastActivation is not SoftmaxActivation || c[last].Output.Size == 1)
                continue;
            SourceSpan kind = c.LossKindOf(output)!.Value;
            c.Report(Rules.BinaryLossOfClasses, kind,
                $"the softmax of '{c[last].Name}' gives probabilities of classes of which one is right, but 'binary_cross_entropy' judges each output by itself; use cross_entropy, which fuses with it, or end in sigmoid where several may be right",
                new Change.Replace("Use cross_entropy", kind, "cross_entropy"), new Change.Replace("End in sigmoid", c.ActivationSpan(last), "sigmoid"));
        }
    }

    /// <summary>Targets of -1 and 1 for outputs that are never below 0.</summary>
    public static void HingeOfProbabilities(LintContext c)
    {
        foreach ((OutputPart output, Loss loss, int last) in Ends(c, static l => l.IsTransparent))
        {
            if (loss.Kind != "hinge" || c[last].LastActivation is not { GivesProbabilities: true } activation)
                continue;
            c.Report(Rules.HingeOfProbabilities, c.ActivationSpan(last),
                $"{Owner(c, output)} ends in {activation.Kind}, which gives nothing below 0, but 'hinge' compares it with targets of -1 and 1; end in linear", c.LeaveActivation(last));
        }
    }

    /// <summary>Outputs that are dropped.</summary>
    public static void DropoutAtTheEnd(LintContext c)
    {
        foreach ((OutputPart output, _, int last) in Ends(c, static l => l.KeepsValues || l is ActivationLayer))
        {
            if (c[last] is not Dropout { Rate: > 0 } dropout)
                continue;
            string what = c.Network.NamesOutputs ? $"what output '{output.Name}' gives" : "the network's outputs";
            c.Report(Rules.DropoutAtTheEnd, c.SpanOf(last),
                $"layer '{dropout.Name}' drops {what}: in training the loss compares targets with zeros; put it before the last layer that has weights, or leave it out", c.Leave(last));
        }
    }

    /// <summary>Each output that is trained, with its loss and the layer that decides what it gives.</summary>
    private static IEnumerable<(OutputPart Output, Loss Loss, int Last)> Ends(LintContext c, Func<Layer, bool> changesNothing) =>
        c.Network.Trained.Select(o => (o, o.Loss!, c.EndOf(o, changesNothing))).Where(static e => e.Item3 >= 0);

    private static string Owner(LintContext c, OutputPart output) => c.Network.NamesOutputs ? $"output '{output.Name}'" : "the network";
}
