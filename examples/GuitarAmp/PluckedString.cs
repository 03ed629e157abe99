using System;

namespace NetGen.Examples;

/// <summary>
/// A plucked string, by K. Karplus, A. Strong, "Digital Synthesis of Plucked-String and Drum Timbres" (1983): noise that runs around a delay line of one
/// period, and is smoothed each time.
/// </summary>
internal static class PluckedString
{
    /// <summary>Adds a tone to a signal.</summary>
    /// <param name="signal">From where it is plucked on.</param>
    /// <param name="frequency">In hertz.</param>
    public static void Pluck(Span<float> signal, double frequency, int sampleRate, Random random)
    {
        var line = new float[(int)Math.Round(sampleRate / frequency)];
        for (int k = 0; k < line.Length; k++)
            line[k] = (float)(random.NextDouble() - 0.5) * 0.3f;
        for (int t = 0; t < signal.Length; t++)
        {
            int at = t % line.Length, next = (t + 1) % line.Length;
            signal[t] += line[at];
            line[at] = 0.498f * (line[at] + line[next]);
        }
    }
}
