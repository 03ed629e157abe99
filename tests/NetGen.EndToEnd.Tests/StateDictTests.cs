using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Training;
using Xunit;

namespace NetGen.EndToEnd.Tests;

/// <summary>A state_dict that PyTorch saved, of convolutions, norms and the rest, in a network whose layers are called as the modules.</summary>
public sealed class StateDictTests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "goldens");

    [Fact]
    public void A_saved_state_dict_gives_the_models_outputs()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, "state_dict.json")));
        float[] inputs = Floats("inputs"), expected = Floats("outputs");
        var net = new StateDict();
        net.LoadWeights(Path.Combine(s_folder, "state_dict.safetensors"));

        float[] outputs = new float[expected.Length];
        net.Forward(inputs, outputs);

        float largest = expected.Max(Math.Abs);
        for (int k = 0; k < expected.Length; k++)
            Assert.Equal(expected[k], outputs[k], 1e-5f * largest);

        float[] Floats(string name) => [.. golden.RootElement.GetProperty(name).EnumerateArray().Select(static e => e.GetSingle())];
    }

    /// <summary>What is saved and loaded again is the same, statistics included.</summary>
    [Fact]
    public void Weights_that_are_saved_come_back()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        try
        {
            var net = new StateDict();
            net.LoadWeights(Path.Combine(s_folder, "state_dict.safetensors"));
            net.SaveWeights(file);
            var again = new StateDict(seed: 99);
            again.LoadWeights(file);
            Assert.Equal(net.Parameters.ToArray(), again.Parameters.ToArray());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
