using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Emit;
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

        Assert.Equal(new Target(800, false, false, false, false, false), target);
    }

    [Fact]
    public void Net_standard_2_0_has_spans_where_a_package_brings_them()
    {
        TestProject project = new() { Language = LanguageVersion.CSharp7_3 };

        Assert.Equal(Target.Portable, Read(project with { Framework = [.. TargetReferences.Of(Target.Portable)] }));
        Assert.Equal(Target.Arrays, Read(project with { Framework = [.. TargetReferences.Of(Target.Arrays)] }));
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

    [Fact]
    public void A_framework_without_spans_is_too_old()
    {
        Assert.StartsWith("System.Span<T>", TargetRules.Lacking(Target.Arrays));
        Assert.Null(TargetRules.Lacking(Target.Portable));
    }
}
