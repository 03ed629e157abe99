using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The list of generated names, against what is generated.</summary>
public sealed class GeneratedMemberTests
{
    [Fact]
    public async Task Every_public_member_that_is_generated_is_on_the_list()
    {
        GeneratorRun run = await Expect.Success(TestProject.Of("""
            [Network, Input(4), Dense(3), Softmax, CrossEntropy, Sgd(Momentum = 0.5f)] public partial class Net { }
            """));

        IEnumerable<ISymbol> members = run.Output.GetTypeByMetadataName("Net")!.GetMembers()
            .Where(static m => m.DeclaredAccessibility == Accessibility.Public && m is not IMethodSymbol { AssociatedSymbol: not null });

        Assert.True(members.Count() > 20);
        Assert.All(members, m => Assert.True(GeneratedMembers.Clash(m), m.ToDisplayString()));
        Assert.All(members, static m => Assert.True(m is IMethodSymbol { MethodKind: MethodKind.Constructor } || GeneratedMembers.HasName(m.Name), m.Name));
    }
}
