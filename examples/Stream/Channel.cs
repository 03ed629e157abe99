using System;

namespace NetGen.Examples;

/// <summary>A stream of its own over parameters that any number of channels share.</summary>
internal sealed class Channel(float[] parameters)
{
    private readonly float[] state = new float[Overdrive.StateSize];

    /// <summary>One sample; nothing is allocated.</summary>
    public float Process(float sample)
    {
        float output = 0;
        Overdrive.Step(parameters, new ReadOnlySpan<float>(in sample), state, new Span<float>(ref output));
        return output;
    }

    /// <summary>All samples, one by one.</summary>
    public float[] Process(ReadOnlySpan<float> sound)
    {
        float[] output = new float[sound.Length];
        for (int t = 0; t < sound.Length; t++)
            output[t] = Process(sound[t]);
        return output;
    }

    /// <summary>All that the stream knows of the past.</summary>
    public float[] Save() => [.. state];

    /// <summary>Goes on from there.</summary>
    public void Restore(float[] saved) => saved.CopyTo(state, 0);
}
