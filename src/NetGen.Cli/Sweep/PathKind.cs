using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Optimizers;
using NetGen.Compiler.Options;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Cli.Sweep;

/// <summary>What a key's value is, as far as a path can lead into it.</summary>
internal abstract record PathKind
{
    /// <summary>Numbers, words, lists, and maps whose keys are not known here.</summary>
    public sealed record Leaf : PathKind;

    /// <summary>A map with these keys, or the main one's value alone.</summary>
    public sealed record Map(OptionKeys Keys) : PathKind;

    /// <summary>A named thing with options.</summary>
    /// <param name="Sort">As in "an optimizer".</param>
    /// <param name="Default">What it is where it is not stated; null where that is not one with options.</param>
    public sealed record Named(string Sort, IReadOnlyList<IDefinition> Things, Glossary Words, string? Default = null) : PathKind
    {
        public IDefinition? Find(string name) => Things.FirstOrDefault(t => t.Name == name);
    }

    private static readonly Named s_activation = new("an activation", ActivationRegistry.Activations.All, ActivationRegistry.Activations.Glossary);
    private static readonly Named s_initializer = new("an initializer", InitializerRegistry.Initializers.All, InitializerRegistry.Initializers.Glossary);
    private static readonly Named s_loss = new("a loss", LossRegistry.Losses.All, LossRegistry.Losses.Glossary);
    private static readonly Named s_optimizer = new("an optimizer", OptimizerRegistry.Optimizers.All, OptimizerRegistry.Optimizers.Glossary, "sgd");
    private static readonly Named s_schedule = new("a schedule", ScheduleRegistry.Schedules.All, ScheduleRegistry.Schedules.Glossary);

    /// <summary>Of a key at the top of a spec.</summary>
    public static PathKind OfRoot(string key) => key switch
    {
        "loss" => s_loss,
        "optimizer" => s_optimizer,
        "input" => new Map(OptionKeys.WithMain("shape", "layout")),
        "weights" => new Map(OptionKeys.WithMain("file", "storage", "prefix", "names")),
        "budget" => new Map(OptionKeys.Of("parameters", "scratch", "macs")),
        _ => new Leaf(),
    };

    /// <summary>Of an option.</summary>
    public static PathKind OfOption(string key) => key switch
    {
        "learning_rate" => s_schedule,
        _ when key.EndsWith("activation", StringComparison.Ordinal) => s_activation,
        _ when key.EndsWith("_initializer", StringComparison.Ordinal) => s_initializer,
        _ => new Leaf(),
    };

    /// <summary>The options of a layer, its own and every layer's.</summary>
    public static OptionKeys KeysOf(LayerDefinition layer)
    {
        OptionKeys own = layer.Keys;
        return own with { Keys = own.Keys.Union(["name", "trainable", "from"]).ToEquatable(), Words = LayerOptionWords.All };
    }

    public static OptionKeys RootKeys => NetworkBinder.RootKeys;
}
