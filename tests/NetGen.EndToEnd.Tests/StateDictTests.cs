using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Training;
using Xunit;

namespace NetGen.EndToEnd.Tests;

/// <summary>State_dicts that PyTorch saved, in networks whose layers are called as the modules.</summary>
public sealed class StateDictTests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "goldens");

    /// <summary>Of convolutions, norms and the rest.</summary>
    [Fact]
    public void A_saved_state_dict_gives_the_models_outputs() => AssertGivesTheModelsOutputs(new StateDict(), "state_dict");

    /// <summary>Of an embedding, an LSTM, a GRU, and an RNN.</summary>
    [Fact]
    public void A_saved_state_dict_of_recurrent_layers_gives_the_models_outputs() =>
        AssertGivesTheModelsOutputs(new RecurrentStateDict(), "recurrent_state_dict");

    /// <summary>What is saved and loaded again is the same, statistics included.</summary>
    [Fact]
    public void Weights_that_are_saved_come_back() => AssertComesBack(new StateDict(), new StateDict(seed: 99), "state_dict");

    [Fact]
    public void Weights_of_recurrent_layers_that_are_saved_come_back() =>
        AssertComesBack(new RecurrentStateDict(), new RecurrentStateDict(seed: 99), "recurrent_state_dict");

    private static void AssertGivesTheModelsOutputs<TNetwork>(TNetwork net, string name) where TNetwork : class, INetwork<TNetwork>
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, name + ".json")));
        float[] inputs = Floats("inputs"), expected = Floats("outputs");
        net.LoadWeights(Path.Combine(s_folder, name + ".safetensors"));

        float[] outputs = new float[expected.Length];
        TNetwork.Forward(net.Parameters, inputs, outputs, new float[TNetwork.ScratchSize]);

        float largest = expected.Max(Math.Abs);
        for (int k = 0; k < expected.Length; k++)
            Assert.Equal(expected[k], outputs[k], 1e-5f * largest);

        float[] Floats(string key) => [.. golden.RootElement.GetProperty(key).EnumerateArray().Select(static e => e.GetSingle())];
    }

    private static void AssertComesBack<TNetwork>(TNetwork net, TNetwork again, string name) where TNetwork : class, INetwork<TNetwork>
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        try
        {
            net.LoadWeights(Path.Combine(s_folder, name + ".safetensors"));
            net.SaveWeights(file);
            again.LoadWeights(file);
            Assert.Equal(net.Parameters.ToArray(), again.Parameters.ToArray());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
