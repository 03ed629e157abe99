using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NetGen.Models.Import;
using NetGen.Models.TFLite;
using Xunit;

namespace NetGen.Models.Tests.TFLite;

/// <summary>Models of TensorFlow Lite that are deployed give what is right for them; the larger ones are examples.</summary>
public sealed class TFLiteModelTests
{
    private static readonly string s_folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../models/tflite");

    [Theory]
    [InlineData("keypoint_classifier")]
    [InlineData("kws_float32")]
    public void A_model_gives_its_recorded_outputs(string name)
    {
        ImportedModel imported = Import(name);
        IReadOnlyDictionary<string, NamedTensor> io = RecordedTensors.Read(Path.Combine(s_folder, name + "_io.safetensors"));
        float[] expected = io["outputs"].Values;
        double[] actual = new ImportedNetwork(imported).Run(new Dictionary<string, float[]> { [imported.Inputs.Single().Name] = io["inputs"].Values }).Values.Single();
        Assert.Equal(expected.Length, actual.Length);
        double error = actual.Zip(expected, static (a, b) => Math.Abs(a - b)).Max();
        Assert.True(error <= 1e-5 * expected.Max(), $"{error:e2}");
    }

    [Fact]
    public void Weights_in_8_bits_become_the_floats_that_they_stand_for()
    {
        ImportedModel imported = Import("kws_float32");
        const double Scale = 0.0020227544009685516;
        float[] weight = imported.Weights.Single(static w => w.Name == "conv2d.weight").Values;
        Assert.All(weight, w => Assert.Equal(Math.Round(w / Scale), w / Scale, 1e-4));
        Assert.Equal(127, weight.Max(static w => Math.Abs(w)) / Scale, 1e-4);
        Assert.Contains(imported.Notes, static n => n.Contains("8 or 16 bits", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_cut_off_or_changed_is_refused_or_imported()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(s_folder, "keypoint_classifier.tflite"));
        var random = new Random(5);
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = i % 2 == 0 ? file[..random.Next(8, file.Length)] : [.. file];
            if (i % 2 != 0)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                ModelImporter.Import(TFLiteReader.Read(damaged), new ImportOptions());
            }
            catch (ImportException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    private static ImportedModel Import(string name) => ModelImporter.Import(TFLiteReader.Read(File.ReadAllBytes(Path.Combine(s_folder, name + ".tflite"))), new ImportOptions());

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
