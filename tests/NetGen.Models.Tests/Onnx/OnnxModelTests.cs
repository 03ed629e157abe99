using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Import;
using NetGen.Models.Onnx;
using Xunit;

namespace NetGen.Models.Tests.Onnx;

public class OnnxModelTests
{
    private static readonly string s_folder = Environment.GetEnvironmentVariable("NETGEN_SCRATCH_MODELS") ?? "";

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(s_folder, "*.onnx", SearchOption.AllDirectories).Order()];

    [Theory, MemberData(nameof(Files))]
    public void A_model_gives_what_ONNX_Runtime_gives(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        ImportedModel imported = ModelImporter.Import(OnnxReader.Read(bytes, Path.GetDirectoryName(file)), new ImportOptions());
        var network = new ImportedNetwork(imported);
        int compared = 0;
        for (int seed = 0; seed < 2; seed++)
        {
            (Dictionary<string, float[]> inputs, Dictionary<string, float[]> expected) = OnnxRun.Of(bytes, new Dictionary<string, int[]>(), seed);
            IReadOnlyDictionary<string, double[]> outputs = network.Run(inputs);
            foreach (ModelPart part in imported.Outputs.Where(p => p.IsWhole && expected.ContainsKey(p.Name)))
            {
                Assert.Equal(expected[part.Name].Length, outputs[part.Name].Length);
                double largest = expected[part.Name].Max(static v => Math.Abs(v)), error = outputs[part.Name].Zip(expected[part.Name], static (a, b) => Math.Abs(a - b)).Max();
                Assert.True(error <= 1e-5 * Math.Max(largest, 1e-3), $"{part.Name}: {error:e2} of {largest:g3}\n{imported.Spec}");
                compared += outputs[part.Name].Length;
            }
        }

        Assert.True(compared > 0, "no output was compared");
    }
}
