using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Models.Tests;

/// <summary>The tensors of a safetensors file, as floats.</summary>
internal static class RecordedTensors
{
    public static Dictionary<string, (int[] Shape, float[] Values)> Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        long header = BitConverter.ToInt64(bytes);
        using var json = System.Text.Json.JsonDocument.Parse(bytes.AsMemory(8, (int)header));
        var tensors = new Dictionary<string, (int[] Shape, float[] Values)>();
        foreach (System.Text.Json.JsonProperty tensor in json.RootElement.EnumerateObject().Where(static p => p.Name != "__metadata__"))
        {
            int[] shape = [.. tensor.Value.GetProperty("shape").EnumerateArray().Select(static d => d.GetInt32())];
            int[] range = [.. tensor.Value.GetProperty("data_offsets").EnumerateArray().Select(static d => d.GetInt32())];
            float[] values = new float[(range[1] - range[0]) / 4];
            Buffer.BlockCopy(bytes, (int)header + 8 + range[0], values, 0, range[1] - range[0]);
            tensors.Add(tensor.Name, (shape, values));
        }

        return tensors;
    }
}
