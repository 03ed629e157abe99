using System;
using System.Collections.Generic;
using System.IO;
using NetGen.Training.Arrays;

namespace NetGen.Training;

/// <summary>Reads arrays of .npz files, the archives of NumPy (<c>np.savez</c>, <c>np.savez_compressed</c>).</summary>
public static class Npz
{
    /// <summary>The names of the arrays, in the order of the archive.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">It is no .npz file, or is damaged.</exception>
    public static IReadOnlyList<string> Names(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var archive = new NpzArchive(path);
        return archive.Names;
    }

    /// <summary>Reads an array, row by row in the order of its axes (C order), whatever the order in the file.</summary>
    /// <param name="path">The file; f2, f4, f8, i1 to i8, u1 to u8 and b1 in either byte order are read.</param>
    /// <param name="name">The array's name.</param>
    /// <returns>The numbers, rounded to floats, and the sizes of the axes.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">It is no .npz file, is damaged, has no such array, or holds what is no finite number.</exception>
    public static (float[] Values, IReadOnlyList<int> Shape) Read(string path, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var archive = new NpzArchive(path);
        return archive.Read(name, static array => (array.ReadAll("x", 1).Values, array.Layout.Shape));
    }
}
