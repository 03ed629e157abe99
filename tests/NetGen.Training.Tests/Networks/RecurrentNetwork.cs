using System;
using System.Collections.Generic;

namespace NetGen.Training.Tests.Networks;

/// <summary>Parameters named as those of a recurrent layer with batch normalization behind it, each [2].</summary>
internal sealed class RecurrentNetwork : INetwork<RecurrentNetwork>
{
    private readonly float[] parameters = new float[ParameterBufferSize];

    public static int InputSize => 1;

    public static int OutputSize => 1;

    public static int ParameterBufferSize => 6;

    public static int ScratchSize => 0;

    public static IReadOnlyList<NetworkParameter> ParameterTable { get; } =
    [
        new("lstm.weight_ih_l0", [2], 0, [1]),
        new("lstm.bias_hh_l0", [2], 2, [1]),
        new("norm.running_mean", [2], 4, [1]),
    ];

    public Span<float> Parameters => parameters;

    public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) =>
        throw new NotSupportedException("Only its weights are used.");
}
