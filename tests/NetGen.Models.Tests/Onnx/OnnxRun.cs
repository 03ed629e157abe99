using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NetGen.Models.Tests.Onnx;

/// <summary>A model carried out by ONNX Runtime, on drawn inputs.</summary>
internal static class OnnxRun
{
    /// <summary>Its inputs, by name, and what it gives for them; what is no float is left out.</summary>
    /// <param name="shapes">Of inputs that the file leaves open.</param>
    public static (Dictionary<string, float[]> Inputs, Dictionary<string, float[]> Outputs) Of(byte[] model, IReadOnlyDictionary<string, int[]> shapes, int seed)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model, options);
        var random = new Random(seed);
        var inputs = new Dictionary<string, float[]>();
        var values = new List<NamedOnnxValue>();
        foreach ((string name, NodeMetadata data) in session.InputMetadata)
        {
            int[] shape = shapes.TryGetValue(name, out int[]? stated) ? stated : [.. data.Dimensions.Select(static d => d < 1 ? 1 : d)];
            int size = shape.Aggregate(1, static (a, b) => a * b);
            bool isIndex = data.ElementType != typeof(float);
            float[] drawn = [.. Enumerable.Range(0, size).Select(_ => isIndex ? random.Next(4) : (float)(random.NextDouble() * 2 - 1))];
            inputs[name] = drawn;
            values.Add(data.ElementType == typeof(long) ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(drawn.Select(static v => (long)v).ToArray(), shape))
                : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(drawn, shape)));
        }

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(values);
        return (inputs, results.Where(static r => r.Value is Tensor<float>).ToDictionary(static r => r.Name, static r => r.AsTensor<float>().ToArray()));
    }
}
