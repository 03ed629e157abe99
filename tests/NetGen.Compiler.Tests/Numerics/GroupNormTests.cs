using System.Collections.Generic;
using System.Linq;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>group_norm and instance_norm over planes, over channels that stand side by side, over sequences and vectors; and norms without a weight or a bias.</summary>
public abstract class GroupNormTests(string target) : ITargetTests
{
    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["groups of planes, then of channels side by side"] = "input: [6, 5, 7]\nlayers: [group_norm: { groups: 3, epsilon: 0.01 }, conv2d: { filters: 18, kernel_size: 2 }, group_norm: { groups: 6, epsilon: 0.1, trainable: [bias] }, relu, flatten, dense: 3]\nloss: half_squared_error\n",
        ["one group, and a group for each channel"] = "input: [3, 4, 5]\nlayers: [group_norm: 1, conv2d: { filters: 5, kernel_size: 2 }, group_norm: { groups: 1, epsilon: 0.1, scale: false }, group_norm: { groups: 5, epsilon: 0.1, center: false }, flatten, dense: 3]\nloss: half_squared_error\n",
        ["instances"] = "input: [2, 6, 9]\nlayers: [conv2d: { filters: 20, kernel_size: 3 }, instance_norm: { epsilon: 0.1 }, conv2d: { filters: 3, kernel_size: 1 }, instance_norm: { scale: false, center: false, epsilon: 0.1 }, flatten, dense: 3]\nloss: half_squared_error\n",
        ["features of a sequence"] = "input: [9, 4]\nlayers: [dense: 12, group_norm: { groups: 4, epsilon: 0.1 }, tanh, instance_norm: { epsilon: 0.1, trainable: false }, dense: 2]\nloss: half_squared_error\n",
        ["a wave"] = "input: { shape: [4, 21], layout: channels }\nlayers: [instance_norm, conv1d: { filters: 6, kernel_size: 3 }, group_norm: { groups: 2, epsilon: 0.1 }, flatten, dense: 2]\nloss: half_squared_error\n",
        ["a vector"] = "input: 5\nlayers: [dense: 24, group_norm: { groups: 4, epsilon: 0.1 }, tanh, dense: 6, group_norm: { groups: 1, epsilon: 0.1, scale: false }, dense: 2]\nloss: half_squared_error\noptimizer: { sgd: { learning_rate: 0.1, momentum: 0.9, clip_norm: 1 } }\nl2: 0.01\n",
        ["a tiny network, frozen"] = "input: 4\nlayers: [dense: 4, group_norm: { groups: 2, epsilon: 0.1, trainable: false }, dense: 2]\nloss: half_squared_error\n",
        ["layer_norm and rms_norm without parts"] = "input: 6\nlayers: [dense: 21, layer_norm: { scale: false, epsilon: 0.1 }, dense: 18, layer_norm: { center: false, epsilon: 0.1 }, tanh, dense: 9, layer_norm: { scale: false, center: false, epsilon: 0.1 }, rms_norm: { scale: false, epsilon: 0.1 }, dense: 3]\nloss: half_squared_error\n",
        ["batch_norm without parts"] = "input: [2, 4, 5]\nlayers: [batch_norm: { scale: false, epsilon: 0.1 }, tanh, conv2d: { filters: 5, kernel_size: 2 }, batch_norm: { center: false, epsilon: 0.1 }, flatten, dense: 12, batch_norm: { scale: false, center: false, epsilon: 0.1 }, tanh, dense: 3]\nloss: half_squared_error\n",
    }, isShared: true);

    string ITargetTests.Target => target;

    CompiledSpecs ITargetTests.Specs => s_specs;

    [Theory]
    [NetworksOfTarget]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in spec.Contains("batch_norm") ? (int[])[9] : [1, 2, 19])
                Agreement.Assert(generated, NumericCase.Draw(spec, samples), Agreement.LayerSlack);
        }
    }
}

public sealed class GroupNormsOnNet10Tests() : GroupNormTests(TargetName.Net10);

public sealed class GroupNormsOnPortableTests() : GroupNormTests(TargetName.Portable);

public sealed class GroupNormsOnArraysTests() : GroupNormTests(TargetName.Arrays);
