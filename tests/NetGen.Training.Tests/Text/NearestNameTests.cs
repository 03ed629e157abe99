using NetGen.Training.Text;
using Xunit;

namespace NetGen.Training.Tests.Text;

public sealed class NearestNameTests
{
    private static readonly string[] names = ["hidden.weight", "hidden.bias", "output.weight", "x"];

    [Theory]
    [InlineData("hiden.weight", "hidden.weight")]
    [InlineData("HIDDEN.BIAS", "hidden.bias")]
    [InlineData("outputs.weights", "output.weight")]
    [InlineData("convolution", null)]
    [InlineData("y", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_found_where_it_is_near(string name, string? expected) => Assert.Equal(expected, NearestName.Find(name, names));

    [Fact]
    public void A_name_as_long_as_a_page_has_no_nearest() => Assert.Null(NearestName.Find(new string('x', 100_000), [new string('x', 100_000)]));
}
