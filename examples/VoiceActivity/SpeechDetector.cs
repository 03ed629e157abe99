using System;

namespace NetGen.Examples;

/// <summary>The network over one stream of sound: what it keeps from a frame to the next.</summary>
internal sealed class SpeechDetector
{
    public const int SampleRate = 16_000, FrameSize = 512;

    private const int Past = VoiceActivity.Inputs.FrameSize - FrameSize;

    private readonly float[] parameters = new VoiceActivity().Parameters.ToArray();
    private readonly float[] samples = new float[VoiceActivity.Inputs.FrameSize], scratch = new float[VoiceActivity.ScratchSize];
    private float[] h = new float[VoiceActivity.Inputs.HSize], c = new float[VoiceActivity.Inputs.CSize];
    private float[] nextH = new float[VoiceActivity.Inputs.HSize], nextC = new float[VoiceActivity.Inputs.CSize];

    /// <summary>The probability that a frame is speech, given all before it.</summary>
    /// <param name="frame">The next <see cref="FrameSize"/> samples, from -1 to 1.</param>
    public float Probability(ReadOnlySpan<float> frame)
    {
        samples.AsSpan(FrameSize).CopyTo(samples); // the end of the frame before
        frame.CopyTo(samples.AsSpan(Past));
        Span<float> probability = stackalloc float[1];
        VoiceActivity.ForwardParts(parameters, samples, h, c, probability, nextH, nextC, scratch);
        (h, nextH, c, nextC) = (nextH, h, nextC, c);
        return probability[0];
    }
}
