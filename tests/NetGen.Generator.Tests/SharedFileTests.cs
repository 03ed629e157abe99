using System.IO;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The file that the networks of a project share: its types are internal, and their namespace has the assembly's name.</summary>
public sealed class SharedFileTests
{
    private const string Spec = "input: 8\nlayers: [{ dense: { units: 32, activation: tanh } }, { dense: 3 }, softmax]\nloss: cross_entropy\n";

    [Theory]
    [InlineData("First", "Second")]
    [InlineData("First.Models", "First.Models.Tests")]
    [InlineData("first-models", "first_models")]
    public async Task Assemblies_that_see_each_others_internals_do_not_clash(string first, string second)
    {
        TestProject one = TestProject.Of($$"""
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("{{second}}")]
            namespace Models { [Network("net.yaml")] public partial class One; }
            """).WithSpec("net.yaml", Spec) with { AssemblyName = first };
        GeneratorRun built = await Expect.Success(one);
        using var image = new MemoryStream();
        EmitResult emitted = built.Output.Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));

        TestProject two = TestProject.Of("""
            namespace Models { [Network("net.yaml")] public partial class Two { public static float Both(float[] x, float[] y) { new One().Forward(x, y); new Two().Forward(x, y); return y[0]; } } }
            """).WithSpec("net.yaml", Spec) with { AssemblyName = second, References = [MetadataReference.CreateFromImage(image.ToArray())] };

        GeneratorRun run = await Expect.Success(two);
        Assert.NotNull(run.Shared);
        Assert.NotEqual(built.Shared, run.Shared);
    }
}
