using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>
/// The specs on which targets are compared: every layer, activation, loss and optimizer in one of them at least, sizes that fit no vector. Where an optimizer divides by a
/// gradient's size, its <c>epsilon</c> is large: else it would make a step of what is only rounding.
/// </summary>
internal static class TargetSpecs
{
    public static IReadOnlyList<string> All { get; } =
    [
        "{ input: 4, layers: [dense: { units: 5, activation: tanh }, dropout: 0.3, dense: 3, softmax], loss: cross_entropy, optimizer: sgd }",
        "{ input: 7, layers: [dense: { units: 17, activation: relu }, dense: { units: 9, activation: sigmoid }, dense: 2], loss: squared_error, optimizer: { sgd: { learning_rate: 0.05, momentum: 0.9, nesterov: true } }, l2: 0.01 }",
        "{ input: 33, layers: [dense: { units: 40, activation: leaky_relu }, dropout: 0.5, dense: { units: 10, activation: log_softmax }], loss: cross_entropy, optimizer: { sgd: { learning_rate: 0.1, clip_norm: 0.5 } }, unroll: none }",
        "{ input: [1, 8, 8], layers: [conv2d: { filters: 5, kernel_size: 3, padding: same, activation: relu }, batch_norm: { epsilon: 0.1 }, max_pool2d: 2, flatten, dense: 3], loss: half_squared_error, optimizer: { adam: { epsilon: 0.1 } } }",
        "{ input: [3, 7, 6], layers: [conv2d: { filters: 8, kernel_size: [3, 2], strides: 2, activation: elu }, zero_pad: 1, conv2d: { filters: 6, kernel_size: 3, groups: 2 }, average_pool2d: { pool_size: 2, strides: 1 }, global_average_pool, dense: 4], loss: cross_entropy_with_logits, optimizer: { adamw: { epsilon: 0.1 } } }",
        "{ input: { shape: [3, 11], layout: channels }, layers: [conv1d: { filters: 6, kernel_size: 3, padding: causal, dilation_rate: 2, activation: gelu }, prelu: { per_channel: true }, max_pool1d: 2, average_pool1d: { pool_size: 2, padding: same }, conv_transpose1d: { filters: 3, kernel_size: 3, strides: 2 }, global_max_pool, dense: 2], loss: mean_absolute_error, optimizer: { rmsprop: { epsilon: 0.1, momentum: 0.5 } } }",
        "{ input: [2, 5, 5], layers: [conv_transpose2d: { filters: 4, kernel_size: 3, strides: 2, output_padding: 1, activation: softplus }, conv2d: { filters: 4, kernel_size: 3, groups: 4, activation: mish }, global_max_pool, dense: { units: 3, activation: tanh }], loss: huber, optimizer: { adagrad: { epsilon: 0.1 } } }",
        "{ input: 11, layers: [embedding: { input_dim: 13, output_dim: 5 }, lstm: { units: 6, return_sequences: true }, dense: 4, softmax], loss: cross_entropy, optimizer: { sgd: { learning_rate: 0.05, clip_value: 0.2 } } }",
        "{ input: [9, 3], layers: [gru: { units: 7, return_sequences: true, truncate: 4 }, layer_norm: { epsilon: 0.1 }, simple_rnn: 5, dense: { units: 2, activation: sigmoid }], loss: binary_cross_entropy, optimizer: { sgd: { learning_rate: { cosine: { from: 0.1, to: 0.01, steps: 3, warmup: 1 } } } } }",
        "{ input: [12, 2], layers: [lstm: { units: 5, checkpoint: 5 }, dense: 1], loss: binary_cross_entropy_with_logits, optimizer: { sgd: { learning_rate: { step: { from: 0.1, factor: 0.5, every: 2 } } } } }",
        "{ input: [5, 6], layers: [dense: { units: 6, name: a }, rms_norm: { epsilon: 0.1, name: b }, add: { from: [a, b], name: c }, concat: { from: [a, c], axis: 1 }, permute: [1, 0], reshape: [-1], dense: 3], loss: mean_squared_error, optimizer: { sgd: { learning_rate: { exponential: { from: 0.1, decay: 0.9 } } } } }",
        "{ input: 8, layers: [dense: { units: 8, name: a }, multiply: [input, a], silu, selu, dense: { units: 6, kernel_initializer: orthogonal }, hard_swish, prelu, dense: 3], loss: hinge, optimizer: { sgd: { learning_rate: { inverse_time: { from: 0.05, decay: 0.1 } } } } }",
        "{ input: 6, layers: [dense: { units: 9, kernel_initializer: truncated_normal }, softsign, dense: { units: 8, kernel_initializer: he_normal }, hard_sigmoid, relu6, dense: { units: 4, bias_initializer: ones }, linear], loss: { mean_squared_error: { reduction: sum } }, optimizer: { adam: { epsilon: 0.1, weight_decay: 0.01, learning_rate: { constant: 0.002 } } } }",
        "{ input: 10, layers: [dense: { units: 20, activation: { gelu: { approximate: tanh } } }, batch_norm: { epsilon: 0.1 }, dense: { units: 7, trainable: [bias] }, sigmoid, dense: 5, softmax], loss: mean_squared_error, optimizer: { sgd: { learning_rate: 0.1, momentum: 0.5 } } }",
        "{ input: 2, layers: [dense: { units: 3, activation: tanh }, dense: { units: 1, activation: sigmoid }], loss: binary_cross_entropy, optimizer: { sgd: { learning_rate: 0.5 } } }",
        "{ input: 5, layers: [dense: { units: 3, activation: relu }, dense: 2] }",
        "{ input: 9, layers: [normalization: { mean: [1, 2, 3, 4, 5, 6, 7, 8, 9], variance: 4 }, dense: { units: 17, activation: tanh }, normalization: { variance: 0.5 }, dense: 3], loss: { cross_entropy_with_logits: { weight: 0.5, label_smoothing: 0.1, class_weight: [1, 2, 0.5], ignore_label: -1 } } }",
        "{ input: [2, 4, 4], layers: [rescaling: { scale: 0.5, offset: 0.25 }, normalization: { mean: [0.5, -0.5] }, conv2d: { filters: 3, kernel_size: 2 }, rescaling: 2, flatten, dense: 3], loss: { binary_cross_entropy_with_logits: { label_smoothing: 0.1, pos_weight: [1, 2, 3] } } }",
        "{ input: [2, 6, 7], layers: [conv2d: { filters: 5, kernel_size: 3, padding: same, activation: sin, name: a }, reduce_mean: { axes: [1, 2], keep_dims: true, name: b }, subtract: { from: [a, b], name: c }, square, reduce_max: { axes: 0, keep_dims: true }, maximum: { from: [c, reduce_max_1], name: d }, clip: { min: 0.25, max: 2 }, power: -0.75, cos, rescaling: { scale: 0.25, offset: 1.5 }, divide: { from: [a, rescaling_1] }, reduce_sum: -1, reduce_min: 1, dense: 3], loss: squared_error }",
        "{ input: 5, layers: [dense: { units: 6, activation: abs, name: a }, dense: { units: 1, activation: exp, name: b }, minimum: { from: [b, a], name: c }, average: [a, c], rescaling: { scale: 1, offset: 0.5 }, log, dense: { units: 3, activation: softplus }, sqrt, reciprocal], loss: squared_error }",
        "{ input: [2, 6, 7], layers: [group_norm: { groups: 2, scale: false }, tanh, conv2d: { filters: 6, kernel_size: 3 }, group_norm: { groups: 3, epsilon: 0.1 }, relu, instance_norm: { center: false, epsilon: 0.1 }, flatten, dense: 9, group_norm: { groups: 3, epsilon: 0.1 }, tanh, layer_norm: { scale: false, center: false, epsilon: 0.1 }, dense: 3], loss: squared_error }",
        "{ input: [2, 4, 6], layers: [pad: { padding: 1, mode: reflect }, conv2d: { filters: 8, kernel_size: 3, activation: tanh }, pad: { padding: [1, 0, 0, 1], mode: edge }, pixel_shuffle: 2, upsample2d: { interpolation: bilinear }, slice: { axis: 2, step: -2 }, average_pool2d: { pool_size: 3, ceil_mode: true }, pixel_unshuffle: 1, upsample2d, global_average_pool, dense: 3, repeat_vector: { n: 4, name: steps }, reverse, permute: [1, 0], upsample1d: { interpolation: linear }], loss: squared_error, optimizer: sgd }",
        "{ inputs: { image: [1, 5, 5], steps: [4, 3], memory: 5 }, layers: [conv2d: { filters: 2, kernel_size: 3, activation: tanh, from: image }, flatten, dense: { units: 5, activation: tanh, name: cell }, lstm: { units: 5, initial_state: [memory, cell], return_sequences: true, from: steps, name: core }, dense: { units: 3, name: each }, add: { from: [core.h, cell] }, dense: { units: 2, name: end }], outputs: [each, core.c, end], loss: { each: { cross_entropy_with_logits: { ignore_label: -1 } }, end: { cross_entropy_with_logits: { weight: 0.5 } } }, l2: 0.01 }",
        "{ input: 7, layers: [embedding: { input_dim: 6, output_dim: 4, name: words }, bidirectional: { gru: { units: 3, reset_after: false, return_sequences: true }, merge_mode: multiply }, simple_rnn: { units: 4, activation: softsign, use_bias: false, return_sequences: true }, lstm: { units: 4, recurrent_activation: hard_sigmoid, activation: softsign, return_sequences: true }, dense: { units: 6, weights_of: words }], loss: cross_entropy_with_logits, l2: 0.01 }",
    ];

    /// <summary>
    /// The classes whose form with vectors is compiled, of all that is generated the most text: a convolution and dense layers in blocks, a stack over time, a tiny network. The
    /// reference holds that form to account elsewhere.
    /// </summary>
    public static IReadOnlyList<string> WithVectors { get; } = ["Net3", "Net8", "Net14"];

    /// <summary>The class of each spec.</summary>
    public static IReadOnlyDictionary<string, string> ByClass { get; } = All.Select((spec, k) => ($"Net{k}", spec)).ToDictionary(p => p.Item1, p => p.spec);
}
