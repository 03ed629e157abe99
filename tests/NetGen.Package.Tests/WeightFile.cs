using System;
using System.IO;
using System.Linq;
using System.Text;

namespace NetGen.Package.Tests;

/// <summary>A safetensors file of float32 tensors, by the format's description.</summary>
internal static class WeightFile
{
    public static byte[] Of(params (string Name, int[] Shape, Func<int, float> Element)[] tensors)
    {
        var data = new MemoryStream();
        var entries = tensors.Select(t =>
        {
            long begin = data.Length;
            for (int k = 0; k < t.Shape.Aggregate(static (a, b) => a * b); k++)
                data.Write(BitConverter.GetBytes(t.Element(k)));
            return $"\"{t.Name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(",", t.Shape)}],\"data_offsets\":[{begin},{data.Length}]}}";
        }).ToArray();
        byte[] header = Encoding.UTF8.GetBytes($"{{{string.Join(",", entries)}}}");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. data.ToArray()];
    }
}
