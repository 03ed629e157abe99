using System.Collections.Generic;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Networks with layers that move, repeat and interpolate elements.</summary>
internal static class MoveSpecs
{
    public static readonly Dictionary<string, string> All = new()
    {
        ["slices of a vector"] = """
            input: 9
            layers:
              - dense: { units: 21, activation: tanh, name: a }
              - slice: { start: 2, stop: -3, name: b }
              - slice: { step: -2, from: a, name: c }
              - slice: { start: -5, stop: 3, step: -3, from: a, name: d }
              - concat: [b, c, d]
              - dense: 3
            loss: squared_error
            """,
        ["slices of an image, along each axis"] = """
            input: [3, 6, 7]
            layers:
              - conv2d: { filters: 5, kernel_size: 3, padding: same, activation: tanh }
              - slice: { axis: 1, start: 1, step: 2 }
              - slice: { axis: -1, start: -2, stop: 0, step: -1 }
              - slice: { stop: 4 }
              - flatten
              - dense: 2
            loss: squared_error
            """,
        ["slices of planes, and what is between them"] = """
            input: [2, 7, 19]
            layers:
              - slice: { axis: 2, step: -1, name: a }
              - slice: { axis: 2, start: 1, stop: 18, from: a, name: b }
              - slice: { axis: 1, start: 6, stop: 1, step: -2, from: b }
              - flatten
              - dense: { units: 38, activation: tanh }
              - reshape: [2, 1, 19]
              - slice: { axis: 2, step: -1 }
              - slice: { axis: 2, start: 3, name: c }
              - add: [c, c]
              - flatten
            loss: squared_error
            """,
        ["every other step, from the last on"] = """
            input: { shape: [9, 3], layout: sequence }
            layers:
              - dense: { units: 5, activation: tanh, name: a }
              - reverse
              - slice: { step: 2 }
              - gru: { units: 4 }
              - dense: 2
            loss: squared_error
            """,
        ["reversed along the length"] = """
            input: { shape: [3, 21], layout: channels }
            layers:
              - reverse
              - conv1d: { filters: 4, kernel_size: 3, activation: tanh }
              - reverse
              - flatten
              - dense: { units: 38, activation: tanh }
              - global_average_pool: { from: reverse_2, name: g }
              - concat: [dense_1, g]
              - dense: 3
            loss: squared_error
            """,
        ["an image that is reflected"] = """
            input: [2, 5, 6]
            layers:
              - pad: { padding: [2, 1, 3, 4], mode: reflect, name: a }
              - conv2d: { filters: 4, kernel_size: 3, activation: tanh }
              - pad: { padding: 2, mode: reflect }
              - conv2d: { filters: 2, kernel_size: 3, activation: tanh }
              - flatten
              - dense: 2
            loss: squared_error
            """,
        ["an image that is continued, and one with a number around it"] = """
            input: [3, 4, 9]
            layers:
              - flatten
              - dense: { units: 27, activation: tanh }
              - reshape: [1, 3, 9]
              - pad: { padding: [1, 0, 2, 1], mode: edge }
              - pad: { padding: 1, value: 0.75 }
              - conv2d: { filters: 17, kernel_size: 2, activation: tanh }
              - pad: { padding: [0, 2, 0, 3], mode: edge, name: p }
              - add: [p, p]
              - flatten
              - dense: 2
            loss: squared_error
            """,
        ["a sequence that is continued in time"] = """
            input: { shape: [5, 3], layout: sequence }
            layers:
              - dense: { units: 6, activation: tanh }
              - pad: { padding: [4, 2], mode: reflect }
              - pad: { padding: [0, 3], mode: edge }
              - dense: { units: 2, activation: tanh }
              - pad: { padding: [1, 0], value: -1 }
              - flatten
              - dense: 2
            loss: squared_error
            """,
        ["a vector at each step"] = """
            input: 5
            layers:
              - dense: { units: 18, activation: tanh }
              - repeat_vector: 4
              - lstm: { units: 3, return_sequences: true }
              - dense: 2
            loss: squared_error
            """,
        ["planes that are repeated"] = """
            input: 6
            layers:
              - dense: { units: 60, activation: tanh }
              - reshape: [2, 3, 10]
              - upsample2d: 2
              - upsample2d: [1, 3]
              - upsample2d: [3, 1]
              - slice: { axis: 1, step: 2 }
              - upsample2d: [1, 4]
              - global_average_pool
            loss: squared_error
            """,
        ["channels that are repeated"] = """
            input: [2, 4, 5]
            layers:
              - conv2d: { filters: 5, kernel_size: 2, activation: tanh, name: a }
              - upsample2d: { size: [2, 3], name: b }
              - conv2d: { filters: 3, kernel_size: 3, activation: tanh }
              - upsample2d: { size: [4, 5], from: a, name: c }
              - global_average_pool: { from: c, name: g }
              - flatten: { from: conv2d_2 }
              - concat: [g, flatten_1]
              - dense: 2
            loss: squared_error
            """,
        ["planes that are interpolated"] = """
            input: 6
            layers:
              - dense: { units: 54, activation: tanh }
              - reshape: { shape: [2, 3, 9], name: image }
              - upsample2d: { interpolation: bilinear }
              - upsample2d: { size: [3, 1], interpolation: bilinear }
              - upsample2d: { size: [1, 3], interpolation: bilinear }
              - flatten
              - dense: { units: 2, name: a }
              - upsample2d: { size: [2, 4], from: image, interpolation: bilinear }
              - flatten
              - dense: { units: 2, name: b }
              - upsample2d: { size: [9, 5], from: image, interpolation: bilinear }
              - tanh
              - global_average_pool
              - dense: { units: 2, name: c }
              - add: [a, b, c]
            loss: squared_error
            """,
        ["channels that are interpolated"] = """
            input: [2, 4, 5]
            layers:
              - conv2d: { filters: 17, kernel_size: 2, activation: tanh }
              - upsample2d: { size: [2, 3], interpolation: bilinear }
              - conv2d: { filters: 3, kernel_size: 3, activation: tanh }
              - upsample2d: { size: [3, 2], interpolation: bilinear }
              - global_average_pool
              - dense: 2
            loss: squared_error
            """,
        ["signals that are repeated and interpolated"] = """
            input: { shape: [3, 11], layout: channels }
            layers:
              - upsample1d
              - conv1d: { filters: 4, kernel_size: 3, activation: tanh }
              - upsample1d: { size: 2, interpolation: linear }
              - conv1d: { filters: 2, kernel_size: 3, activation: tanh }
              - flatten
              - dense: { units: 24, activation: tanh }
              - reshape: [2, 12]
              - upsample1d: { size: 4, interpolation: linear }
              - global_max_pool
            loss: squared_error
            """,
        ["pixels shuffled and back"] = """
            input: [8, 3, 5]
            layers:
              - pixel_shuffle: 2
              - conv2d: { filters: 9, kernel_size: 1, activation: tanh }
              - pixel_shuffle: 3
              - pixel_unshuffle: 2
              - conv2d: { filters: 16, kernel_size: 1, activation: tanh }
              - pixel_shuffle: 2
              - pixel_shuffle: 1
              - pixel_unshuffle: 3
              - tanh
              - global_average_pool
              - dense: 2
            loss: squared_error
            """,
    };
}
