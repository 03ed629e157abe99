using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Lints;

/// <summary>Activations that cannot do what they are there for.</summary>
internal static class ActivationLints
{
    /// <summary>A softmax over one value, which is 1 whatever that is; or a categorical loss of one logit, which is 0.</summary>
    public static void SoftmaxOfOne(LintContext c)
    {
        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            if (c[k].LastActivation is not (SoftmaxActivation or LogSoftmaxActivation) || NetworkEnd.FeaturesOf(c[k].Output) != 1)
                continue;
            string kind = c[k].LastActivation!.Kind;
            // Of an end that is trained, the loss changes with it.
            Change sigmoid = new Change.Replace("Use sigmoid", c.ActivationSpan(k), "sigmoid");
            OutputPart? output = c.Network.Trained.FirstOrDefault(o => c.EndOf(o, static l => l.IsTransparent) == k);
            Loss? loss = output?.Loss;
            Change? change = loss is null ? sigmoid
                : loss is CategoricalLoss && kind == "softmax" ? new Change.All("Use sigmoid and binary_cross_entropy", EquatableArray.Of(sigmoid, new Change.Replace("", c.LossKindOf(output!)!.Value, "binary_cross_entropy")))
                : loss.Kind == "binary_cross_entropy" ? sigmoid
                : null;
            c.Report(Rules.SoftmaxOfOne, c.ActivationSpan(k),
                $"layer '{c[k].Name}' takes the {kind} of one value, which is always {(kind == "softmax" ? 1 : 0)}; use sigmoid (with binary_cross_entropy) for one probability, or as many units as there are classes",
                change is null ? [] : [change]);
        }

        foreach (OutputPart output in c.Network.Trained)
        {
            if (output.Loss is not CategoricalLoss { FusesActivation: false } loss || NetworkEnd.FeaturesOf(output.Shape) != 1)
                continue;
            SourceSpan written = c.LossKindOf(output)!.Value;
            c.Report(Rules.SoftmaxOfOne, written,
                $"loss '{loss.Kind}' takes the softmax of one logit, which is always 1, so it is always 0; use binary_cross_entropy_with_logits for one probability, or as many units as there are classes",
                new Change.Replace("Use binary_cross_entropy_with_logits", written, "binary_cross_entropy_with_logits"));
        }
    }

    /// <summary>A sigmoid of a relu, which is never below a half. (A softmax of one is poor, and may be meant.)</summary>
    public static void RectifiedLogits(LintContext c)
    {
        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            if (c[k] is ActivationLayer { Activation.Kind: "sigmoid" or "hard_sigmoid" } && c.Before(k, static l => l.IsTransparent || l is Dropout) is >= 0 and int before)
                Report(before, $"'{c[k].Name}' behind it");
        }

        foreach (OutputPart output in c.Network.Trained)
        {
            if (output.Loss is { Kind: "binary_cross_entropy_with_logits" } loss && c.EndOf(output, static l => l.IsTransparent) is >= 0 and int end)
                Report(end, $"loss '{loss.Kind}'");
        }

        void Report(int place, string reader)
        {
            if (c[place].LastActivation is not { Kind: "relu" or "relu6" } activation)
                return;
            c.Report(Rules.RectifiedLogits, c.ActivationSpan(place),
                $"layer '{c[place].Name}' ends in {activation.Kind}, of which {reader} takes the sigmoid: what is never below 0 makes no probability below 0.5; leave {activation.Kind} out", c.LeaveActivation(place));
        }
    }

    /// <summary>The same activation twice in a row; not of functions that a formula may well apply twice, as x⁴ is a square of a square.</summary>
    public static void Twice(LintContext c)
    {
        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            if (c[k] is not ActivationLayer { Activation: ElementwiseActivation second } || c[k].IsTransparent
                || second.Kind is "exp" or "log" or "sqrt" or "square" or "sin" or "cos"
                || c.Before(k, static l => l.IsTransparent || l is Dropout) is not (>= 0 and int before) || !second.Equals(c[before].LastActivation))
                continue;
            string effect = second.Kind is "relu" or "relu6" or "abs" ? ", which changes nothing" : "";
            c.Report(Rules.ActivationTwice, c.SpanOf(k), $"layer '{c[k].Name}' applies {second.Kind} to what '{c[before].Name}' has applied it to already{effect}; leave one of them out", c.Leave(k));
        }
    }
}
