using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Examples;

/// <summary>A note that was played.</summary>
/// <param name="First">Its first frame.</param>
/// <param name="Next">The first frame after it.</param>
/// <param name="Key">The middle one of its pitches.</param>
internal sealed record Note(int First, int Next, double Key)
{
    private static readonly string[] Names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

    private int Nearest => (int)Math.Round(Key);

    public string Name => $"{Names[Nearest % 12]}{Nearest / 12 - 1}";

    /// <summary>Hundredths of a semitone above the note, or below.</summary>
    public double Cents => 100 * (Key - Nearest);

    public double Hertz => 440 * Math.Pow(2, (Key - 69) / 12);
}

/// <summary>From the pitches of frames to notes.</summary>
internal static class Notes
{
    private const float LeastConfidence = 0.5f;
    private const double LargestStep = 0.5; // of a semitone, between two frames of a note
    private const int FewestFrames = 5;

    public static IEnumerable<Note> Of(Pitch[] pitches)
    {
        for (int first = 0, next; first < pitches.Length; first = next)
        {
            next = first + 1;
            if (pitches[first].Confidence < LeastConfidence)
                continue;
            while (next < pitches.Length && pitches[next].Confidence >= LeastConfidence && Math.Abs(pitches[next].Key - pitches[next - 1].Key) < LargestStep)
                next++;
            if (next - first >= FewestFrames)
                yield return new Note(first, next, pitches[first..next].Select(static p => p.Key).Order().ElementAt((next - first) / 2));
        }
    }
}
