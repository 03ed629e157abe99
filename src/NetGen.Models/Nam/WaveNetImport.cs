using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Models.Nam;

/// <summary>
/// WaveNet, first generation: stacks of layers over a signal x of channels, each
/// <code>
/// z = φ(dilated causal convolution of x + 1x1 of the input)        (gated: φ of the first half · σ of the second)
/// x = x + 1x1 of z
/// </code>
/// A stack's head is 1x1 of the sum of all its z, and of the head of the stack before it; the last head, scaled, is the output.
/// </summary>
internal static class WaveNetImport
{
    /// <summary>A layer of more is no amplifier.</summary>
    private const int MostLayers = 500;

    public static void Add(NamSpec spec, NamObject config, NamWeights weights)
    {
        config.CheckKeys("layers", "head", "head_scale");
        if (config.Find("head") is not null)
            throw new ImportException("config.head is a network of its own behind the stacks, which Neural Amp Modeler itself does not run either; it "
                + "cannot be imported.");
        WaveNetStack[] stacks = [.. config.Objects("layers").Select(static (o, k) => WaveNetStack.Of(o, k + 1))];
        Check(stacks);
        int receptive = 1 + stacks.Sum(static s => s.Dilations.Sum(d => d * (s.KernelSize - 1)));
        spec.Input = $"{{ shape: [1, {spec.Steps}], layout: channels }}";
        spec.Comment(Invariant($"A sample of the output depends on the last {CSharpLiteral.Grouped(receptive)} of the input. Step gives one sample after another, and begins from silence, that is from zeros;"));
        spec.Comment(Invariant($"Forward takes {CSharpLiteral.Grouped(spec.Steps)} samples that come after silence."));

        string signal = "input";
        string? head = null;
        foreach (WaveNetStack stack in stacks)
            (signal, head) = AddStack(spec, stack, signal, head, stack == stacks[^1], weights);

        float scale = weights.Take(1)[0];
        if (scale == 0)
            throw new ImportException("its head_scale is 0, so that it gives silence; the file is damaged.");
        spec.Layer($"rescaling: {{ scale: {NamSpec.Number(scale)}, name: output }}");
        spec.Note("the last layer's 1x1 behind its activation is left out: nothing reads it");
    }

    private static void Check(WaveNetStack[] stacks)
    {
        if (stacks.Length == 0 || stacks.Sum(static s => s.Dilations.Count) > MostLayers)
            throw new ImportException($"config.layers has {stacks.Length} stacks of {stacks.Sum(static s => s.Dilations.Count)} layers; 1 to {MostLayers} "
                + "layers can be imported.");
        for (int k = 0; k < stacks.Length; k++)
        {
            WaveNetStack stack = stacks[k];
            int inputs = k == 0 ? 1 : stacks[k - 1].Channels;
            if (stack.InputSize != inputs)
                throw new ImportException($"config.layers[{k}].input_size is {stack.InputSize}, but what it reads has {inputs} channels.");
            if (k > 0 && stacks[k - 1].HeadSize != stack.Channels)
                throw new ImportException($"config.layers[{k - 1}].head_size is {stacks[k - 1].HeadSize}, but the stack that it is added to has "
                    + $"{stack.Channels} channels.");
            if (stack.ConditionSize != 1)
                throw new ImportException($"config.layers[{k}].condition_size is {stack.ConditionSize}; models of one input, the signal, can be imported.");
        }

        if (stacks[^1].HeadSize != 1)
            throw new ImportException($"the last head_size is {stacks[^1].HeadSize}; models of one output can be imported.");
    }

