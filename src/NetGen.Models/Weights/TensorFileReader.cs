using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;
using NetGen.Models.Arrays;
using NetGen.Models.Hdf;
using NetGen.Models.Pickle;

namespace NetGen.Models.Weights;

/// <summary>Opens files of weights, whatever wrote them: by what they hold, not by their names.</summary>
internal static class TensorFileReader
{
    private const int HeadLength = ForeignFile.HeadLength;

    private const string Formats = "PyTorch's .pt and .pth, TorchScript, .safetensors, NumPy's .npz and .npy, Keras's .h5 and .keras";

    /// <summary>Reads what a file holds; elements, where that can be, when they are asked for.</summary>
    /// <exception cref="TensorFileException">It is no such file, or a damaged one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TensorFile Open(string path)
    {
        FileStream stream = File.OpenRead(path);
        bool isKept = false;
        try
        {
            byte[] head = new byte[Math.Min(stream.Length, HeadLength)];
            stream.ReadExactly(head);
            stream.Position = 0;
            if (head.AsSpan().StartsWith("PK\u0003\u0004"u8) || head.AsSpan().StartsWith("PK\u0005\u0006"u8))
            {
                isKept = true;
                return OfArchive(new ZipContent(stream), head, path);
            }

            return OfHead(stream, head, path);
        }
        catch (WeightsException e)
        {
            // It names the file, as the caller does.
            throw new TensorFileException(e.Message.StartsWith(path + ": ", StringComparison.Ordinal) ? e.Message[(path.Length + 2)..] : e.Message, e);
        }
        finally
        {
            if (!isKept)
                stream.Dispose();
        }
    }

    private static TensorFile OfArchive(ZipContent zip, byte[] head, string path)
    {
        try
        {
            if (TorchArchive.RootOf(zip) is { } root)
                return TorchArchive.Read(zip, root);
            if (KerasFiles.IsArchive(zip))
                return KerasFiles.Read(zip);
            if (NumpyFiles.IsArchive(zip))
                return NumpyFiles.Read(zip);
            throw Unknown(head, path);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    private static TensorFile OfHead(FileStream stream, byte[] head, string path)
    {
        ReadOnlySpan<byte> begin = head;
        // First, for a header of 640 bytes makes a file begin as a pickle does.
        if (begin.Length > 8 && begin[8] == (byte)'{' && BitConverter.ToUInt64(begin) <= (ulong)stream.Length - 8)
            return Safetensors(stream, path);
        if (begin.StartsWith(HdfContent.Magic))
            return KerasFiles.Read(Whole(stream));
        if (begin.StartsWith(LegacyTorchFile.Magic))
            return LegacyTorchFile.Read(Whole(stream));
        if (begin is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..])
            return NumpyFiles.Read(Whole(stream), Path.GetFileNameWithoutExtension(path));
        if (IsPickle(begin))
        {
            var text = new PickleText(Whole(stream));
            return new TensorFile("Python pickle", StateWalk.Find(new Unpickler(text, static _ => null).Read()));
        }

        throw begin.Length > 8 && begin[8] == (byte)'{'
            ? new TensorFileException("it begins as a safetensors file does, but is cut off; copy or save it again.") : Unknown(head, path);
    }

    private static TensorFile Safetensors(FileStream stream, string path)
    {
        SafetensorsFile file = SafetensorsFile.Read(stream, path);
        return new TensorFile("safetensors",
            [.. file.Tensors.Where(static t => !ParameterMatch.IsExtra(t.Name) || ParameterMatch.IsBatchCounter(t.Name)).Select(t => new FileTensor(
            t.Name, TensorView.Dense(t.Dtype, [.. t.Shape], Storage.Of(file.Data.AsMemory((int)t.Begin, (int)(t.End - t.Begin))))))]);
    }

    /// <summary>Protocols from 2 on say so; those before begin with a dictionary, list or class, and end with a point.</summary>
    private static bool IsPickle(ReadOnlySpan<byte> begin) =>
        begin.Length > 1 && ((begin[0] == 0x80 && begin[1] is >= 2 and <= 5) || (begin[0] == (byte)'(' && begin[1] is (byte)'d' or (byte)'l')
            || (begin[0] == (byte)'c' && begin.StartsWith("ccollections\n"u8)));

    private static TensorFileException Unknown(byte[] head, string path)
    {
        if (head.Length == 0)
            return new TensorFileException("it is empty; copy or save it again.");
        string name = Path.GetFileName(path);
        string? what = ForeignFile.Describe(head, name);
        // What is said of other files is meant for specs: here the way is another command, or another file.
        int remedy = what?.IndexOf(", not a safetensors file", StringComparison.Ordinal) ?? -1;
        return what is null ? new TensorFileException($"it is no file of weights that is known here; there are {Formats}.")
            : remedy < 0 ? new TensorFileException(what)
            : new TensorFileException($"{what[..remedy]}{(what.Contains("ONNX", StringComparison.Ordinal) || what.Contains("TensorFlow Lite", StringComparison.Ordinal) || what.Contains("Neural Amp", StringComparison.Ordinal) ? $", a model: netgen import {name} makes a spec and weights of it." : $"; weights are read from {Formats}.")}");
    }

    private static byte[] Whole(FileStream stream)
    {
        if (stream.Length > SafetensorsFile.Largest)
            throw new TensorFileException($"it has {CSharpLiteral.Grouped(stream.Length)} bytes, above the "
                + $"{CSharpLiteral.Grouped(SafetensorsFile.Largest)} that are read.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
