using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using NetGen.Compiler.Text;
using NetGen.Training.Arrays;
using NetGen.Training.Files;

namespace NetGen.Training;

/// <summary>Reads and writes arrays as .npy files of NumPy (<c>np.load</c>, <c>np.save</c>).</summary>
public static class Npy
{
    private const int BlockSize = 1 << 14;

    /// <summary>Reads an array, row by row in the order of its axes (C order), whatever the order in the file.</summary>
    /// <param name="path">The file; f2, f4, f8, i1 to i8, u1 to u8 and b1 in either byte order are read.</param>
    /// <returns>The numbers, rounded to floats, and the sizes of the axes.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">It is no .npy file, is damaged, is empty or a single number, or holds what is no finite number.</exception>
    public static (float[] Values, IReadOnlyList<int> Shape) Read(string path)
    {
        using ArrayFile array = ArrayDatasets.OpenNpy(path);
        return (array.ReadAll("x", 1).Values, array.Layout.Shape);
    }

    /// <summary>
    /// Writes an array of floats ('&lt;f4', C order, version 1.0). The file is written beside and renamed over, so that there is always either the old one or
    /// the new one, whole.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="values">The numbers, the last axis fastest.</param>
    /// <param name="shape">The sizes of the axes, as in <c>[count, 10]</c>.</param>
    /// <exception cref="ArgumentException">The shape takes more or fewer numbers, or has a negative size.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<float> values, ReadOnlySpan<int> shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Int128 size = 1;
        foreach (int axis in shape)
            size *= axis < 0 ? throw new ArgumentException($"The shape {Excerpt.Shape(shape.ToArray())} has a negative size.", nameof(shape)) : axis;
        if (shape.Length > 32 || size != values.Length)
            throw new ArgumentException($"There are {values.Length} numbers for the shape {Excerpt.Shape(shape.ToArray())}, which takes {size} (of 32 axes at most); give as many.", nameof(shape));

        using var file = new WholeFile(path, "the array");
        file.Stream.Write(NpyHeader.Of(shape));
        byte[] block = new byte[BlockSize * sizeof(float)];
        for (ReadOnlySpan<float> rest = values; rest.Length > 0; rest = rest[Math.Min(BlockSize, rest.Length)..])
        {
            ReadOnlySpan<float> next = rest[..Math.Min(BlockSize, rest.Length)];
            for (int i = 0; i < next.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(block.AsSpan(i * sizeof(float)), next[i]);
            file.Stream.Write(block, 0, next.Length * sizeof(float));
        }

        file.Commit();
    }
}
