using System.Collections.Generic;

namespace NetGen.Models.Tests.Onnx.Export;

/// <summary>A network for each thing that a layer may be.</summary>
internal static class LayerSpecs
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["dense, with and without a bias"] = """
            input: 6
            layers: [dense: { units: 5, activation: relu }, dense: { units: 4, use_bias: false }, dropout: 0.5, dense: 3, softmax]
            """,
        ["dense at each step"] = """
            input: [5, 3]
            layers: [dense: { units: 6, activation: tanh }, dense: { units: 2, use_bias: false, activation: softmax }]
            """,
        ["weights that are shared, as they are and transposed"] = """
            input: 6
            layers:
              - dense: { units: 4, name: a }
              - dense: { units: 6, weights_of: a, name: b }
              - dense: { units: 4, weights_of: b, use_bias: false }
              - repeat_vector: 3
              - dense: { units: 6, weights_of: a }
              - dense: { units: 4, weights_of: a }
            """,
        ["an embedding and what shares its table"] = """
            input: 5
            layers: [embedding: { input_dim: 11, output_dim: 4, name: table }, dense: { units: 11, weights_of: table }, softmax]
            """,
        ["conv1d: valid, a number, same and causal"] = """
            input: { shape: [3, 20], layout: channels }
            layers:
              - conv1d: { filters: 4, kernel_size: 3, strides: 2, padding: same, activation: relu }
              - conv1d: { filters: 6, kernel_size: 3, dilation_rate: 2, padding: causal, groups: 2 }
              - conv1d: { filters: 5, kernel_size: 2, padding: 1, use_bias: false, activation: silu }
              - conv1d: { filters: 2, kernel_size: [4] }
            """,
        ["conv2d: groups, strides, dilation and softmax over channels"] = """
            input: [2, 9, 8]
            layers:
              - conv2d: { filters: 4, kernel_size: [3, 2], strides: [2, 1], padding: same, groups: 2, activation: gelu }
              - conv2d: { filters: 3, kernel_size: 3, padding: [1, 2], dilation_rate: [1, 2], activation: softmax }
            """,
        ["transposed convolutions"] = """
            input: [4, 3, 5]
            layers:
              - conv_transpose2d: { filters: 6, kernel_size: 3, strides: 2, padding: 1, output_padding: 1, groups: 2, activation: relu }
              - conv_transpose2d: { filters: 2, kernel_size: [2, 3], strides: [1, 2], dilation_rate: [2, 1], use_bias: false }
              - reshape: [2, -1]
              - slice: { axis: 1, stop: 9 }
              - conv_transpose1d: { filters: 3, kernel_size: 4, strides: 3, padding: 1, output_padding: 2 }
              - conv_transpose1d: { filters: 2, kernel_size: 2, dilation_rate: 3, output_padding: 2 }
            """,
        ["max pools"] = """
            input: [3, 11, 10]
            layers:
              - max_pool2d: { pool_size: 3, strides: 2, padding: 1, ceil_mode: true }
              - max_pool2d: { pool_size: [2, 3], strides: 1, padding: same }
              - max_pool2d: { pool_size: 2, ceil_mode: true }
              - reshape: [3, -1]
              - max_pool1d: { pool_size: 3, strides: 2, ceil_mode: true }
              - max_pool1d: { pool_size: 3, strides: 2, padding: same }
              - global_max_pool
            """,
        ["average pools"] = """
            input: [3, 11, 10]
            layers:
              - average_pool2d: { pool_size: 3, strides: 2, padding: 1, ceil_mode: true, name: a }
              - average_pool2d: { pool_size: 3, strides: 2, padding: 1, ceil_mode: true, count_include_pad: false, from: input, name: b }
              - average_pool2d: { pool_size: 3, strides: 1, padding: same, from: a }
              - average_pool2d: { pool_size: 2, padding: 1 }
              - average_pool2d: { pool_size: [2, 3], strides: 2, ceil_mode: true }
              - flatten
              - reshape: { shape: [3, -1], from: b }
              - average_pool1d: { pool_size: 5, strides: 4, padding: 2, ceil_mode: true }
              - average_pool1d: { pool_size: 2, strides: 1 }
              - global_average_pool
              - concat: [flatten_1, global_average_pool_1]
            """,
        ["zeros around negative numbers, and pools of them"] = """
            inputs: { image: [2, 4, 5], signal: { shape: [3, 6], layout: channels } }
            layers:
              - rescaling: { scale: 0.25, offset: -2, from: image, name: a }
              - zero_pad: { padding: 1, name: b }
              - max_pool2d: { pool_size: 2, ceil_mode: true, name: c }
              - pad: { padding: 2, from: a }
              - max_pool2d: { pool_size: 4, strides: 3, padding: 3, name: d }
              - rescaling: { scale: 0.25, offset: -2, from: signal, name: e }
              - zero_pad: 1
              - max_pool1d: { pool_size: 2, strides: 1, name: f }
              - zero_pad: { padding: 1, from: e }
              - average_pool1d: { pool_size: 2, padding: same, strides: 1, name: g }
              - zero_pad: { padding: 1, from: e }
              - average_pool1d: { pool_size: 2, strides: 1, name: h }
              - zero_pad: { padding: 1, from: e }
              - average_pool1d: { pool_size: 2, padding: 1, count_include_pad: false, ceil_mode: true, name: i }
              - pad: { padding: [3, 4], value: 0.5, from: e }
              - conv1d: { filters: 2, kernel_size: 2, name: j }
              - zero_pad: { padding: [2, 1], from: e }
              - conv1d: { filters: 2, kernel_size: 2, padding: 1, name: k }
            outputs: [c, d, f, g, h, i, j, k]
            """,
        ["global pools of signals"] = """
            input: { shape: [4, 7], layout: channels }
            layers: [global_max_pool: { name: a }, global_average_pool: { from: input, name: b }, concat: [a, b]]
            """,
        ["global pools of four axes"] = """
            input: [3, 2, 4, 5]
            layers: [global_max_pool: { name: a }, global_average_pool: { from: input, name: b }, subtract: [a, b]]
            """,
        ["batch norm of elements, features and channels"] = """
            input: 12
            layers:
              - batch_norm
              - reshape: [4, 3]
              - dense: 3
              - batch_norm: { epsilon: 0.01, scale: false }
              - permute: [1, 0]
              - batch_norm: { center: false }
              - reshape: [3, 2, 2]
              - batch_norm: { scale: false, center: false }
            """,
        ["layer norm and rms norm"] = """
            input: [4, 6]
            layers:
              - dense: 6
              - layer_norm
              - layer_norm: { scale: false, epsilon: 0.1 }
              - rms_norm
              - layer_norm: { center: false }
              - rms_norm: { scale: false }
              - layer_norm: { scale: false, center: false }
            """,
        ["norms of groups and instances"] = """
            input: [6, 4, 5]
            layers:
              - group_norm: 3
              - instance_norm
              - group_norm: { groups: 2, scale: false }
              - group_norm: { groups: 1, center: false }
              - instance_norm: { scale: false, center: false, epsilon: 0.1 }
              - flatten
              - group_norm: 4
              - reshape: [20, 6]
              - dense: 6
              - group_norm: { groups: 2, epsilon: 0.1 }
              - instance_norm: { epsilon: 0.1 }
            """,
        ["normalization of elements, features and channels"] = """
            input: 12
            layers:
              - normalization: { mean: 0.5, variance: 2 }
              - reshape: [4, 3]
              - dense: 3
              - normalization
              - permute: [1, 0]
              - normalization
              - reshape: [3, 2, 2]
              - normalization
            """,
        ["constants: rescaling, clip, power"] = """
            input: 6
            layers:
              - rescaling: { scale: 0.5, offset: -0.25 }
              - rescaling: { scale: 1, offset: 2 }
              - rescaling: 0.25
              - power: 2
              - rescaling: { scale: 1, offset: 0.5 }
              - power: -0.75
              - clip: { min: 0.75, max: 1.5 }
              - clip: { min: 0.875 }
              - clip: { max: 1.25 }
              - power: 1
            """,
        ["whole powers of negative numbers"] = """
            input: 6
            layers: [power: { exponent: 3, name: a }, power: { exponent: 10, from: input, name: b }, concat: [a, b]]
            """,
        ["prelu, one slope and one for each"] = """
            input: 12
            layers:
              - prelu: { per_channel: true }
              - prelu
              - reshape: [4, 3]
              - dense: 3
              - prelu: { per_channel: true }
              - permute: [1, 0]
              - prelu: { per_channel: true }
              - reshape: [3, 2, 2]
              - prelu: { per_channel: true }
            """,
        ["what joins values, of two and of three"] = """
            input: 5
            layers:
              - dense: { units: 4, name: a }
              - dense: { units: 4, activation: sigmoid, from: input }
              - rescaling: { scale: 1, offset: 0.5, name: b }
              - dense: { units: 4, from: input, name: c }
              - add: { from: [a, b], name: d }
              - add: { from: [a, b, c], name: e }
              - subtract: { from: [e, b, d], name: f }
              - multiply: { from: [f, a, c], name: g }
              - divide: { from: [g, b, b], name: h }
              - maximum: { from: [h, a, c], name: i }
              - minimum: { from: [i, b], name: j }
              - average: { from: [j, a, c], name: k }
              - concat: [k, g, a]
            """,
        ["stretched axes"] = """
            input: [2, 5, 7]
            layers:
              - reduce_mean: { axes: [1, 2], keep_dims: true, name: a }
              - reduce_max: { axes: 0, keep_dims: true, name: b, from: input }
              - multiply: { from: [input, a], name: c }
              - subtract: { from: [b, a], name: d }
              - average: { from: [a, b, c], name: e }
              - add: { from: [d, e, a], name: f }
              - maximum: { from: [f, b] }
            """,
        ["concat along other axes"] = """
            input: [2, 3, 4]
            layers:
              - conv2d: { filters: 2, kernel_size: 1, name: a }
              - concat: { from: [input, a], axis: 1, name: b }
              - concat: { from: [a, a, input], axis: -1, name: c }
              - flatten: { from: b, name: d }
              - flatten: { from: c, name: e }
              - concat: [d, e]
            """,
        ["reductions"] = """
            input: [3, 4, 5]
            layers:
              - reduce_sum: { axes: 1, name: a }
              - reduce_max: { axes: [0, 2], from: input, name: b }
              - reduce_min: { axes: -1, keep_dims: true, from: input }
              - reduce_mean: { axes: 0 }
              - flatten: { name: c }
              - reduce_mean: { from: input, name: d }
              - reduce_sum: { from: a, name: e }
              - reduce_max: { keep_dims: true, from: input }
              - flatten: { name: f }
              - concat: [b, c, d, e, f]
            """,
        ["axes: flatten, reshape, permute"] = """
            input: [2, 3, 4]
            layers: [permute: [2, 0, 1], reshape: [6, -1], permute: [1, 0], flatten, reshape: [2, 2, 3, 2], permute: [3, 1, 0, 2], permute: [0, 1, 2, 3]]
            """,
        ["padding: zeros, numbers, reflections, edges"] = """
            input: [2, 4, 5]
            layers:
              - zero_pad: 1
              - zero_pad: [0, 2, 1, 0]
              - pad: { padding: [1, 0, 2, 1], mode: reflect }
              - pad: { padding: [0, 2, 1, 0], mode: edge }
              - pad: { padding: 1, value: -0.75 }
              - pad: 0
            """,
        ["padding in time"] = """
            input: { shape: [4, 3], layout: sequence }
            layers: [zero_pad: [2, 1], pad: { padding: [3, 0], mode: reflect }, pad: { padding: [0, 2], mode: edge }]
            """,
        ["slices"] = """
            input: [4, 6, 7]
            layers:
              - slice: { start: 1 }
              - slice: { axis: 1, start: -1, stop: 0, step: -2 }
              - slice: { axis: 2, step: -1 }
              - slice: { axis: -1, stop: 100, step: 3 }
              - slice: { axis: 0, start: 0 }
            """,
        ["reverse, in time and along the length"] = """
            input: { shape: [4, 3], layout: sequence }
            layers: [reverse, dense: 2, permute: [1, 0], conv1d: { filters: 2, kernel_size: 2 }, reverse]
            """,
        ["repeat_vector"] = "input: 3\nlayers: [repeat_vector: 4, dense: 2, flatten, repeat_vector: 1]\n",
        ["upsampling of signals"] = """
            input: { shape: [2, 5], layout: channels }
            layers:
              - upsample1d: 3
              - conv1d: { filters: 3, kernel_size: 2 }
              - upsample1d: { size: 2, interpolation: linear }
              - upsample1d: { size: 5, interpolation: linear }
            """,
        ["upsampling of images"] = """
            input: [2, 3, 4]
            layers:
              - upsample2d: { size: [2, 3] }
              - conv2d: { filters: 3, kernel_size: 2, activation: tanh }
              - upsample2d: { size: [3, 2], interpolation: bilinear }
              - upsample2d: 1
              - upsample2d: { size: [1, 4], interpolation: bilinear }
            """,
        ["pixels shuffled and back"] = "input: [8, 3, 6]\nlayers: [pixel_shuffle: 2, pixel_unshuffle: 3, pixel_shuffle: 1, pixel_unshuffle: 1]\n",
        ["an image that becomes a sequence"] = """
            input: [2, 6, 5]
            layers:
              - conv2d: { filters: 3, kernel_size: 2, activation: relu }
              - max_pool2d: { pool_size: [1, 2] }
              - permute: [1, 0, 2]
              - reshape: [5, 6]
              - gru: { units: 4, return_sequences: true }
              - dense: 3
              - log_softmax
            """,
        ["recurrent layers that begin from states and end in some"] = """
            inputs: { source: [5, 3], target: [4, 2], h: 6, c: 6 }
            layers:
              - lstm: { units: 6, from: source, initial_state: [h, c], name: encoder }
              - lstm: { units: 6, return_sequences: true, from: target, initial_state: [encoder.h, encoder.c], name: decoder }
              - dense: { units: 2, name: steps }
              - gru: { units: 6, from: source, initial_state: c, name: other }
              - simple_rnn: { units: 6, return_sequences: true, from: source, initial_state: other.h, name: third }
              - dense: { units: 3, from: decoder.c, name: summary }
            outputs: [steps, decoder.h, decoder.c, summary, other, other.h, third, encoder]
            """,
        ["states of cells that are scanned"] = """
            inputs: { x: [5, 3], h: 4, c: 4 }
            layers:
              - lstm: { units: 4, activation: silu, from: x, initial_state: [h, c], return_sequences: true, name: a }
              - gru: { units: 4, activation: mish, initial_state: a.c, reset_after: false, use_bias: false, name: b }
              - bidirectional: { lstm: { units: 3, activation: sin, return_sequences: true }, from: a, name: d }
              - bidirectional: { gru: { units: 3, recurrent_activation: hard_swish }, merge_mode: average, name: e }
              - bidirectional: { simple_rnn: { units: 3, activation: selu, use_bias: false }, merge_mode: multiply, from: d, name: f }
              - bidirectional: { gru: { units: 3, activation: gelu, reset_after: false, return_sequences: true }, merge_mode: sum, from: d, name: g }
            outputs: [a.h, a.c, b, b.h, e, f, g]
            """,
        ["bidirectional layers, joined in every way"] = """
            input: [5, 3]
            layers:
              - bidirectional: { lstm: { units: 4, return_sequences: true }, name: a }
              - bidirectional: { gru: { units: 4, return_sequences: true, reset_after: false }, merge_mode: sum, name: b }
              - bidirectional: { simple_rnn: { units: 4, return_sequences: true, use_bias: false }, merge_mode: multiply, name: c }
              - bidirectional:
                  lstm: { units: 4, return_sequences: true, activation: relu, recurrent_activation: hard_sigmoid }
                  merge_mode: average
                  name: d
              - bidirectional: { lstm: 2, from: a, name: e }
              - bidirectional: { gru: 2, merge_mode: sum, from: b, name: f }
              - bidirectional: { simple_rnn: 2, merge_mode: multiply, from: c, name: g }
              - bidirectional: { gru: 2, merge_mode: average, from: d, name: h }
              - concat: [e, f, g, h]
            """,
        ["several inputs and outputs, and a branch that leads nowhere"] = """
            inputs: { image: [1, 6, 6], memory: 5 }
            layers:
              - conv2d: { filters: 3, kernel_size: 3, activation: relu, from: image }
              - flatten
              - concat: { from: [flatten_1, memory] }
              - dense: { units: 8, activation: tanh, name: trunk }
              - dense: { units: 4, name: logits }
              - softmax: { name: policy }
              - dense: { units: 1, from: trunk, name: value }
              - dense: { units: 7, from: trunk, name: nowhere }
            outputs: [policy, value, trunk]
            """,
        ["outputs that are one value, and one that passes an input on"] = """
            inputs: { x: 4, y: 3 }
            layers:
              - dense: { units: 3, from: x, name: a }
              - dropout: { rate: 0.5, name: b }
              - linear: { from: y, name: c }
            outputs: [a, b, c]
            """,
        ["layers with names of values"] = """
            input: 4
            layers:
              - dense: { units: 3, activation: relu, name: output }
              - dense: { units: 3, name: N }
              - add: [output, N]
            """,
        ["an input that is called output"] = "inputs: { output: 4 }\nlayers: [dense: { units: 3, from: output }, dropout: 0.5]\n",
        ["nothing but dropout"] = "input: 4\nlayers: [dropout: 0.5]\n",
    };
}
