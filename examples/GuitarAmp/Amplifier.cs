using System;

namespace NetGen.Examples;

/// <summary>A guitar amplifier, as Neural Amp Modeler learned it from recordings of a real one.</summary>
[Network("amp.yaml")]
internal partial class Amplifier
{
    /// <summary>The rate that it was recorded at, in samples a second.</summary>
    public const int SampleRate = 48_000;
}

/// <summary>One amplifier that is switched on: its weights, and what it still hears of the signal.</summary>
internal sealed class Channel
{
    private readonly float[] parameters = new Amplifier().Parameters.ToArray(), state = new float[Amplifier.StateSize];

    /// <summary>What comes out for each sample that goes in, one after another, as a sound card hands them over.</summary>
    public void Play(ReadOnlySpan<float> dry, Span<float> wet)
    {
        for (int t = 0; t < dry.Length; t++)
            Amplifier.Step(parameters, dry.Slice(t, 1), state, wet.Slice(t, 1));
    }
}
