using System;

namespace NetGen.Examples;

/// <summary>One robot's legs: the policy, and what it keeps of this walk.</summary>
internal sealed class Robot(float[] parameters)
{
    // Radians: what the policy gives is how far from these its joints shall be, times the scale. Both are of the robot's configuration, g1.yaml.
    private const float ActionScale = 0.25f;

    private static readonly float[] s_standing = [-0.1f, 0, 0, 0.3f, -0.2f, 0, -0.1f, 0, 0, 0.3f, -0.2f, 0];

    private readonly float[] state = new float[Walking.StateSize];

    /// <summary>What the policy says to an observation.</summary>
    public void Act(ReadOnlySpan<float> observation, Span<float> action) => Walking.Step(parameters, observation, state, action);

    /// <summary>Where a joint shall be, in degrees.</summary>
    public static float Target(ReadOnlySpan<float> action, int joint) => float.RadiansToDegrees(s_standing[joint] + ActionScale * action[joint]);
}
