using System;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Optimizers;

/// <summary>A checked optimizer. No positions; equal by value.</summary>
/// <param name="LearningRate">The spec's learning rate.</param>
/// <param name="ClipNorm">The largest norm of all gradients together, or null.</param>
/// <param name="Rule">What happens to each parameter, before clipping is put in.</param>
internal sealed record Optimizer(string Kind, float LearningRate, float? ClipNorm, UpdateRule Rule)
{
    /// <summary>SGD as it is without an <c>optimizer:</c>.</summary>
    public static readonly Optimizer Default = new("sgd", 0.01f, null, Sgd.Rule(0, false));
}

/// <summary>One optimizer of the grammar.</summary>
internal sealed class OptimizerDefinition(string name, OptionKeys keys, Func<OptionReader, Optimizer> bind) : IDefinition
{
    public string Name => name;

    public OptionKeys Keys => keys;

    public Optimizer Bind(OptionReader options) => bind(options);
}

/// <summary>Every optimizer, a line each.</summary>
internal static class OptimizerRegistry
{
    public static readonly Registry<OptimizerDefinition> Optimizers = new("optimizer", Rules.UnknownOptimizer,
    [
        new("sgd", OptionKeys.WithMain("learning_rate", "momentum", "nesterov", "clip_norm"), Sgd.Bind),
    ],
    ["adam", "adamw", "rmsprop", "adagrad"], new() { ["momentum"] = "sgd", ["nesterov"] = "sgd" });
}

/// <summary>
/// Stochastic gradient descent: w = w - learningRate g; with momentum m, velocity = m velocity + g and
/// w = w - learningRate velocity; with Nesterov's, w = w - learningRate (g + m velocity). As in PyTorch.
/// </summary>
internal static class Sgd
{
    public static UpdateRule Rule(float momentum, bool nesterov)
    {
        Expr w = Expr.Var("w"), g = Expr.Var("g"), rate = Expr.Var("learningRate"), velocity = Expr.Var("velocity");
        if (momentum == 0)
            return new UpdateRule(default, EquatableArray.Of(("w", w - (rate * g))));
        return new UpdateRule(EquatableArray.Of("velocity"), EquatableArray.Of(
            ("velocity", (momentum * velocity) + g),
            ("w", w - (rate * (nesterov ? g + (momentum * velocity) : velocity)))));
    }

    public static Optimizer Bind(OptionReader options)
    {
        if (options.Find("learning_rate") is MapValue { Entries.Count: 1 } schedule
            && schedule.Entries[0].Key.Value is "cosine" or "step" or "exponential" or "inverse_time" or "constant")
        {
            options.Report(Rules.NotAvailable, schedule.Span, $"{options.Owner}: learning-rate schedules are not available in this version of NetGen; write a number, and hand the rate of each step to SgdStep or TrainStep");
            return Optimizer.Default;
        }

        float rate = options.Number("learning_rate", 0.01f, static v => v >= 0, "at least 0");
        float momentum = options.Number("momentum", 0, static v => v is >= 0 and < 1, "at least 0 and below 1");
        bool nesterov = options.Boolean("nesterov", false);
        float? clip = options.Find("clip_norm") is null ? null : options.Number("clip_norm", 1, static v => v > 0, "above 0");
        if (nesterov && momentum == 0 && !options.Failed)
            options.Report(Rules.NesterovWithoutMomentum, options.SpanOf("nesterov"), $"{options.Owner} has nesterov: true, but no momentum to look ahead with; write e.g. momentum: 0.9, or leave nesterov out");
        return new Optimizer("sgd", rate, clip, Rule(momentum, nesterov));
    }
}
