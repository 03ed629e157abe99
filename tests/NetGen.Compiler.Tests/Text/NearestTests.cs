using NetGen.Compiler.Text;
using Xunit;

namespace NetGen.Compiler.Tests.Text;

public sealed class NearestTests
{
    private static readonly string[] Names =
        ["learning_rate", "momentum", "nesterov", "clip_norm", "clip_value", "dense", "conv1d", "conv2d", "max_pool2d", "relu", "elu", "gelu", "selu", "gru", "units"];

    [Theory]
    [InlineData("learning-rate", "learning_rate")]
    [InlineData("learningRate", "learning_rate")]
    [InlineData("Learning Rate", "learning_rate")]
    [InlineData("MaxPool2D", "max_pool2d")]
    [InlineData("dnese", "dense")]
    [InlineData("unit", "units")]
    [InlineData("conv2", "conv2d")]
    [InlineData("momentun", "momentum")]
    [InlineData("clipnrm", "clip_norm")]
    [InlineData("ReLU", "relu")]
    public void A_misspelt_name_finds_the_right_one(string written, string expected) =>
        Assert.Equal(expected, Nearest.Find(written, Names));

    [Theory]
    [InlineData("")]
    [InlineData("lr")]
    [InlineData("fc")]
    [InlineData("banana")]
    [InlineData("---")]
    public void A_name_that_is_like_none_finds_none(string written) => Assert.Null(Nearest.Find(written, Names));

    [Fact]
    public void Of_equally_near_names_the_first_in_ordinal_order_is_found_whatever_their_order()
    {
        Assert.Equal("conv1d", Nearest.Find("conv3d", ["conv2d", "conv1d"]));
        Assert.Equal("conv1d", Nearest.Find("conv3d", ["conv1d", "conv2d"]));
    }

    /// <summary>Of weights and of columns, for which the training library asks.</summary>
    [Theory]
    [InlineData("hiden.weight", "hidden.weight")]
    [InlineData("HIDDEN.BIAS", "hidden.bias")]
    [InlineData("outputs.weights", "output.weight")]
    [InlineData("convolution", null)]
    [InlineData("y", null)]
    [InlineData("", null)]
    public void Names_with_dots_are_found_too(string written, string? expected) =>
        Assert.Equal(expected, Nearest.Find(written, ["hidden.weight", "hidden.bias", "output.weight", "x"]));

    [Fact]
    public void A_name_as_long_as_a_page_has_no_nearest() =>
        Assert.Null(Nearest.Find(new string('x', 100_000), [new string('x', 100_000)]));
}
