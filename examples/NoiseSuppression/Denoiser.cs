using System;

namespace NetGen.Examples;

/// <summary>The two networks over one stream of sound: what they keep from a block to the next.</summary>
internal sealed class Denoiser
{
    public const int SampleRate = 16_000, Block = 512, Shift = 128;

    /// <summary>The samples by which the output is late: a sample is done when the last block that has it is.</summary>
    public const int Delay = Block - Shift;

    private readonly Fourier fourier = new(Block);
    private readonly float[] firstParameters = new SpectralMask().Parameters.ToArray(), secondParameters = new SpeechFilter().Parameters.ToArray();
    private readonly float[] scratch = new float[Math.Max(SpectralMask.ScratchSize, SpeechFilter.ScratchSize)];
    private readonly float[] block = new float[Block], masked = new float[Block], cleaned = new float[Block], sum = new float[Block];
    private readonly float[] real, imaginary, magnitudes, mask;
    private float[] firstStates = new float[SpectralMask.Inputs.StatesSize], secondStates = new float[SpeechFilter.Inputs.StatesSize];
    private float[] firstNext = new float[SpectralMask.Inputs.StatesSize], secondNext = new float[SpeechFilter.Inputs.StatesSize];

    public Denoiser()
    {
        real = new float[fourier.Frequencies];
        imaginary = new float[fourier.Frequencies];
        magnitudes = new float[fourier.Frequencies];
        mask = new float[fourier.Frequencies];
    }

    /// <summary>The next <see cref="Shift"/> samples of speech, <see cref="Delay"/> samples late.</summary>
    /// <param name="samples">The next <see cref="Shift"/> samples, from -1 to 1.</param>
    /// <param name="speech">As many.</param>
    public void Process(ReadOnlySpan<float> samples, Span<float> speech)
    {
        Append(block, samples);
        fourier.Forward(block, real, imaginary);
        for (int f = 0; f < magnitudes.Length; f++)
            magnitudes[f] = MathF.Sqrt(real[f] * real[f] + imaginary[f] * imaginary[f]);
        SpectralMask.ForwardParts(firstParameters, magnitudes, firstStates, mask, firstNext, scratch);
        for (int f = 0; f < mask.Length; f++)
            (real[f], imaginary[f]) = (mask[f] * real[f], mask[f] * imaginary[f]);
        fourier.Inverse(real, imaginary, masked);
        SpeechFilter.ForwardParts(secondParameters, masked, secondStates, cleaned, secondNext, scratch);
        (firstStates, firstNext, secondStates, secondNext) = (firstNext, firstStates, secondNext, secondStates);

        // Blocks overlap, and what they give adds up.
        Append(sum, stackalloc float[Shift]);
        for (int t = 0; t < Block; t++)
            sum[t] += cleaned[t];
        sum.AsSpan(0, Shift).CopyTo(speech);
    }

    private static void Append(Span<float> window, ReadOnlySpan<float> next)
    {
        window[next.Length..].CopyTo(window);
        next.CopyTo(window[^next.Length..]);
    }
}
