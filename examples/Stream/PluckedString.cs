using System;

namespace NetGen.Examples;

/// <summary>
/// Something to play: notes on a string by K. Karplus and A. Strong, "Digital Synthesis of Plucked-String and Drum Timbres",
/// Computer Music Journal, 1983. A pluck fills a ring with noise; each sample becomes the mean of itself and its neighbour.
/// </summary>
internal static class PluckedString
{
    /// <summary>Four notes a second, of random pitch and strength; the seed says which.</summary>
    public static float[] Play(int seconds, int seed)
    {
        const int NoteLength = Effect.SampleRate / 4;
        var random = new Random(seed);
        float[] sound = new float[seconds * Effect.SampleRate];
        float[] ring = [];
        for (int t = 0, at = 0; t < sound.Length; t++, at = (at + 1) % ring.Length)
        {
            if (t % NoteLength == 0)
            {
                double frequency = 82.4 * Math.Pow(2, random.Next(30) / 12.0); // a guitar's lowest note, and frets above it
                float strength = 0.2f + 0.8f * random.NextSingle();
                ring = new float[(int)(Effect.SampleRate / frequency)];
                foreach (ref float sample in ring.AsSpan())
                    sample = strength * (2 * random.NextSingle() - 1);
                at = 0;
            }

            sound[t] = ring[at];
            ring[at] = 0.998f * (ring[at] + ring[(at + 1) % ring.Length]) / 2;
        }

        return sound;
    }
}
