using System;

namespace NetGen.Examples;

/// <summary>
/// What the network learns to imitate, an overdrive and behind it a one-pole low-pass at 800 Hz, after silence:
/// y[t] = y[t - 1] + a (tanh(5 x[t]) - y[t - 1]), a = 1 - e^(-2π 800 / 48000).
/// </summary>
internal static class Effect
{
    public const int SampleRate = 48_000;

    private const double Gain = 5;
    private const double CutOff = 800;

    public static float[] Apply(ReadOnlySpan<float> sound)
    {
        double a = 1 - Math.Exp(-2 * Math.PI * CutOff / SampleRate);
        float[] effect = new float[sound.Length];
        double y = 0;
        for (int t = 0; t < sound.Length; t++)
        {
            y += a * (Math.Tanh(Gain * sound[t]) - y);
            effect[t] = (float)y;
        }

        return effect;
    }
}
