using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Targets;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What is found out of a project's references and language.</summary>
public sealed class TargetTests
{
    private static Target Read(TestProject project) =>
        // A compilation without code has no language version of its own.
        TargetReader.Read(project.WithSource("Empty.cs", "").Compile(), default);

    [Fact]
    public void The_running_framework_has_everything()
    {
        Assert.Equal(Target.Net10, Read(new TestProject()));
    }

    [Fact]
    public void The_training_library_is_seen_where_the_language_can_implement_its_interfaces()
    {
        Assert.True(Read(new TestProject { HasTraining = true }).HasTraining);
        Assert.True(Read(new TestProject { HasTraining = true, Language = LanguageVersion.CSharp11 }).HasTraining);
        Assert.False(Read(new TestProject { HasTraining = true, Language = LanguageVersion.CSharp10 }).HasTraining);
    }

    [Fact]
    public void Nothing_is_there_without_references()
    {
        Target target = Read(new TestProject { Framework = [], Language = LanguageVersion.CSharp8 });

        Assert.Equal(new Target(800, false, false, false, false, false) { IsSmall = true }, target);
    }

    [Fact]
    public void Net_standard_2_0_has_spans_where_a_package_brings_them()
    {
        TestProject project = new() { Language = LanguageVersion.CSharp7_3 };

        Assert.Equal(Target.Portable, Read(project with { Framework = [.. TargetReferences.Of(Target.Portable)] }));
        Assert.Equal(Target.Arrays, Read(project with { Framework = [.. TargetReferences.Of(Target.Arrays)] }));
    }

    [Fact]
    public void So_has_net_framework() => Assert.Equal(Target.Portable, Read(new() { Language = LanguageVersion.CSharp7_3, Framework = TargetReferences.NetFramework }));

    /// <summary>The package brings vectors along. .NET Standard 2.1 has them itself, and spans, but nothing that reads the one from the other.</summary>
    [Fact]
    public void Portable_vectors_need_more_than_spans()
    {
        Target spans = Target.Portable with { HasPortableVectors = false };

        Assert.Equal(spans, Read(new() { Language = LanguageVersion.CSharp7_3, Framework = [.. TargetReferences.Of(spans)] }));
        Assert.False(Read(new() { Language = LanguageVersion.CSharp9, Framework = [.. TargetReferences.Of(Target.Unity)] }).HasPortableVectors);
    }

