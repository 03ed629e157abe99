using NetGen.Compiler.Emit;
using Xunit;

namespace NetGen.Compiler.Tests.Emit;

public sealed class SharedHelpersTests
{
    [Theory]
    [InlineData("My.App", "global::NetGen.Generated.My.App.NetGenHelpers")]
    [InlineData("my-app.2", "global::NetGen.Generated.my_2dapp._2.NetGenHelpers")]
    [InlineData("class.Größe", "global::NetGen.Generated._class.Größe.NetGenHelpers")]
    [InlineData("a..b", "global::NetGen.Generated.a._.b.NetGenHelpers")]
    [InlineData("", "global::NetGen.Generated.Assembly.NetGenHelpers")]
    [InlineData(null, "global::NetGen.Generated.Assembly.NetGenHelpers")]
    public void The_class_stands_in_a_namespace_of_the_assemblys_name(string? assembly, string name) => Assert.Equal(name, SharedHelpers.GlobalName(assembly));
}
