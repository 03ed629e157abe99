using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Cli.Runs;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;
using NetGen.Training;

namespace NetGen.Cli.Verify;

/// <summary>Samples of a file: rows as <c>netgen predict</c> reads them, or arrays [n, …] of a .npz or safetensors file, one for each input.</summary>
internal static class SampleFile
{
    private static readonly string[] s_usualNames = ["input", "inputs", "x"];

    /// <summary>The first samples, back to back, standardized where the weights say so.</summary>
    /// <param name="most">So many at most.</param>
    public static float[] Read(DataRequest request, LoadedSpec spec, WeightsInfo info, int most)
    {
        NetworkTask task = NetworkTask.Of(spec.Network);
        int size = spec.Network.Input.Size;
        DataKind kind = DataKinds.Of(request.Data);
        if (kind == DataKind.Images)
            throw new RunException($"{request.Data}: it is a folder; samples are read from a CSV, .npy, .npz, IDX or safetensors file");
        if (kind == DataKind.Npz || IsSafetensors(request.Data))
            return Standardized(new FeatureDataset(Arrays(request.Data, kind, spec, most), size), info);

        var samples = new List<float>();
        foreach (FeatureDataset chunk in new DataReader(request, task).ReadFeatures(info, []))
        {
            PreparedData.Check(chunk, request.Data, spec.Path, task);
            samples.AddRange(Standardized(chunk, info).AsSpan(0, Math.Min(chunk.Count * size, (most * size) - samples.Count)));
            if (samples.Count == most * size)
                break;
        }

        return [.. samples];
    }

    private static float[] Standardized(FeatureDataset data, WeightsInfo info) => PreparedData.Standardized(data, info.Features, null).Features.ToArray();

    private static bool IsSafetensors(string path)
    {
        Span<byte> head = stackalloc byte[9];
        using FileStream stream = File.OpenRead(path);
        return stream.ReadAtLeast(head, 9, throwOnEndOfStream: false) == 9 && head is [_, _, _, _, _, 0, 0, 0, (byte)'{'];
    }

    private static float[] Arrays(string path, DataKind kind, LoadedSpec spec, int most)
    {
        IReadOnlyDictionary<string, Func<(float[] Values, IReadOnlyList<int> Shape)>> arrays = kind == DataKind.Npz
            ? Npz.Names(path).Distinct().ToDictionary(static name => name, name => (Func<(float[], IReadOnlyList<int>)>)(() => Npz.Read(path, name)))
            : Tensors(path);
        Network network = spec.Network;
        if (network.Inputs.Count == 1)
        {
            string name = network.NamesInputs && arrays.ContainsKey(network.Inputs[0].Name) ? network.Inputs[0].Name
                : s_usualNames.FirstOrDefault(arrays.ContainsKey)
                ?? (arrays.Count == 1 ? arrays.Keys.Single() : throw Missing(path, arrays.Keys, $"which of them the input is; call it {s_usualNames[0]}"));
            (float[] values, int count) = Rows(path, name, arrays[name](), network.Inputs[0].Shape);
            return values[..(Math.Min(count, most) * network.Input.Size)];
        }

        (float[] Values, int Count)[] parts =
        [
            .. network.Inputs.Select(input => arrays.TryGetValue(input.Name, out var array)
                ? Rows(path, input.Name, array(), input.Shape)
                : throw Missing(path, arrays.Keys, $"the input '{input.Name}'; write an array of that name")),
        ];
        if (parts.Any(p => p.Count != parts[0].Count))
            throw new RunException($"{path}: the arrays have {string.Join(", ", network.Inputs.Zip(parts).Select(static p => $"{p.Second.Count} samples of '{p.First.Name}'"))}; write as many of each");
        return
        [
            .. Enumerable.Range(0, Math.Min(parts[0].Count, most)).SelectMany(n => network.Inputs.Zip(parts)
                .SelectMany(p => p.Second.Values.AsSpan(n * p.First.Shape.Size, p.First.Shape.Size).ToArray())),
        ];
    }

    /// <summary>How many samples an array has: its first axis, unless it is one sample alone.</summary>
    private static (float[] Values, int Count) Rows(string path, string name, (float[] Values, IReadOnlyList<int> Shape) array, Compiler.Shapes.Shape input)
    {
        int count = array.Shape.SequenceEqual(input.Dimensions) ? 1 : array.Shape.Count > 0 ? array.Shape[0] : 0;
        return count > 0 && array.Values.Length == (long)count * input.Size
            ? (array.Values, count)
            : throw new RunException($"{path}: the array '{name}' is {Excerpt.Shape([.. array.Shape])}, but the network takes samples of {input}; write [n, {string.Join(", ", input.Dimensions)}]");
    }

    private static RunException Missing(string path, IEnumerable<string> names, string what) =>
        new($"{path}: the arrays {Excerpt.Names([.. names])} do not say {what}".Replace("do not say the input", "lack the input", StringComparison.Ordinal));

    private static Dictionary<string, Func<(float[] Values, IReadOnlyList<int> Shape)>> Tensors(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            SafetensorsFile file = SafetensorsFile.Read(stream, path);
            return file.Tensors.ToDictionary(static t => t.Name, t => (Func<(float[], IReadOnlyList<int>)>)(() =>
            {
                if (!Dtype.IsReadable(t.Dtype))
                    throw new RunException($"{path}: the tensor '{t.Name}' is {t.Dtype}, which is not read as samples; save it as F32");
                float[] values = new float[(t.End - t.Begin) / Dtype.SizeOf(t.Dtype)!.Value];
                ElementDecoder.Decode(t.Dtype, file.Data, (int)t.Begin, values, values.Length);
                return (values, [.. t.Shape.Select(static size => (int)size)]);
            }));
        }
        catch (Compiler.Weights.WeightsException e)
        {
            throw new RunException(e.Message.TrimEnd('.'), e);
        }
    }
}
