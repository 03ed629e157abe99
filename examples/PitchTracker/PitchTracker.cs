using System;

namespace NetGen.Examples;

/// <summary>The pitch of a frame of sound.</summary>
/// <param name="Key">As MIDI counts: 69 is the A of 440 Hz, and one more a semitone.</param>
/// <param name="Confidence">The probability of the likeliest pitch, from 0 to 1.</param>
internal readonly record struct Pitch(double Key, float Confidence);

/// <summary>The network over frames of sound, each by itself.</summary>
internal sealed class PitchTracker
{
    public const int SampleRate = 16_000, FrameSize = Crepe.InputSize, Hop = 160;

    // An output stands for 20 cents, and the first for 31.7 Hz. Neighbours of the likeliest say where between them the pitch is.
    private const double CentsOfOutput = 20, CentsOfFirst = 1997.3794084376191, KeyOfZero = 3.4868205763524;
    private const int Neighbours = 4;

    private readonly float[] parameters = new Crepe().Parameters.ToArray(), scratch = new float[Crepe.ScratchSize];
    private readonly float[] frame = new float[FrameSize], probabilities = new float[Crepe.OutputSize];

    /// <summary>The pitch of <see cref="FrameSize"/> samples of any loudness.</summary>
    public Pitch PitchOf(ReadOnlySpan<float> samples)
    {
        Standardize(samples, frame);
        Crepe.Forward(parameters, frame, probabilities, scratch);
        int likeliest = 0;
        for (int k = 1; k < probabilities.Length; k++)
            likeliest = probabilities[k] > probabilities[likeliest] ? k : likeliest;
        double weight = 0, sum = 0;
        for (int k = Math.Max(0, likeliest - Neighbours); k <= Math.Min(probabilities.Length - 1, likeliest + Neighbours); k++)
        {
            weight += probabilities[k];
            sum += probabilities[k] * (CentsOfFirst + CentsOfOutput * k);
        }

        return new Pitch(KeyOfZero + sum / weight / 100, probabilities[likeliest]);
    }

    /// <summary>To a mean of 0 and a deviation of 1, as the network was trained.</summary>
    private static void Standardize(ReadOnlySpan<float> samples, Span<float> standardized)
    {
        double mean = 0, variance = 0;
        foreach (float x in samples)
            mean += x / (double)samples.Length;
        foreach (float x in samples)
            variance += (x - mean) * (x - mean) / (samples.Length - 1);
        for (int k = 0; k < samples.Length; k++)
            standardized[k] = (float)((samples[k] - mean) / Math.Max(1e-10, Math.Sqrt(variance)));
    }
}
