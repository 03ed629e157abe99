using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;
using static System.FormattableString;

namespace NetGen.Compiler.Baking;

/// <summary>Weights in the order in which a network keeps them.</summary>
internal static class BakedLayout
{
    public static IReadOnlyList<ParameterPlace> PlacesOf(Network network) =>
        [.. network.Parameters.Select(static p => new ParameterPlace(p.Name, p.Parameter.Shape, p.Offset, p.Parameter.Strides))];

    /// <summary>Tells layouts apart: which tensors, where their elements stand, and in how many bits.</summary>
    public static string IdOf(Network network, Storage storage)
    {
        var text = new StringBuilder(Invariant($"{storage}\n"));
        TensorNames? names = network.Weights?.TensorNames;
        foreach (ParameterPlace p in PlacesOf(network))
            text.Append(Invariant($"{names?.Of(p.Name) ?? p.Name} {Excerpt.Shape(p.Shape)} {p.Offset} {Excerpt.Shape(p.Strides)}\n"));
        return Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Half of the SHA-256, in hexadecimal digits.</summary>
    public static string Hash(byte[] bytes)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(bytes).Take(16).Select(static b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>The parameter of each tensor of a file, by the names that the spec states.</summary>
    /// <exception cref="WeightsException">Names, shapes or dtypes do not agree.</exception>
    /// <param name="hasSpec">The network is a spec in YAML, which can be told other names.</param>
    public static Dictionary<TensorEntry, ParameterPlace> Match(Network network, IReadOnlyList<TensorEntry> tensors, string file, bool hasSpec = true)
    {
        WeightsOption option = network.Weights!;
        return ParameterMatch.Match(tensors, PlacesOf(network), file, option.TensorNames,
            names => $"{(hasSpec ? "in the spec," : "rename the tensors, or write the network in a YAML file and there")} write {option.Written(names)}");
    }

    /// <summary>The parameter buffer that a file's tensors fill.</summary>
    /// <exception cref="WeightsException">Names, shapes or dtypes do not agree, or a value does not fit the storage.</exception>
    public static float[] Values(Network network, Storage storage, IReadOnlyList<TensorEntry> tensors, byte[] data, string file, bool hasSpec = true)
    {
        float[] values = new float[network.ParameterCount];
        foreach (KeyValuePair<TensorEntry, ParameterPlace> match in Match(network, tensors, file, hasSpec))
        {
            TensorEntry tensor = match.Key;
            int size = Dtype.SizeOf(tensor.Dtype)!.Value, count = (int)((tensor.End - tensor.Begin) / size);
            float[] elements = new float[count];
            ElementDecoder.Decode(tensor.Dtype, data, (int)tensor.Begin, elements, count);
            if (storage != Storage.Float32)
                CheckHalves(elements, storage, tensor, file);
            var walk = new StridedWalk(match.Value);
            foreach (float value in elements)
                values[walk.Next()] = value;
        }

        return values;
    }

    /// <summary>All values of a file, tensor after tensor.</summary>
    public static float[] Presented(SafetensorsFile file)
    {
        int[] counts = [.. file.Tensors.Select(static t => (int)((t.End - t.Begin) / Dtype.SizeOf(t.Dtype)!.Value))];
        float[] values = new float[counts.Sum()];
        int at = 0;
        foreach ((TensorEntry tensor, int count) in file.Tensors.Zip(counts, static (t, c) => (t, c)))
        {
            float[] elements = new float[count];
            ElementDecoder.Decode(tensor.Dtype, file.Data, (int)tensor.Begin, elements, count);
            elements.CopyTo(values, at);
            at += count;
        }

        return values;
    }

    /// <summary>A parameter buffer as a resource holds it: little-endian, nothing between.</summary>
    public static byte[] Bytes(float[] values, Storage storage)
    {
        if (storage == Storage.Float32)
        {
            byte[] bytes = new byte[4 * values.Length];
            if (BitConverter.IsLittleEndian)
            {
                System.Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
                return bytes;
            }

            for (int i = 0; i < values.Length; i++)
            {
                uint bits = FloatBits.Of(values[i]);
                for (int k = 0; k < 4; k++)
                    bytes[(4 * i) + k] = (byte)(bits >> (8 * k));
            }

            return bytes;
        }

        byte[] halves = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            ushort half = Half(values[i], storage);
            halves[2 * i] = (byte)half;
            halves[(2 * i) + 1] = (byte)(half >> 8);
        }

        return halves;
    }

    public static ushort Half(float value, Storage storage) => storage == Storage.Float16 ? FloatBits.ToFloat16(value) : FloatBits.ToBFloat16(value);

    private static void CheckHalves(float[] elements, Storage storage, TensorEntry tensor, string file)
    {
        (float beyond, string largest, string remedy) = storage == Storage.Float16 ? (65520f, "65504", "bfloat16 or float32") : (3.3961775e38f, "3.39e38", "float32");
        foreach (float value in elements)
        {
            // Written so that a NaN is beyond it too.
            if (!(Math.Abs(value) < beyond))
                throw new WeightsException(Invariant($"{file}: tensor {Excerpt.Quote(tensor.Name)} holds {value}, but a {storage.ToString().ToLowerInvariant()} goes up to {largest}; write storage: {remedy}."));
        }
    }
}
