using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Lints;

/// <summary>Layers that undo or repeat each other.</summary>
internal static class LayerLints
{
    /// <summary>Two dense layers with nothing nonlinear between. A narrow one between two wide ones has a rank, and may be meant.</summary>
    public static void LinearStack(LintContext c)
    {
        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            if (c[k] is not Dense second || c.Before(k, static l => l.KeepsValues || l is Dropout or Normalization or Rescaling) is not (>= 0 and int before)
                || c[before] is not Dense { Activation: var activation } first || !IsLinear(activation) || c.ReadersOf(before).Count() > 1
                || first.Input.Rank != second.Input.Rank || first.Output.Last < Math.Min(first.Input.Last, second.Output.Last))
                continue;
            c.Report(Rules.LinearStack, c.SpanOf(k),
                $"layers '{first.Name}' and '{second.Name}' have nothing nonlinear between them, so together they compute what '{second.Name}' alone could; give '{first.Name}' an activation, as in activation: relu, or leave it out",
                new Change.AddOption($"Give '{first.Name}' activation: relu", c.Headers[before].Node, "units", "activation", "relu"));
        }
    }

    /// <summary>
    /// Two convolutions with nothing nonlinear between. Windows of one element, groups and few filters are how a convolution is taken apart into several, which
    /// is meant.
    /// </summary>
    public static void LinearConvolutions(LintContext c)
    {
        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            if (c[k] is not Convolution { IsTransposed: false } second || !IsWhole(second)
                || c.Before(k, static l => l is Pooling { IsMax: false } or Dropout or BatchNorm or Normalization or Rescaling || l.IsTransparent) is not (>= 0 and int before)
                || c[before] is not Convolution { IsTransposed: false } first || !IsLinear(first.Activation) || !IsWhole(first) || c.ReadersOf(before).Count() > 1)
                continue;
            long seen = first.Windows.Aggregate((long)first.Input.Dimensions[0], static (n, w) => n * w.Size);
            if (first.Output.Dimensions[0] < Math.Min(seen, second.Output.Dimensions[0]))
                continue;
            c.Report(Rules.LinearConvolutions, c.SpanOf(before),
                $"layers '{first.Name}' and '{second.Name}' have nothing nonlinear between them, so together they are one linear map; give '{first.Name}' an activation, as in activation: relu, or put relu behind it",
                new Change.AddOption($"Give '{first.Name}' activation: relu", c.Headers[before].Node, "filters", "activation", "relu"));
        }
    }

    private static bool IsWhole(Convolution layer) => layer.Groups == 1 && layer.Windows.All(static w => w.Size > 1);

    /// <summary>
    /// Dropout before batch norm: in training it takes the variance of what is dropped and scaled up, which is larger than that of what it sees afterwards.
    /// </summary>
    public static void DropoutBeforeBatchNorm(LintContext c)
    {
        if (c.Network.Loss is null)
            return;
        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            if (c[k] is BatchNorm { UsesBatch: true } norm && c.Before(k, static l => l.IsTransparent || l is ActivationLayer { Activation: ElementwiseActivation }) is >= 0 and int before
                && c[before] is Dropout { Rate: > 0 } dropout)
            {
                c.Report(Rules.DropoutBeforeBatchNorm, c.SpanOf(before),
                    $"'{norm.Name}' learns the variance of what '{dropout.Name}' has dropped and scaled up, which inference never sees; put dropout behind '{norm.Name}'", c.Leave(before));
            }
        }
    }

    /// <summary>A bias that batch norm takes away again.</summary>
    public static void BiasBeforeBatchNorm(LintContext c)
    {
        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            if (c[k] is not BatchNorm { UsesBatch: true } norm || c.Before(k, static l => l.IsTransparent) is not (>= 0 and int before) || c.ReadersOf(before).Count() > 1)
                continue;
            (bool hasBias, string main) = c[before] switch
            {
                Dense { UseBias: true, Activation: var a } when IsLinear(a) => (true, "units"),
                Convolution { UseBias: true, Activation: var a } when IsLinear(a) => (true, "filters"),
                _ => (false, ""),
            };
            if (!hasBias)
                continue;
            Change change = c.Headers[before].Node.Find("use_bias") is { } written
                ? new Change.Replace("Write use_bias: false", written.Span, "false")
                : new Change.AddOption("Write use_bias: false", c.Headers[before].Node, c.Headers[before].Definition.Keys.Main ?? main, "use_bias", "false");
            c.Report(Rules.BiasBeforeBatchNorm, c.SpanOf(before, "use_bias"),
                $"layer '{c[before].Name}' adds a bias that '{norm.Name}' behind it subtracts with the mean: it costs time and never learns anything; write use_bias: false", change);
        }
    }

    /// <summary>A momentum in Keras's sense.</summary>
    public static void KerasMomentum(LintContext c)
    {
        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            if (c[k] is not BatchNorm { UsesBatch: true, Momentum: >= 0.9f and < 1 } norm)
                continue;
            string meant = CSharpLiteral.Shortest((float)Math.Round(1 - (double)norm.Momentum, 6)), written = CSharpLiteral.Shortest(norm.Momentum);
            c.Report(Rules.KerasMomentum, c.SpanOf(k, "momentum"),
                $"layer '{norm.Name}': momentum {written} is the share of each batch, as in PyTorch, so the running statistics are little more than the last batch's; Keras's {written} is momentum: {meant} here",
                new Change.Replace($"Write momentum: {meant}", c.SpanOf(k, "momentum"), meant));
        }
    }

    /// <summary>A layer whose output nothing reads, or an input that none does.</summary>
    public static void Unread(LintContext c)
    {
        for (int k = 0; k < c.Inputs.Count; k++)
        {
            if (!c.Network.Layers.Any(l => l.Sources.Contains(ValueSource.Input(k))))
            {
                c.Report(Rules.UnreadLayer, c.Inputs[k].Span,
                    $"nothing reads the input '{c.Inputs[k].Name}', so its numbers change nothing; read it, as in from: {c.Inputs[k].Name}, or leave it out");
            }
        }

        var read = new HashSet<int>(c.Network.Outputs.Select(static o => o.Source.Layer));
        for (int k = c.Network.Layers.Count - 1; k >= 0; k--)
        {
            if (read.Contains(k))
                read.UnionWith(c[k].Sources.Select(static s => s.Layer));
        }

        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            // What only an unread layer reads is that one's fault.
            if (read.Contains(k) || c.ReadersOf(k).Any())
                continue;
            c.Report(Rules.UnreadLayer, c.SpanOf(k),
                $"nothing reads what layer '{c[k].Name}' gives, so it is not computed, and its parameters never change; read it, as in from: {c[k].Name}, or leave it out", c.Leave(k));
        }
    }

    private static bool IsLinear(Activation activation) => activation.Kind == "linear";
}
