using System;
using System.Collections.Generic;
using NetGen.Cli.Verify;
using NetGen.Training;

namespace NetGen.Cli.Tests.Verify;

/// <summary>Generated code that gives something else in one place, as a mistake of the compiler would.</summary>
/// <param name="code">What is right.</param>
/// <param name="place">Which number of each sample's output is wrong, counted from the end.</param>
/// <param name="by">What is added to it.</param>
internal sealed class DoctoredCode(GeneratedCode code, Index place, float by) : GeneratedCode
{
    /// <summary>What is added to the last gradient.</summary>
    public float GradientBy { get; init; }

    /// <summary>Only calls with several samples are wrong.</summary>
    public bool SparesOneSample { get; init; }

    public override int InputSize => code.InputSize;

    public override int OutputSize => code.OutputSize;

    public override IReadOnlyList<NetworkParameter> ParameterTable => code.ParameterTable;

    public override Span<float> Parameters => code.Parameters;

    public override WeightsInfo Load(string path, WeightNames? names) => code.Load(path, names);

    public override float[] Forward(ReadOnlySpan<float> inputs)
    {
        float[] outputs = code.Forward(inputs);
        for (int first = 0; first < outputs.Length && !(SparesOneSample && inputs.Length == InputSize); first += OutputSize)
            outputs[first + place.GetOffset(OutputSize)] += by;
        return outputs;
    }

    public override float[][] ForwardParts(float[][] inputs, IReadOnlyList<int> sizes) => code.ForwardParts(inputs, sizes);

    public override float[][] Stream(IEnumerable<float[]> inputs) => code.Stream(inputs);

    public override float[] Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ulong seed)
    {
        float[] gradients = code.Backward(inputs, targets, seed);
        gradients[ParameterTable[^1].Offset] += GradientBy;
        return gradients;
    }
}
