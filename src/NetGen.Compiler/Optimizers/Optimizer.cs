using System;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Optimizers;

/// <summary>A checked optimizer. No positions; equal by value.</summary>
/// <param name="LearningRate">The spec's learning rate; that of a schedule is its largest.</param>
/// <param name="ClipNorm">The largest norm of all gradients together, or null.</param>
/// <param name="Rule">What happens to each parameter, before clipping is put in.</param>
internal sealed record Optimizer(string Kind, float LearningRate, float? ClipNorm, UpdateRule Rule)
{
    /// <summary>SGD as it is without an <c>optimizer:</c>.</summary>
    public static readonly Optimizer Default = new("sgd", 0.01f, null, Sgd.Rule(0, false, 0));

    /// <summary>The bound within which each element of a gradient is kept, before the norm is taken; or null.</summary>
    public float? ClipValue { get; init; }

    /// <summary>The learning rate of each step; null where it is one for all.</summary>
    public Schedule? Schedule { get; init; }
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
        new("sgd", CommonOptions.With("momentum", "nesterov"), Sgd.Bind),
        new("adam", CommonOptions.With("beta_1", "beta_2", "epsilon"), static o => Adam.Bind(o, "adam", 0)),
        new("adamw", CommonOptions.With("beta_1", "beta_2", "epsilon"), static o => Adam.Bind(o, "adamw", 0.01f)),
        new("rmsprop", CommonOptions.With("rho", "epsilon", "momentum"), Rmsprop.Bind),
        new("adagrad", CommonOptions.With("epsilon"), Adagrad.Bind),
    ],
    OptimizerWords.Optimizers);
}
