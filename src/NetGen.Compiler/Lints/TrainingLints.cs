using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Optimizers;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Lints;

/// <summary>Settings with which training leads nowhere.</summary>
internal static class TrainingLints
{
    /// <summary>Below this a step is lost in a float's rounding.</summary>
    private const float Least = 1e-8f;

    /// <summary>A learning rate that is absurd, or not there.</summary>
    public static void LearningRate(LintContext c)
    {
        if (c.Network.Loss is null)
            return;
        Optimizer optimizer = c.Network.Optimizer;
        string rate = CSharpLiteral.Shortest(optimizer.LearningRate);
        SpecEntry? entry = c.Spec.Find("optimizer");
        Node? node = entry is null ? null : Node.Of(entry.Value);
        SpecValue? written = node?.Find("learning_rate") ?? node?.Main;
        if (written is null)
        {
            c.Report(Rules.DefaultLearningRate, node?.Kind.Span ?? c.Spec.Find("loss")!.Key.Span,
                $"{(entry is null ? "there is no optimizer, so it is sgd" : $"optimizer '{optimizer.Kind}' states no learning_rate, so it is its default")}, with learning_rate: {rate}; write optimizer: {{ {optimizer.Kind}: {{ learning_rate: {rate} }} }} to say so");
            return;
        }

        // An adaptive step moves each weight by about the rate, whatever its gradient.
        float most = optimizer.Kind == "sgd" ? 10 : 0.5f;
        if (optimizer.LearningRate > most || optimizer.LearningRate < Least)
        {
            string why = optimizer.LearningRate < Least ? "so small that a step is lost in the rounding of a float"
                : optimizer.Kind == "sgd" ? "so large that a step overshoots whatever the loss looks like"
                : "about how far a step moves every weight, so large that it forgets what it has learnt";
            c.Report(Rules.LearningRate, written.Span, $"optimizer '{optimizer.Kind}': learning_rate {rate} is {why}; {(optimizer.Kind == "sgd" ? "0.001 to 1" : "0.0001 to 0.01")} is usual");
        }
    }

    /// <summary>
    /// Units that begin equal, where other layers with weights read them. The last layer's differ by their targets, a branch that is added may well begin with
    /// zeros, and weights that are loaded make it no matter.
    /// </summary>
    public static void ConstantWeights(LintContext c)
    {
        if (c.Network.Loss is null || c.Network.Weights is not null)
            return;
        for (int k = 0; k < c.Network.Layers.Count; k++)
        {
            if (c[k] is not (Dense { Weight: null } or Convolution) || c[k].Parameters[0] is not { IsTrained: true, Initializer: ConstantInitializer constant } weight || weight.Shape[0] < 2 || !FeedsWeights(c, k))
                continue;
            c.Report(Rules.ConstantWeights, c.SpanOf(k, "kernel_initializer"),
                $"layer '{c[k].Name}': all its weights begin as {CSharpLiteral.Shortest(constant.Value)}, so its {weight.Shape[0]} outputs begin equal, and as little can be learnt from them as from one; use an initializer that draws, such as glorot_uniform",
                new Change.Replace("Use glorot_uniform", c.SpanOf(k, "kernel_initializer"), "glorot_uniform"));
        }
    }

    /// <summary>Each reader of a layer has weights, behind layers of one input.</summary>
    private static bool FeedsWeights(LintContext c, int place)
    {
        int[] readers = [.. c.ReadersOf(place)];
        return readers.Length > 0 && readers.All(r => c[r] is Dense or Convolution or Recurrent or Bidirectional || (c[r].Sources.Count == 1 && FeedsWeights(c, r)));
    }

    /// <summary>A loss, and nothing that it could change.</summary>
    public static void NothingTrained(LintContext c)
    {
        if (c.Network.Loss is null || c.Network.Parameters.Any(static p => p.Parameter.IsTrained || p.Parameter.Momentum is not null))
            return;
        string why = c.Network.ParameterCount == 0 ? "no layer has parameters" : "every parameter is frozen by trainable: false";
        c.Report(Rules.NothingTrained, c.Spec.Find("loss")!.Key.Span, $"the network has a loss, but {why}, so training changes nothing; leave the loss out, or let a layer learn");
    }
}
