using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NetGen.Models.Tests.Onnx.Export;

/// <summary>A model in ONNX Runtime.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxSession(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(model, options);
    }

    public IReadOnlyList<string> InputNames => _session.InputNames;

    public IReadOnlyList<string> OutputNames => _session.OutputNames;

    /// <summary>Sizes of an input; -1 for the batch.</summary>
    public int[] SizesOf(string input) => _session.InputMetadata[input].Dimensions;

    /// <summary>What it gives for some samples, for each output: its sizes and its numbers.</summary>
    public (int[] Sizes, float[] Values)[] Run(float[][] inputs, int samples)
    {
        NamedOnnxValue[] named = [.. InputNames.Select((name, k) => NamedOnnxValue.CreateFromTensor(
            name, new DenseTensor<float>(inputs[k], [samples, .. SizesOf(name)[1..]])))];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run(named);
        return [.. OutputNames.Select(name => results.First(r => r.Name == name).AsTensor<float>()).Select(t => (t.Dimensions.ToArray(), t.ToArray()))];
    }

    public void Dispose() => _session.Dispose();
}
