using System.IO;
using NetGen.Compiler.Weights;
using NetGen.Training.Safetensors;
using Xunit;
using static NetGen.Training.Tests.Safetensors.WeightFile;

namespace NetGen.Training.Tests.Safetensors;

/// <summary>PyTorch's layers end the names of their parameters in <c>_l0</c>, its cells do not: one is found as the other.</summary>
public sealed class RecurrentNameTests
{
    public static TheoryData<string> Parameters => ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];

    [Theory]
    [MemberData(nameof(Parameters))]
    public void A_tensor_without_l0_is_the_parameter_with_it(string name)
    {
        Assert.Equal([3, 4], Load(parameter: $"lstm.{name}_l0", tensor: $"lstm.{name}"));
        Assert.Equal([3, 4], Load(parameter: $"lstm.{name}_l0_reverse", tensor: $"lstm.{name}_reverse"));
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void A_tensor_with_l0_is_the_parameter_without_it(string name)
    {
        Assert.Equal([3, 4], Load(parameter: $"lstm.{name}", tensor: $"lstm.{name}_l0"));
        Assert.Equal([3, 4], Load(parameter: $"lstm.{name}_reverse", tensor: $"lstm.{name}_l0_reverse"));
    }

    [Theory]
    [InlineData("lstm.weight_ih_l0", "lstm.weight_ih_l1")]
    [InlineData("lstm.weight_ih_l0", "lstm.weight_ih_l0_reverse")]
    [InlineData("lstm.weight_ih_l0", "lstm.weight_ih_reverse")]
    [InlineData("lstm.weight_ih_l0", "lstm.weight_hh")]
    [InlineData("lstm.weight_ih_l0", "other.weight_ih")]
    [InlineData("dense.weight", "dense.weight_l0")]
    [InlineData("dense.weight_l0", "dense.weight")]
    public void Other_names_are_not_taken_for_each_other(string parameter, string tensor)
    {
        var error = Assert.Throws<WeightsException>(() => Load(parameter, tensor));

        Assert.Contains($"the network has no parameter for tensor '{tensor}', and tensor '{parameter}', which it has, is missing in the file", error.Message);
    }

    [Fact]
    public void A_file_with_both_names_is_refused_whichever_the_network_has()
    {
        const string Header =
            """
            {"lstm.bias_ih":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
             "lstm.bias_ih_l0":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}
            """;
        foreach (string parameter in (string[])["lstm.bias_ih", "lstm.bias_ih_l0"])
        {
            var error = Assert.Throws<WeightsException>(() => Load(parameter, Bytes(Header, Floats(1, 2, 3, 4))));

            Assert.Contains($"tensors 'lstm.bias_ih' and 'lstm.bias_ih_l0' are both for the network's parameter '{parameter}'; keep one of them", error.Message);
        }
    }

    private static float[] Load(string parameter, string tensor) => Load(
        parameter, Bytes($$$"""{"{{{tensor}}}":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", Floats(3, 4)));

    private static float[] Load(string parameter, byte[] file)
    {
        float[] values = new float[2];
        WeightFileReader.Read(new MemoryStream(file), "file", [new ParameterPlace(parameter, [2], 0, [1])], values, TensorNames.OfNetwork);
        return values;
    }
}
