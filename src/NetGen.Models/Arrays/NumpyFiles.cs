using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Models.Pickle;
using NetGen.Models.Weights;
using NetGen.Training.Arrays;

namespace NetGen.Models.Arrays;

/// <summary>Arrays of NumPy: a file .npy has one, an archive .npz one for each of its names.</summary>
internal static class NumpyFiles
{
    private const string Ending = ".npy";

    public static bool IsArchive(ZipContent zip) => zip.Names.Any(static n => n.EndsWith(Ending, StringComparison.Ordinal));

    /// <summary>The only array of a file, which has no name but the file's.</summary>
    public static TensorFile Read(ReadOnlyMemory<byte> bytes, string name) => new("NumPy", [new FileTensor(name, View(bytes, ""))]);

    public static TensorFile Read(ZipContent zip)
    {
        var tensors = new List<FileTensor>();
        foreach (string entry in zip.Names.Where(static n => n.EndsWith(Ending, StringComparison.Ordinal)))
        {
            string name = entry[..^Ending.Length];
            tensors.Add(new FileTensor(name, View(zip.ReadChecked(entry), name)));
        }

        return new TensorFile("NumPy archive", tensors) { Source = zip };
    }

    private static TensorView View(ReadOnlyMemory<byte> bytes, string name)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        StatedArray stated = NpyHeader.ReadStated(name, stream, bytes.Length);
        string type = NumpyReader.TypeOf(stated.Kind.ToString().ToLowerInvariant())!;
        ReadOnlyMemory<byte> data = bytes[(int)stated.DataOffset..];
        // A file that states more elements than it has would be found by the view, one that has more than it states would not.
        TensorView view = TensorView.Dense(type, stated.Shape, Storage.Of(data, stated.IsBigEndian), stated.IsFortranOrder);
        return view.Count * Elements.SizeOf(type) == data.Length
            ? view
            : throw new ArrayFileException(name, null,
                $"the header states the shape {Excerpt.Shape(stated.Shape)} of {type}, but {data.Length} bytes follow it; the file is damaged, write it "
                    + "again.");
    }
}