    /// <summary>Adds a stack; gives back what it gives on: its signal, and its head.</summary>
    private static (string Signal, string Head) AddStack(NamSpec spec, WaveNetStack stack, string signal, string? headBefore, bool isLast, NamWeights weights)
    {
        string name = $"stack_{stack.Number}";
        int channels = stack.Channels;
        spec.Section($"Stack {stack.Number}: {Count(stack.Dilations.Count, "layer")} of {Count(channels, "channel")}, dilation "
            + $"{string.Join(", ", stack.Dilations)}.");
        Pointwise(spec, $"{name}_in", signal, stack.InputSize, channels, hasBias: false, weights);
        string at = $"{name}_in";
        List<string> heads = headBefore is null ? [] : [headBefore];
        for (int k = 0; k < stack.Dilations.Count; k++)
        {
            string layer = Invariant($"_{stack.Number}_{k + 1}");
            int sums = stack.IsGated ? 2 * channels : channels;
            string dilation = stack.Dilations[k] == 1 ? "" : Invariant($", dilation_rate: {stack.Dilations[k]}");
            spec.Layer($"conv1d: {{ filters: {sums}, kernel_size: {stack.KernelSize}{dilation}, padding: causal, from: {at}, name: conv{layer} }}");
            spec.Weight($"conv{layer}.weight", [sums, channels, stack.KernelSize], weights.Take(sums, channels, stack.KernelSize));
            spec.Weight($"conv{layer}.bias", [sums], weights.Take(sums));
            Pointwise(spec, $"mix{layer}", "input", 1, sums, hasBias: false, weights);
            spec.Layer($"add: {{ from: [conv{layer}, mix{layer}], name: sum{layer} }}");
            Activation(spec, stack, layer);
            heads.Add($"z{layer}");

            float[] weight = weights.Take(channels, channels), bias = weights.Take(channels);
            if (isLast && k == stack.Dilations.Count - 1)
                break;
            spec.Layer($"conv1d: {{ filters: {channels}, kernel_size: 1, from: z{layer}, name: residual{layer} }}");
            spec.Weight($"residual{layer}.weight", [channels, channels, 1], weight);
            spec.Weight($"residual{layer}.bias", [channels], bias);
            spec.Layer($"add: {{ from: [{at}, residual{layer}], name: x{layer} }}");
            at = $"x{layer}";
        }

        string sum = heads[0];
        if (heads.Count > 1)
        {
            sum = $"{name}_heads";
            spec.Layer($"add: {{ from: [{string.Join(", ", heads)}], name: {sum} }}");
        }

        Pointwise(spec, $"{name}_head", sum, channels, stack.HeadSize, stack.HasHeadBias, weights);
        return (at, $"{name}_head");
    }

    private static string Count(int count, string what) => Invariant($"{count} {what}{(count == 1 ? "" : "s")}");

    private static void Activation(NamSpec spec, WaveNetStack stack, string layer)
    {
        string Of(string from, string name) =>
            $"{stack.Activation}: {{ {(stack.ActivationOptions.Length == 0 ? "" : stack.ActivationOptions + ", ")}from: {from}, name: {name} }}";
        if (!stack.IsGated)
        {
            spec.Layer(Of($"sum{layer}", $"z{layer}"));
            return;
        }

        spec.Layer($"slice: {{ stop: {stack.Channels}, from: sum{layer}, name: signal{layer} }}");
        spec.Layer(Of($"signal{layer}", $"active{layer}"));
        spec.Layer($"slice: {{ start: {stack.Channels}, from: sum{layer}, name: gate{layer} }}");
        spec.Layer($"sigmoid: {{ from: gate{layer}, name: open{layer} }}");
        spec.Layer($"multiply: {{ from: [active{layer}, open{layer}], name: z{layer} }}");
    }

    /// <summary>A convolution of one place: the same product at each sample.</summary>
    private static void Pointwise(NamSpec spec, string name, string from, int inputs, int outputs, bool hasBias, NamWeights weights)
    {
        spec.Layer($"conv1d: {{ filters: {outputs}, kernel_size: 1{(hasBias ? "" : ", use_bias: false")}, from: {from}, name: {name} }}");
        spec.Weight($"{name}.weight", [outputs, inputs, 1], weights.Take(outputs, inputs));
        if (hasBias)
            spec.Weight($"{name}.bias", [outputs], weights.Take(outputs));
    }
}