    [Fact]
    public async Task They_serve_a_new_framework_whose_language_is_too_old_for_better()
    {
        TestProject project = new() { Language = LanguageVersion.CSharp10 };
        Target target = Read(project);
        Assert.True(target is { HasVectors: true, UsesVectors: false, UsesPortableVectors: true });
        Assert.False(Read(project with { Language = LanguageVersion.CSharp11 }).HasPortableVectors);

        GeneratorRun run = await Expect.Success(Labelled with { Language = LanguageVersion.CSharp10 });

        Assert.Contains("using Floats = global::System.Numerics.Vector<float>;", Assert.Single(run.Files).Value + run.Shared);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp5, "C# 7.3, and the project has 5;")]
    [InlineData(LanguageVersion.CSharp7_2, "C# 7.3, and the project has 7.2;")]
    [InlineData(LanguageVersion.CSharp7_3, null)]
    [InlineData(LanguageVersion.Preview, null)]
    public void A_language_is_old_before_7_3(LanguageVersion language, string? lacking)
    {
        string? found = TargetRules.Lacking(Read(new TestProject { Language = language }));

        if (lacking is null)
            Assert.Null(found);
        else
            Assert.StartsWith(lacking, found);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp14)]
    public async Task A_framework_without_spans_gets_arrays(LanguageVersion language)
    {
        TestProject project = Labelled with { Language = language, Framework = [.. TargetReferences.Of(Target.Arrays)] };

        string source = Assert.Single((await Expect.Success(project)).Files).Value;

        Assert.Contains("public static void Forward(float[] parameters, float[] inputs, float[] outputs, float[] scratch = null)", source);
    }

    [Theory]
    [InlineData("net10.0", "MultiplyAddEstimate", "Fma.MultiplyAdd(")]
    [InlineData("netstandard2.0", "global::System.Span<float> outputs", "MathF")]
    [InlineData("unity", "global::System.Span<float> outputs", "AggressiveOptimization")]
    [InlineData("minimal", "float[] outputs", "Span")]
    public async Task A_project_that_has_all_compiles_every_target_that_it_names(string name, string has, string hasNot)
    {
        GeneratorRun run = await Expect.Success(Labelled with { NetGenTarget = name, HasTraining = true });
        string source = Assert.Single(run.Files).Value + run.Shared;

        Assert.Contains(has, source);
        Assert.DoesNotContain(hasNot, source);
    }

    [Theory]
    [InlineData(true, LanguageVersion.CSharp14, "netstandard2.0", false)]
    [InlineData(true, LanguageVersion.CSharp14, "minimal", false)]
    [InlineData(true, LanguageVersion.CSharp14, "net8.0", true)]
    [InlineData(true, LanguageVersion.CSharp10, "netstandard2.0", false)]
    [InlineData(false, LanguageVersion.CSharp14, "net10.0", false)]
    public void The_training_librarys_interfaces_are_implemented_where_the_named_target_can(bool isThere, LanguageVersion language, string name, bool expected)
    {
        TargetChoice choice = TargetChoice.Of(Read(new TestProject { HasTraining = isThere, Language = language }), name);

        Assert.Null(choice.Rule);
        Assert.Equal(expected, choice.Target.HasTraining);
    }

    [Fact]
    public void A_named_target_uses_no_more_than_the_project_has()
    {
        Target portable = Target.Portable with { LanguageVersion = 800 };

        Assert.Equal(Target.Portable, TargetChoice.Of(portable, "netstandard2.0").Target);
        Assert.Equal(portable with { HasPortableVectors = false }, TargetChoice.Of(portable, "unity").Target);
        Assert.False(TargetChoice.Of(portable with { HasPortableVectors = false }, "netstandard2.0").Target.HasPortableVectors);
        Assert.True(TargetChoice.Of(Target.Net10, "netstandard2.0").Target.HasPortableVectors);
        Assert.Equal(Target.Minimal, TargetChoice.Of(portable, "minimal").Target);
    }

    [Theory]
    [InlineData("net9.0", "'net8.0'")]
    [InlineData("Unity", "'unity'")]
    [InlineData("netstandard2.1", "'netstandard2.0'")]
    public async Task An_unknown_target_is_one_error_with_the_nearest_name(string name, string nearest)
    {
        string message = await Expect.Message(Marked("NETGEN015") with { NetGenTarget = name });

        Assert.Equal($"the network 'Net' has the target '{name}', but NetGenTarget is net10.0 or net8.0 or netstandard2.0 or unity or minimal; did you mean {nearest}?", message);
    }

    [Theory]
    [InlineData("net10.0", "the vectors of .NET 9")]
    [InlineData("net8.0", "the vectors of .NET 8")]
    public async Task A_named_target_that_needs_more_than_the_framework_has_is_an_error(string name, string missing)
    {
        string message = await Expect.Message(Marked("NETGEN059") with { NetGenTarget = name, Language = LanguageVersion.CSharp9, Framework = [.. TargetReferences.Of(Target.Portable)] });

        Assert.Equal($"the network 'Net' has the target '{name}', which needs {missing}, and the project's framework has none; name the target 'netstandard2.0', or leave NetGenTarget to the build", message);
    }

    [Fact]
    public async Task So_is_one_that_needs_spans_or_a_newer_language()
    {
        Assert.Contains("which needs System.Span<T>", await Expect.Message(
            Marked("NETGEN059") with { NetGenTarget = "unity", Language = LanguageVersion.CSharp9, Framework = [.. TargetReferences.Of(Target.Arrays)] }));
        Assert.Contains("which needs C# 11, and the project has 8.0", await Expect.Message(Marked("NETGEN059") with { NetGenTarget = "net10.0", Language = LanguageVersion.CSharp8 }));
    }

    private const string Spec = "input: 4\nlayers: [dense: { units: 3, activation: tanh }, softmax]\nloss: cross_entropy\noptimizer: sgd\n";

    private static TestProject Labelled => TestProject.Of("""[Network("net.yaml")] public partial class Net { }""").WithSpec("net.yaml", Spec);

    private static TestProject Marked(string rule) =>
        TestProject.Of($$"""[Network({|{{rule}}:"net.yaml"|})] public partial class Net { }""").WithSpec("net.yaml", Spec);
}
