using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NetGen.Examples;

/// <summary>The discrete Fourier transform of real blocks, by tables: products of a matrix, as a layer's are.</summary>
internal sealed class Fourier
{
    private readonly int size;
    private readonly float[] cosines, sines; // [frequency, time]

    /// <param name="size">Samples of a block; a multiple of a vector's floats.</param>
    public Fourier(int size)
    {
        this.size = size;
        cosines = new float[Frequencies * size];
        sines = new float[Frequencies * size];
        for (int k = 0; k < cosines.Length; k++)
            (sines[k], cosines[k]) = ((float, float))Math.SinCos(2 * Math.PI * (k / size * (k % size) % size) / size);
    }

    /// <summary>From 0 to half of the rate, both included.</summary>
    public int Frequencies => size / 2 + 1;

    public void Forward(ReadOnlySpan<float> block, Span<float> real, Span<float> imaginary)
    {
        ReadOnlySpan<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(block);
        for (int f = 0; f < Frequencies; f++)
        {
            ReadOnlySpan<Vector<float>> cosine = Row(cosines, f), sine = Row(sines, f);
            Vector<float> re = Vector<float>.Zero, im = Vector<float>.Zero;
            for (int t = 0; t < x.Length; t++)
            {
                re += x[t] * cosine[t];
                im -= x[t] * sine[t];
            }

            (real[f], imaginary[f]) = (Vector.Sum(re), Vector.Sum(im));
        }
    }

    public void Inverse(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> block)
    {
        block.Clear();
        Span<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(block);
        for (int f = 0; f < Frequencies; f++)
        {
            float scale = (f == 0 || f == size / 2 ? 1f : 2f) / size; // the others stand for their mirror images too
            ReadOnlySpan<Vector<float>> cosine = Row(cosines, f), sine = Row(sines, f);
            for (int t = 0; t < x.Length; t++)
                x[t] += scale * real[f] * cosine[t] - scale * imaginary[f] * sine[t];
        }
    }

    private ReadOnlySpan<Vector<float>> Row(float[] table, int frequency) => MemoryMarshal.Cast<float, Vector<float>>(table.AsSpan(frequency * size, size));
}
