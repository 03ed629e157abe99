using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Import;
using NetGen.Models.TFLite;
using Xunit;

namespace NetGen.Models.Tests.TFLite;

public class TFLiteModelTests
{
    private static readonly string s_folder = Environment.GetEnvironmentVariable("NETGEN_SCRATCH_MODELS") ?? "";

    [Theory]
    [InlineData("hand-gesture/keypoint_classifier.tflite", "hand-gesture/keypoint_classifier_io.safetensors")]
    [InlineData("mlperf-tiny/ad01_fp32.tflite", "mlperf-tiny/ad01_fp32_io.safetensors")]
    [InlineData("mlperf-tiny/kws_float32.tflite", "mlperf-tiny/kws_float32_io.safetensors")]
    [InlineData("mlperf-tiny/resnet8_float32.tflite", "mlperf-tiny/resnet8_float32_io.safetensors")]
    [InlineData("mlperf-tiny/vww96_float32.tflite", "mlperf-tiny/vww96_float32_io.safetensors")]
    public void A_model_gives_its_recorded_outputs(string file, string recorded)
    {
        ImportedModel imported = ModelImporter.Import(TFLiteReader.Read(File.ReadAllBytes(Path.Combine(s_folder, file))), new ImportOptions());
        var network = new ImportedNetwork(imported);
        IReadOnlyDictionary<string, NamedTensor> io = RecordedTensors.Read(Path.Combine(s_folder, recorded));
        (_, int[] shape, float[] inputs) = io["inputs"];
        float[] outputs = io["outputs"].Values;
        int samples = Math.Min(shape[0], 2), size = inputs.Length / shape[0], width = outputs.Length / shape[0];
        for (int n = 0; n < samples; n++)
        {
            IReadOnlyDictionary<string, double[]> y = network.Run(new Dictionary<string, float[]> { [imported.Inputs.Single().Name] = inputs[(n * size)..((n + 1) * size)] });
            double[] actual = y.Values.Single();
            float[] expected = outputs[(n * width)..((n + 1) * width)];
            double largest = expected.Max(Math.Abs), error = actual.Zip(expected, static (a, b) => Math.Abs(a - b)).Max();
            Assert.True(error <= 1e-5 * largest, $"{error:e2} of {largest:g3}");
        }
    }
}
