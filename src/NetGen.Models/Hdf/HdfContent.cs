using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NetGen.Compiler.Text;
using NetGen.Models.Pickle;
using NetGen.Models.Weights;
using PureHDF;

namespace NetGen.Models.Hdf;

/// <summary>
/// Reads HDF5 files, by PureHDF. That follows what a file says wherever it leads, so it works on a thread of its own, with a stack for what nests deeply
/// and a limit of time, and what it throws means that the file is damaged.
/// </summary>
internal static class HdfContent
{
    private const int Deepest = 24;
    private const int Stack = 64 << 20;
    private const int LongestText = 1 << 24;
    private const long MostBytes = 1L << 30;

    /// <summary>What a slow machine reads: a file that takes longer, and some seconds, leads nowhere.</summary>
    private const double BytesASecond = 20e6;

    /// <summary>What an HDF5 file begins with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="TensorFileException">The file is damaged.</exception>
    public static HdfGroup Read(byte[] bytes)
    {
        HdfGroup? root = null;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    using var stream = new MemoryStream(bytes, writable: false);
                    using var file = H5File.Open(stream);
                    root = new Reader(bytes.Length).Read(file, 0);
                }
                catch (Exception e)
                {
                    failure = e;
                }
            },
            Stack)
        { IsBackground = true };
        thread.Start();
        if (!thread.Join(TimeSpan.FromSeconds(3 + (bytes.Length / BytesASecond))))
            throw new TensorFileException("it is an HDF5 file that leads nowhere: it is damaged, save it again.");
        return failure switch
        {
            null => root!,
            TensorFileException e => throw e,
            _ => throw new TensorFileException($"it is an HDF5 file that cannot be read: {failure.Message.TrimEnd('.')}; it is cut off or damaged, copy "
                + "or save it again.", failure),
        };
    }

    private sealed class Reader(long fileLength)
    {
        private readonly Budget _objects = new(100_000, "the HDF5 file has too many groups and data sets");
        private long _bytes;

        public HdfGroup Read(IH5Group group, int depth)
        {
            if (depth > Deepest)
                throw new TensorFileException($"its groups nest deeper than {Deepest} levels; that is no file of weights, or a damaged one.");
            var read = new HdfGroup();
            ReadTexts(group, read);
            foreach (IH5Object child in group.Children())
            {
                _objects.Spend(1);
                switch (child)
                {
                    case IH5Group inner:
                        read.Groups[child.Name] = Read(inner, depth + 1);
                        break;
                    case IH5Dataset data when ViewOf(data) is { } view:
                        read.Tensors[child.Name] = view;
                        break;
                }
            }

            return read;
        }

        private void ReadTexts(IH5Group group, HdfGroup read)
        {
            foreach (IH5Attribute attribute in group.Attributes())
            {
                _objects.Spend(1);
                ulong count = Count(attribute.Space.Dimensions);
                if (attribute.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength && count is > 0 and < LongestText)
                    read.Texts[attribute.Name] = [.. TextsOf(attribute).Select(static t => t ?? "")];
            }
        }

        /// <summary>Where a damaged file leads nowhere, a text is null.</summary>
        private static string?[] TextsOf(IH5Attribute attribute) =>
            attribute.Space.Dimensions.Length == 0 ? [attribute.Read<string?>()] : attribute.Read<string?[]>();

        private TensorView? ViewOf(IH5Dataset data)
        {
            if (TypeOf(data) is not { } type)
                return null;
            ulong[] sizes = data.Space.Dimensions;
            ulong count = Count(sizes);
            // What is packed is larger than the file, but not by so much.
            if (count > MostBytes / 8 || (_bytes += (long)count * Elements.SizeOf(type)) > Math.Min(MostBytes, Math.Max(1 << 20, fileLength * 1040)))
                throw new TensorFileException($"its data sets, up to {Excerpt.Quote(data.Name)} of shape {Excerpt.Shape(sizes)}, would take more memory "
                    + $"than a file of {CSharpLiteral.Grouped(fileLength)} bytes can hold; it is damaged.");
            byte[] bytes = count == 0 ? [] : data.Read<byte[]>();
            return TensorView.Dense(type, [.. sizes.Select(static s => (long)s)], Storage.Of(bytes));
        }

        private static string? TypeOf(IH5Dataset data)
        {
            // Keras writes what NumPy has no type for as bytes, and says beside them what they are.
            if (data.Type is { Class: H5DataTypeClass.Opaque, Size: 2 })
                return data.AttributeExists("dtype") && data.Attribute("dtype").Read<string>() == "bfloat16" ? "BF16" : null;
            return (data.Type.Class, data.Type.Size) switch
            {
                (H5DataTypeClass.FloatingPoint, 2) => "F16",
                (H5DataTypeClass.FloatingPoint, 4) => "F32",
                (H5DataTypeClass.FloatingPoint, 8) => "F64",
                (H5DataTypeClass.FixedPoint, 1 or 2 or 4 or 8) => (data.Type.FixedPoint.IsSigned ? "I" : "U") + (8 * data.Type.Size),
                _ => null,
            };
        }

        private static ulong Count(IEnumerable<ulong> sizes) =>
            sizes.Aggregate(1ul, static (count, size) => size == 0 ? 0 : count > ulong.MaxValue / size ? ulong.MaxValue : count * size);
    }
}
