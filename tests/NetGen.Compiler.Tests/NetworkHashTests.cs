using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Text;
using Xunit;

namespace NetGen.Compiler.Tests;

/// <summary>The hash of a network: nothing but the network changes it, and anything in the network does.</summary>
public sealed class NetworkHashTests
{
    /// <summary>Together these hold every kind of thing that a network is bound to.</summary>
    private static readonly string[] s_specs =
    [
        """
        input: [2, 8, 8]
        layers:
          - conv2d: { filters: 4, kernel_size: 3, padding: same, activation: relu, name: a }
          - batch_norm
          - leaky_relu: 0.2
          - max_pool2d: 2
          - conv_transpose2d: { filters: 2, kernel_size: 2, strides: 2 }
          - add: [conv_transpose2d_1, input]
          - multiply: [add_1, input]
          - concat: { from: [multiply_1, a] }
          - zero_pad: 1
          - prelu: { per_channel: true }
          - permute: [0, 2, 1]
          - global_average_pool
          - dropout: 0.1
          - dense: { units: 6, activation: { gelu: { approximate: tanh } }, kernel_initializer: orthogonal, bias_initializer: { uniform: { minval: -1, maxval: 1 } } }
          - reshape: [2, 3]
          - layer_norm
          - flatten
          - dense: { units: 3, kernel_initializer: { truncated_normal: { stddev: 0.5 } }, bias_initializer: { normal: { mean: 1 } } }
          - softmax
        loss: cross_entropy
        optimizer: { adamw: { learning_rate: { cosine: { from: 0.1, to: 0.001, steps: 100, warmup: 5 } }, clip_norm: 3, clip_value: 2 } }
        l2: 0.001
        """,
        "input: 5\nlayers: [ { embedding: { input_dim: 7, output_dim: 4 } }, { lstm: { units: 3, return_sequences: true, truncate: 2 } }, { gru: { units: 2, return_sequences: true } }, { simple_rnn: 2 }, log_softmax ]\nloss: cross_entropy\noptimizer: { sgd: { learning_rate: { step: { from: 0.1, factor: 0.5, every: 9 } } } }",
        "input: 5\nlayers: [ { embedding: { input_dim: 7, output_dim: 4, name: e } }, { gru: { units: 4, return_sequences: true, reset_after: false, activation: { elu: 2 }, name: g } }, { gru: { units: 4, return_sequences: true, reset_after: false, weights_of: g } }, { bidirectional: { lstm: { units: 2, recurrent_activation: hard_sigmoid, use_bias: false, return_sequences: true }, merge_mode: concat } }, { dense: { units: 7, weights_of: e } } ]",
        "input: 4\nlayers: [ { dense: 2 } ]\nloss: huber\noptimizer: { sgd: { learning_rate: { exponential: { from: 0.1, decay: 0.5 } }, momentum: 0.5 } }",
        "input: 4\nlayers: [ { dense: 2 } ]\nloss: huber\noptimizer: { rmsprop: { learning_rate: { inverse_time: { from: 0.1, decay: 0.5 } } } }",
        "input: 4\nlayers: [ { dense: 2 } ]\nloss: { cross_entropy_with_logits: { label_smoothing: 0.1, class_weight: [1, 2], ignore_label: -1, weight: 0.5 } }",
        "input: 4\nlayers: [ { dense: 2 } ]\nloss: { binary_cross_entropy_with_logits: { label_smoothing: 0.1, pos_weight: [1, 2], weight: 0.5 } }",
        "input: [2, 4, 4]\nlayers: [ clip: { min: -1, max: 2 }, power: 3, group_norm: 2, { reduce_mean: { axes: [1, 2], keep_dims: true, name: m } }, subtract: [group_norm_1, m] ]",
        "input: [4, 4, 6]\nlayers: [ pad: { padding: 1, mode: edge }, slice: { axis: 1, start: 1 }, upsample2d: 2, pixel_shuffle: 2, average_pool2d: { pool_size: 3, ceil_mode: true }, flatten, repeat_vector: 3, reverse ]",
        "inputs: { x: [5, 3], h: 4 }\nlayers: [ lstm: { units: 4, from: x, initial_state: [h, h], name: a }, dense: 2 ]\noutputs: [dense_1, a.c]\nloss: { dense_1: huber, a.c: squared_error }",
        "input: 4\nlayers: [ rms_norm, normalization: { mean: [1, 2, 3, 4], variance: 2 }, rescaling: { scale: 0.5, offset: 1 } ]",
    ];

