using NetGen.Compiler.Ir;
using Xunit;

namespace NetGen.Compiler.Tests.Ir;

/// <summary>Names that code gives, and those that it makes of a layer's.</summary>
public sealed class NameScopeTests
{
    [Theory]
    [InlineData("hidden_layer_2", "HiddenLayer2", "hiddenLayer2")]
    [InlineData("a", "A", "a")]
    [InlineData("ABC", "ABC", "aBC")]
    [InlineData("_x__y_", "XY", "xY")]
    [InlineData("größe", "Größe", "größe")]
    [InlineData("___", "Layer", "layer")]
    [InlineData("_1", "Layer1", "layer1")]
    [InlineData("conv\uE000gradient", "ConvGradient", "convGradient")]
    public void Words_become_one(string name, string pascal, string camel)
    {
        Assert.Equal(pascal, NameScope.Pascal(name));
        Assert.Equal(camel, NameScope.Camel(name));
    }

    [Fact]
    public void A_name_is_given_once()
    {
        var scope = new NameScope();

        Assert.Equal(["x", "xValues", "xValues2", "X"], [scope.Unique("x"), scope.Unique("x"), scope.Unique("x"), scope.Unique("X")]);
    }
}
