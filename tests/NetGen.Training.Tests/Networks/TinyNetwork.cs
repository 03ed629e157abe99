using System;
using System.Collections.Generic;

namespace NetGen.Training.Tests.Networks;

/// <summary>
/// Two parameters, the weight kept transposed and padded: <c>hidden.weight</c> [2, 3] and <c>hidden.bias</c> [2].
/// Element [o, i] of the weight lies at 1 + 4 i + o; the bias at 13; every float starts as 7.
/// </summary>
internal sealed class TinyNetwork : INetwork<TinyNetwork>
{
    private readonly float[] parameters = new float[ParameterBufferSize];

    public TinyNetwork() => Array.Fill(parameters, 7);

    public static int InputSize => 3;

    public static int OutputSize => 2;

    public static int ParameterBufferSize => 16;

    public static int ScratchSize => 0;

    public static IReadOnlyList<NetworkParameter> ParameterTable { get; } =
    [
        new("hidden.weight", [2, 3], 1, [1, 4]),
        new("hidden.bias", [2], 13, [1]),
    ];

    public Span<float> Parameters => parameters;

    public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) =>
        throw new NotSupportedException("Only its weights are used.");
}
