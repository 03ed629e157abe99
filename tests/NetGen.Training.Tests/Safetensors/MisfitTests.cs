using System;
using Xunit;
using static NetGen.Training.Tests.Safetensors.WeightFile;

namespace NetGen.Training.Tests.Safetensors;

/// <summary>Whole files that do not fit the network.</summary>
public sealed class MisfitTests
{
    [Fact]
    public void A_missing_tensor_is_named() => Assert.Contains(
        "tensor 'hidden.bias', which the network has, is missing in the file",
        Refused("""{"hidden.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}""", Floats(1, 2, 3, 4, 5, 6)));

    [Fact]
    public void A_file_without_tensors_misses_them_all() => Assert.Contains(
        "tensors 'hidden.weight', 'hidden.bias', which the network has, are missing in the file", Refused("{}"));

    [Fact]
    public void An_unexpected_tensor_is_named_with_the_nearest_name() => Assert.Contains(
        "the network has no parameter for tensor 'hiden.bias' (the nearest name, 'hidden.bias', is in the file too); leave it out of the file",
        Refused(TinyHeader[..^1] + ""","hiden.bias":{"dtype":"F32","shape":[],"data_offsets":[32,36]}}""", Floats(1, 2, 3, 4, 5, 6, 7, 8, 9)));

    [Fact]
    public void An_unexpected_tensor_far_from_any_name_has_no_suggestion() => Assert.Contains(
        "the network has no parameter for tensor 'extra'; leave it out of the file",
        Refused(TinyHeader[..^1] + ""","extra":{"dtype":"F32","shape":[],"data_offsets":[32,36]}}""", Floats(1, 2, 3, 4, 5, 6, 7, 8, 9)));

    [Fact]
    public void A_misspelled_tensor_is_matched_with_the_missing_one() => Assert.EndsWith(
        "no parameter for tensor 'hiden.bias', and tensor 'hidden.bias', which it has, is missing in the file; did you mean to rename 'hiden.bias' to 'hidden.bias'?",
        Refused(TinyHeader.Replace("hidden.bias", "hiden.bias"), Floats(1, 2, 3, 4, 5, 6, 7, 8)));

    [Fact]
    public void Names_of_another_model_are_all_told() => Assert.Contains(
        "no parameter for tensors 'fc1.w', 'fc1.b', and tensors 'hidden.weight', 'hidden.bias', which it has, are missing in the file; rename them",
        Refused(TinyHeader.Replace("hidden.bias", "fc1.b").Replace("hidden.weight", "fc1.w"), Floats(1, 2, 3, 4, 5, 6, 7, 8)));

    [Theory]
    [InlineData("module.hidden", "load it by these names: LoadWeights(path, new WeightNames { Prefix = \"module.\" })")]
    [InlineData("net.0", "load it by these names: LoadWeights(path, new WeightNames { Prefix = \"net.\", Names = { [\"hidden\"] = \"0\" } })")]
    public void Names_of_another_manner_are_told_as_they_can_be_written(string layer, string advice) => Assert.EndsWith(
        advice, Refused(TinyHeader.Replace("hidden", layer), Floats(1, 2, 3, 4, 5, 6, 7, 8)));

    [Fact]
    public void A_checkpoint_of_PyTorch_is_called_so()
    {
        byte[] file = [.. "PK\u0003\u0004"u8, .. new byte[22], 13, 0, 0, 0, .. "model/data.pkl"u8[..13], .. new byte[200_000]];
        Assert.StartsWith("weights: it is a zip archive", Refused(file));
        "model/data.pkl"u8.CopyTo(file.AsSpan(30));
        file[26] = 14;
        Assert.StartsWith("weights: it is a PyTorch checkpoint, not a safetensors file; convert it: netgen weights ", Refused(file));
        Assert.StartsWith("weights: it is text, which begins with 'x,y'", Refused("x,y\n1,2\n3,4\n"u8.ToArray()));
    }

    [Fact]
    public void A_transposed_weight_is_recognized() => Assert.EndsWith(
        "tensor 'hidden.weight' has the shape [3, 2], but the network's parameter has [2, 3]; transpose it before saving.",
        Refused(TinyHeader.Replace("[2,3]", "[3,2]"), Floats(1, 2, 3, 4, 5, 6, 7, 8)));

    [Fact]
    public void A_wrong_shape_is_told_with_both() => Assert.EndsWith(
        "tensor 'hidden.weight' has the shape [6], but the network's parameter has [2, 3]; load weights of the same architecture, or change the spec.",
        Refused(TinyHeader.Replace("[2,3]", "[6]"), Floats(1, 2, 3, 4, 5, 6, 7, 8)));

    [Fact]
    public void A_scalar_is_not_a_vector_of_one() => Assert.Contains(
        "tensor 'hidden.bias' has the shape [], but the network's parameter has [2]",
        Refused(TinyHeader.Replace("[2]", "[]").Replace("[24,32]", "[24,28]"), Floats(1, 2, 3, 4, 5, 6, 7)));

    [Theory]
    [InlineData("I32")]
    [InlineData("U32")]
    public void Weights_of_integers_are_refused_with_the_readable_dtypes(string dtype) => Assert.Contains(
        $"tensor 'hidden.weight' has the dtype {dtype}, but weights are read from F32, F16, BF16 and F64",
        Refused(TinyHeader.Replace("\"F32\",\"shape\":[2,3]", $"\"{dtype}\",\"shape\":[2,3]"), Floats(1, 2, 3, 4, 5, 6, 7, 8)));
}
