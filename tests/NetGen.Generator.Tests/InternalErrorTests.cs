using NetGen.Compiler.Emit;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using NetGen.Generator.Output;
using NetGen.Generator.Reading;
using NetGen.Generator.Weights;
using NetGen.Generator.Specs;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What happens where NetGen itself is wrong, for which these tests break what it is never handed broken.</summary>
public sealed class InternalErrorTests
{
    private static readonly ClassDeclaration s_iris = new("App", default, "Iris", default);

    private static readonly SourceLocation s_place = new("Iris.cs", default);

    private static readonly AttributeSpec s_broken = new(null!, default);

    [Fact]
    public void An_exception_in_a_check_is_one_error_that_names_the_network_and_asks_for_a_report()
    {
        var network = new NetworkClass(s_iris, s_place, null, s_broken, null, default, Extent.Network);

        Outcome outcome = Outcome.Of(CheckedClass.Check(network), new SpecCatalog(default, default, new WeightFiles(default, default, null), null));

        Finding finding = Assert.Single(outcome.Findings);
        Assert.Equal("NETGEN099", finding.Rule.Id);
        Assert.Equal(s_place, finding.Location);
        Assert.StartsWith("NetGen failed on the network 'App.Iris' with NullReferenceException: ", finding.Message);
        Assert.EndsWith("; this is a mistake in NetGen, please report it together with the spec", finding.Message);
        Assert.Equal(Extent.Signatures, outcome.Extent);
    }

    [Fact]
    public void An_exception_in_emission_leaves_members_to_bind_to()
    {
        var broken = new NetworkUnit(s_iris, (Compiler.Binding.Network)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(Compiler.Binding.Network)), null, "Iris.g.cs");

        GeneratedFile file = GeneratedFile.Emit(broken, null, Target.Net10);

        Assert.NotNull(file.Failure);
        Assert.Contains("partial class Iris", file.Source);
    }

    [Fact]
    public void An_exceptions_message_takes_one_line()
    {
        Assert.Equal("InvalidOperationException: one two", InternalErrors.Describe(new System.InvalidOperationException("one\r\ntwo")));
    }
}
