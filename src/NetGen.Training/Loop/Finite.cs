using System;

namespace NetGen.Training.Loop;

/// <summary>Whether numbers are finite.</summary>
internal static class Finite
{
    public static bool All(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            if (!float.IsFinite(value))
                return false;

        return true;
    }
}
