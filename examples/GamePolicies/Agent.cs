using System;

namespace NetGen.Examples;

/// <summary>One agent of a game, with what it remembers.</summary>
internal sealed class Agent(Policy policy)
{
    private readonly float[] inputs = new float[policy.InputSize], outputs = new float[policy.OutputSize];

    /// <summary>What it does next, and what it remembers of it, until the next call.</summary>
    public ReadOnlySpan<float> Act(ReadOnlySpan<float> observation)
    {
        observation.CopyTo(inputs);
        outputs.AsSpan(policy.ActionSize).CopyTo(inputs.AsSpan(policy.ObservationSize));
        policy.Network(inputs, outputs);
        return outputs;
    }
}
