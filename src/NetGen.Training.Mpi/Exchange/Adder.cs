using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen.Training.Mpi.Exchange;

/// <summary>y[i] = ((x0[i] + x1[i]) + x2[i]) + …: always in this order, so every process and every width of vectors gets the same bits.</summary>
internal static unsafe class Adder
{
    /// <summary>Adds up parts; y may be one of them.</summary>
    public static void Add(float*[] parts, float* y, int length)
    {
        int i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> sum = Unsafe.ReadUnaligned<Vector<float>>(parts[0] + i);
            for (int part = 1; part < parts.Length; part++)
                sum += Unsafe.ReadUnaligned<Vector<float>>(parts[part] + i);
            Unsafe.WriteUnaligned(y + i, sum);
        }

        for (; i < length; i++)
        {
            float sum = parts[0][i];
            for (int part = 1; part < parts.Length; part++)
                sum += parts[part][i];
            y[i] = sum;
        }
    }
}
