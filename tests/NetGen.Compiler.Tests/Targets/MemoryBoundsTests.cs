using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Targets;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>Where memory is passed by reference nothing else tells of it: what stands before and behind a buffer stays as it was.</summary>
public sealed class MemoryBoundsTests
{
    /// <summary>Floats on both sides of a buffer, more than two of the widest vectors.</summary>
    private const int Around = 40;

    /// <summary>What they are.</summary>
    private const float Mark = 1234.5f;

    /// <summary>Convolutions of few filters, whose windows are a little more than tiles of eight are, and all that targets are compared on.</summary>
    private static readonly Dictionary<string, string> s_specs = Enumerable.Range(1, 6)
        .SelectMany(static filters => new[] { 3, 4, 5 }.Select(side => (
            Key: FormattableString.Invariant($"Filters{filters}Of{side * side}"),
            Spec: FormattableString.Invariant($"input: [2, {side + 2}, {side + 2}]\nlayers:\n  - conv2d: {{ filters: 2, kernel_size: 1 }}\n  - conv2d: {{ filters: {filters}, kernel_size: 3 }}\n  - flatten\nloss: squared_error\n"))))
        .Concat(Enumerable.Range(1, 5).Select(static filters => (
            Key: FormattableString.Invariant($"Causal{filters}"),
            Spec: FormattableString.Invariant(
                $"input: {{ shape: [2, 7], layout: channels }}\nlayers:\n  - conv1d: {{ filters: {filters}, kernel_size: 3, padding: causal, activation: tanh }}\n  - conv1d: {{ filters: {filters}, kernel_size: 1 }}\n  - rescaling: 0.5\n"))))
        .Concat(TargetSpecs.ByClass.Select(static s => (s.Key, Spec: s.Value)))
        .ToDictionary(static s => s.Key, static s => s.Spec);

    [Theory]
    [InlineData("net10.0")]
    [InlineData("netstandard2.0")]
    public void Nothing_is_written_around_the_callers_memory(string name)
    {
        Target target = Target.Named.Single(t => t.Name == name).Target;
        using GeneratedAssembly assembly = GeneratedAssembly.FromSpecs(s_specs, target);
        foreach ((string key, string spec) in s_specs)
        {
            foreach (int samples in (int[])[1, 4, 5, 17])
                Run(assembly[key], ReferenceNetwork.Parse(spec), samples, spec.Contains("batch_norm", StringComparison.Ordinal), $"{key}, {samples} samples, of {spec}");
        }
    }

    private static void Run(GeneratedNetwork network, ReferenceNetwork reference, int samples, bool isOverBatch, string what)
    {
        List<(string Name, float[] Memory)> held = [];
        Memory<float> Hold(string buffer, float[] content)
        {
            float[] memory = [.. Enumerable.Repeat(Mark, Around), .. content, .. Enumerable.Repeat(Mark, Around)];
            held.Add((buffer, memory));
            return memory.AsMemory(Around, content.Length);
        }

        reference.Fill(1);
        Memory<float> parameters = Hold("parameters", network.Pack(reference.Parameters));
        Memory<float> inputs = Hold("inputs", reference.Inputs(2, samples)), outputs = Hold("outputs", new float[samples * network.OutputSize]);
        Memory<float> scratch = Hold("scratch", new float[network.ScratchSize]);
        network.Forward(parameters.Span, inputs.Span, outputs.Span, scratch.Span);
        if (network.StateSize is { } stateSize && samples == 1)
        {
            Memory<float> stream = Hold("state of a stream", new float[stateSize]), given = Hold("output of a step", new float[network.StepOutputSize]);
            Memory<float> input = Hold("input of a step", inputs.Span[..network.StepInputSize].ToArray());
            for (int step = 0; step < 9; step++)
                network.Step(parameters.Span, input.Span, stream.Span, given.Span, scratch.Span);
        }

        if (network.IsTrainable)
        {
            Memory<float> targets = Hold("targets", TestData.Uniform(3, samples * network.TargetSize, 0, 1));
            Memory<float> gradients = Hold("gradients", new float[network.ParameterBufferSize]), state = Hold("state", new float[network.OptimizerStateSize]);
            network.Loss(parameters.Span, inputs.Span, targets.Span, scratch.Span);
            // A batch of one has no variance.
            if (samples >= 4 || !isOverBatch)
                network.Backward(parameters.Span, inputs.Span, targets.Span, gradients.Span, Hold("training scratch", new float[network.TrainingScratchSize(samples)]).Span, 0);
            network.SgdStep(parameters.Span, gradients.Span, state.Span, 1e-6f);
        }

        foreach ((string buffer, float[] memory) in held)
            Assert.True(memory[..Around].Concat(memory[^Around..]).All(static x => x == Mark), $"{buffer} of {what}");
    }
}
