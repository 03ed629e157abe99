using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Optimizers;
using NetGen.Compiler.Options;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Binding;

/// <inheritdoc />
internal sealed class Elsewhere : IElsewhere
{
    public string? OfName(string name, string sort) => sort switch
    {
        "layer" => Loss(name) ?? Optimizer(name),
        "activation" => Layer(name),
        "loss" => Optimizer(name) ?? Activation(name),
        "optimizer" => Loss(name) ?? Schedule(name),
        "schedule" => Optimizer(name),
        _ => null,
    };

    public string? OfKey(string key, OptionKeys keys)
    {
        bool isLayer = LayerRegistry.Layers.Names.Contains(key);
        if (keys.Keys.Contains("merge_mode"))
        {
            string[] held = [.. LayerRegistry.Layers.All.OfType<RecurrentDefinition>().Select(static d => d.Name)];
            if (isLayer)
                return $"'{key}' is no recurrent layer; it holds one of {string.Join(", ", held)}";
            if (Option(key, LayerRegistry.Layers.All.OfType<RecurrentDefinition>().Reverse()) is { } within && !keys.Keys.Contains(within.Key))
                return $"write it in the layer that it holds, as in {within.Owner}: {{ {within.Key}: … }}";
        }

        if (keys == NetworkBinder.RootKeys)
            return isLayer ? Layer(key) : OptimizerOption(key) ?? LayerOption(key) ?? Layer(key) ?? Loss(key) ?? Optimizer(key);
        if (key == "bidirectional" && keys.Keys.Contains("return_sequences"))
            return "write the layer within one, as in bidirectional: { lstm: { units: 16 } }";
        if (NetworkBinder.RootKeys.Keys.Contains(key) && key is not ("weights" or "layers" or "l2" or "seed"))
            return $"'{key}' stands at the top of the spec, beside 'layers'";
        if (keys.Keys.Contains("activation") && ActivationRegistry.Activations.Canonical(key) is { } activation)
            return $"write activation: {activation}";
        if (keys.Keys.Contains("clip_norm"))
            return Schedule(key) ?? Loss(key);
        return isLayer && keys.Keys.Contains("trainable") ? Layer(key) : null;
    }

    private static string? Layer(string name) => LayerRegistry.Layers.Canonical(name) is { } layer
        ? $"'{name}' is a layer{(layer == name ? "" : $", '{layer}' here")}; write it in the list 'layers', as in - {layer}{(layer == "flatten" || ActivationRegistry.Activations.Canonical(layer) == layer ? "" : ": …")}"
        : null;

    private static string? Activation(string name) => ActivationRegistry.Activations.Canonical(name) is { } activation
        ? $"'{name}' is an activation; end the layers with it, as in - {activation}, and write a loss that goes with it"
        : null;

    private static string? Loss(string name) => LossRegistry.Losses.Canonical(name) is { } loss
        ? $"'{name}' is a loss; write loss: {loss} at the top of the spec"
        : null;

    private static string? Optimizer(string name) => OptimizerRegistry.Optimizers.Canonical(name) is { } optimizer
        ? $"'{name}' is an optimizer; write optimizer: {{ {optimizer}: {{ learning_rate: … }} }} at the top of the spec"
        : null;

    private static string? Schedule(string name) => ScheduleRegistry.Schedules.Canonical(name) is { } schedule
        ? $"'{name}' is a schedule; write it as the rate, as in learning_rate: {{ {schedule}: {{ … }} }}"
        : null;

    private static string? OptimizerOption(string key) => Option(key, OptimizerRegistry.Optimizers.All) is { } option
        ? $"'{key}' belongs to the optimizer; write optimizer: {{ {option.Owner}: {{ {option.Key}: … }} }}"
        : null;

    private static string? LayerOption(string key) => LayerRegistry.Layers.All.FirstOrDefault(l => l.Keys.Keys.Contains(key)) is { } layer
        ? $"'{key}' belongs to a layer; write it in the list 'layers', as in - {layer.Name}: {{ {key}: … }}"
        : null;

    /// <summary>The first of some things that has an option of this name, or of what others call so.</summary>
    private static (string Owner, string Key)? Option(string key, IEnumerable<IDefinition> owners)
    {
        foreach (IDefinition owner in owners)
        {
            if (owner.Keys.Keys.Contains(key))
                return (owner.Name, key);
        }

        foreach (IDefinition owner in owners)
        {
            if (OptionWords.All.Find(key, owner.Keys.Keys) is { } meaning)
                return (owner.Name, meaning.Names[0]);
        }

        return null;
    }
}
