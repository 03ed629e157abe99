using System.Collections.Generic;

namespace NetGen.Examples;

/// <summary>From the probabilities of frames to spans of speech.</summary>
internal static class SpeechSpans
{
    private const float Begin = 0.5f, End = 0.35f;

    // A pause that is shorter belongs to what is said: 4 frames are 128 ms.
    private const int ShortestPause = 4;

    /// <summary>The first frame of each span, and the first after it. Speech begins where the probability reaches 0.5, and ends where it stays below 0.35.</summary>
    public static IEnumerable<(int First, int Next)> Of(IReadOnlyList<float> probabilities)
    {
        int? first = null, pause = null;
        for (int frame = 0; frame < probabilities.Count; frame++)
        {
            float probability = probabilities[frame];
            if (probability >= Begin)
                (first, pause) = (first ?? frame, null);
            else if (first is { } begun && probability < End)
            {
                pause ??= frame;
                if (frame + 1 - pause < ShortestPause)
                    continue;
                yield return (begun, pause.Value);
                (first, pause) = (null, null);
            }
        }

        if (first is { } last)
            yield return (last, pause ?? probabilities.Count);
    }
}
