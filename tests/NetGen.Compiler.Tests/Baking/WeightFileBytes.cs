using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Weights;

namespace NetGen.Compiler.Tests.Baking;

/// <summary>Safetensors files of a network's parameters, written by the format's description.</summary>
internal static class WeightFileBytes
{
    /// <summary>A file whose tensors stand in the order of their names, with values from a seed.</summary>
    /// <param name="dtypeOf">Each tensor's dtype.</param>
    public static byte[] Of(Network network, Func<string, string> dtypeOf, int seed = 1)
    {
        var random = new Random(seed);
        // Roots are taken of variances.
        static bool IsPositive(string name) => name.EndsWith("running_var", StringComparison.Ordinal) || name.EndsWith(".variance", StringComparison.Ordinal);
        return Of(network, dtypeOf, name => (float)((random.NextDouble() - (IsPositive(name) ? -0.5 : 0.5)) * 0.5));
    }

    /// <param name="next">The next value of a tensor.</param>
    public static byte[] Of(Network network, Func<string, string> dtypeOf, Func<string, float> next)
    {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        var data = new MemoryStream();
        foreach (ParameterPlace place in BakedLayout.PlacesOf(network).OrderBy(static p => p.Name, StringComparer.Ordinal))
        {
            long begin = data.Length;
            string dtype = dtypeOf(place.Name);
            int count = place.Shape.Aggregate(1, static (a, b) => a * b);
            for (int i = 0; i < count; i++)
                data.Write(Encode(dtype, next(place.Name)));
            header.Append($",\"{place.Name}\":{{\"dtype\":\"{dtype}\",\"shape\":[{string.Join(",", place.Shape)}],\"data_offsets\":[{begin},{data.Length}]}}");
        }

        byte[] json = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        return [.. BitConverter.GetBytes((long)json.Length), .. json, .. data.ToArray()];
    }

    public static SafetensorsFile Read(byte[] bytes) => SafetensorsFile.Read(new MemoryStream(bytes), "net.safetensors");

    /// <summary>A file as the build step hands it over: its data for the source, or resources.</summary>
    /// <param name="contents">The resources' bytes, by name.</param>
    public static Handover HandOver(byte[] bytes, Network network, bool asResource, bool isPresented, Dictionary<string, byte[]> contents)
    {
        SafetensorsFile file = Read(bytes);
        string hash = BakedLayout.Hash(bytes);
        if (!asResource)
            return new Handover("/app/net.safetensors", hash, null, null, file.Tensors, file.Data, []);
        var storage = network.Weights!.Storage;
        string layout = isPresented ? Handover.Presented : BakedLayout.IdOf(network, storage), name = $"{hash}.{layout}";
        contents[name] = isPresented
            ? BakedLayout.Bytes(BakedLayout.Presented(file), Compiler.Ir.Storage.Float32)
            : BakedLayout.Bytes(BakedLayout.Values(network, storage, file.Tensors, file.Data, "net.safetensors"), storage);
        return new Handover("/app/net.safetensors", hash, null, null, file.Tensors, null, [new WeightResource(name, layout)]);
    }

    private static byte[] Encode(string dtype, float value) => dtype switch
    {
        "F32" => BitConverter.GetBytes(value),
        "F64" => BitConverter.GetBytes((double)value),
        "F16" => BitConverter.GetBytes((Half)value),
        _ => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)),
    };
}
