using System;

namespace NetGen.Examples;

/// <summary>One quadrotor's controller: the policy, and what it has seen of this flight.</summary>
internal sealed class Controller(float[] parameters)
{
    private readonly float[] state = new float[Raptor.StateSize];

    /// <summary>What the motors do next.</summary>
    public void Act(ReadOnlySpan<float> observation, Span<float> action) => Raptor.Step(parameters, observation, state, action);
}