    [Fact]
    public void The_words_of_a_spec_do_not_matter()
    {
        const string One = "input: 4\nlayers:\n  - dense: { units: 8, activation: relu }\n  - dense: 3\nseed: 1\n";
        const string Other = "# a comment\nseed: 0x1\nlayers: [ { dense: { activation: relu, units: 8, name: dense_1, use_bias: true } },\r\n  { dense: { units: 3 } } ]   # another\ninput: [4]";
        Assert.Equal(NetworkHash.Of(Bind(One)), NetworkHash.Of(Bind(Other)));
        Assert.Matches("^[0-9a-f]{64}$", NetworkHash.Of(Bind(One)));
    }

    [Fact]
    public void The_text_is_what_it_was_in_the_version_before() => Assert.Equal(
        """
        network 1
        input Vector([4])
        layer dense(hidden, [-1], Vector([4]), Vector([2]), relu(Max(x, 0.0), false, none), true, uniform(-1.0, 1.0), constant(0f), true, false)
        loss none
        optimizer sgd(0.01f, none, none, none, rule([], [w(Subtract(w, Multiply(learningRate, g)))], [], []))
        l2 0f
        seed 7
        unroll Auto
        weights none

        """.ReplaceLineEndings("\n"), NetworkText.Of(Bind("input: 4\nlayers: [ { dense: { units: 2, name: hidden, activation: relu, trainable: [weight] } } ]\nseed: 7\n")));

    [Fact]
    public void Whatever_changes_in_a_network_changes_the_hash()
    {
        var kinds = new HashSet<Type>();
        foreach (string spec in s_specs)
        {
            Network network = Bind(spec);
            var hashes = new Dictionary<string, string> { [NetworkHash.Of(network)] = "nothing" };
            int mutations = 0;
            foreach ((object mutated, string what) in Mutations(network, "network", kinds))
            {
                mutations++;
                Assert.True(hashes.TryAdd(NetworkHash.Of((Network)mutated), what), $"{what} gives the hash of {hashes.GetValueOrDefault(NetworkHash.Of((Network)mutated))}");
            }

            Assert.True(mutations > 20, spec);
        }

        // No layer is missing above.
        Assert.Empty(typeof(Layer).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(Layer))).Except(kinds).Select(static t => t.Name));
    }

    private static Network Bind(string yaml)
    {
        CheckResult result = NetworkCompiler.Check(yaml);
        Assert.True(result.Network is not null, string.Join("\n", result.Diagnostics.Select(static d => d.Message)));
        return result.Network!;
    }

    /// <summary>The value with one thing in it changed a little, in every way that there is.</summary>
    private static IEnumerable<(object Value, string What)> Mutations(object? value, string what, HashSet<Type> kinds)
    {
        switch (value)
        {
            case null or string { Length: 0 }:
                yield break;
            case bool b:
                yield return (!b, what);
                yield break;
            case int i:
                yield return (i + 1, what);
                yield break;
            case long l:
                yield return (l + 1, what);
                yield break;
            case float f:
                yield return (MathF.BitIncrement(f), what);
                yield break;
            case double d:
                yield return (Math.BitIncrement(d), what);
                yield break;
            case string s:
                yield return (s + "x", what);
                yield break;
            case Enum e:
                yield return (Enum.GetValues(e.GetType()).Cast<object>().First(other => !other.Equals(e)), what);
                yield break;
        }

        Type type = value.GetType();
        kinds.Add(type);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
        {
            object[] items = [.. ((System.Collections.IEnumerable)value).Cast<object>()];
            if (items.Length > 0)
                yield return (Array(type, items[..^1]), what + " without its last");
            for (int k = 0; k < items.Length; k++)
            {
                foreach ((object item, string part) in Mutations(items[k], $"{what}[{k}]", kinds))
                    yield return (Array(type, [.. items[..k], item, .. items[(k + 1)..]]), part);
            }

            yield break;
        }

        foreach (FieldInfo field in Fields(type))
        {
            // A layer's kind, and that of other things, goes by their type, and where it does not, by what they were bound to besides.
            foreach ((object changed, string part) in Mutations(field.GetValue(value), $"{what}.{field.Name}", kinds))
            {
                object copy = RuntimeHelpers.GetObjectValue(Copy(value));
                field.SetValue(copy, changed);
                yield return (copy, part);
            }
        }
    }

    private static object Array(Type type, object[] items)
    {
        System.Array array = System.Array.CreateInstance(type.GetGenericArguments()[0], items.Length);
        items.CopyTo(array, 0);
        return Activator.CreateInstance(type, array)!;
    }

    private static object Copy(object value) =>
        typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(value, [])!;

    private static IEnumerable<FieldInfo> Fields(Type? type) => type is null || type == typeof(object) ? []
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Concat(Fields(type.BaseType));
}
