using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>For every kind of edit, which steps run and which do not; that an unedited project runs none is in every test.</summary>
public sealed class IncrementalityTests
{
    private const string Spec = """
        input: 4
        layers:
          - dense: { units: 8, activation: relu, name: hidden }
          - dense: 3
        """;

    private static readonly TestProject s_project = new TestProject()
        .WithSource("Digits.cs", """[Network("digits.yaml")] public partial class Digits { }""")
        .WithSource("Iris.cs", """
            // The flowers.
            [Network]
            [Input(4)]
            [Dense(8, Activation = Activation.Relu)]
            public partial class Iris { }
            """)
        .WithSource("Program.cs", "public static class Program { public static void Main() { } }")
        .WithSpec("digits.yaml", Spec);

    public static TheoryData<string, string> CosmeticSpecs => new()
    {
        { "a comment at the end of a line", Spec.Replace("units: 8,", "units: 8, # wide\n     ") },
        { "a comment on its own line", Spec.Replace("layers:", "# from here\nlayers:") },
        { "white space", Spec.Replace("{ units: 8, ", "{ units:   8,\n      ") + "\n\n" },
        { "another way to write a number", Spec.Replace("units: 8", "units: 0x8") },
        { "ends of lines", Spec.ReplaceLineEndings("\r\n") },
    };

    [Theory]
    [MemberData(nameof(CosmeticSpecs))]
    public void A_cosmetic_edit_of_a_spec_ends_at_the_checked_spec(string edit, string spec)
    {
        GeneratorRun run = GeneratorRun.Of(s_project).Edit(p => p.WithSpec("digits.yaml", spec));

        Assert.True(run.Reasons(Steps.SpecTexts).Single() == IncrementalStepRunReason.Modified, edit);
        AssertCached(run, Steps.CheckedSpecs, Steps.Networks, Steps.Sources, Steps.Outcomes, Steps.Classes);
    }

    public static TheoryData<string, string> Specs => new()
    {
        { "a number", Spec.Replace("units: 8", "units: 9") },
        { "a name", Spec.Replace("name: hidden", "name: wide") },
        { "an activation", Spec.Replace("relu", "tanh") },
        { "a layer", Spec + "\n  - dense: 2" },
    };

    [Theory]
    [MemberData(nameof(Specs))]
    public void An_edit_of_a_spec_regenerates_its_class_alone(string edit, string spec)
    {
        GeneratorRun run = GeneratorRun.Of(s_project).Edit(p => p.WithSpec("digits.yaml", spec));

        Assert.True(Ran(run, Steps.Sources) == 1, edit);
        AssertCached(run, Steps.Classes, Steps.Target, Steps.Resolutions);
        Assert.Equal(1, Ran(run, Steps.Networks));
    }

    [Fact]
    public void An_unrelated_edit_of_the_code_runs_nothing()
    {
        GeneratorRun run = GeneratorRun.Of(s_project)
            .Edit(p => p.WithSource("Program.cs", "public static class Program { public static int Main() { return 1; } }"));

        AssertCached(run, [.. run.Reasons().Select(r => r.Step)]);
    }

    [Fact]
    public void An_edit_above_a_class_moves_its_diagnostics_and_regenerates_nothing()
    {
        GeneratorRun run = GeneratorRun.Of(s_project)
            .Edit(p => p.WithSource("Iris.cs", p.Sources["/app/Iris.cs"].Replace("// The flowers.", "// The flowers of old.\n")));

        Assert.Equal(1, Ran(run, Steps.Classes));
        AssertCached(run, Steps.Networks, Steps.Sources, Steps.CheckedSpecs, Steps.Target);
    }

    [Fact]
    public void A_layer_in_attributes_regenerates_its_class_alone()
    {
        GeneratorRun run = GeneratorRun.Of(s_project)
            .Edit(p => p.WithSource("Iris.cs", p.Sources["/app/Iris.cs"].Replace("Dense(8", "Dense(9")));

        Assert.Equal(1, Ran(run, Steps.Networks));
        Assert.Equal(1, Ran(run, Steps.Sources));
        AssertCached(run, Steps.CheckedSpecs, Steps.Resolutions, Steps.Target);
    }

    [Fact]
    public void A_class_that_is_renamed_is_regenerated_alone_and_its_spec_is_not_read_again()
    {
        GeneratorRun run = GeneratorRun.Of(s_project)
            .Edit(p => p.WithSource("Digits.cs", """[Network("digits.yaml")] public partial class Numbers { }"""));

        Assert.Equal(["Iris.g.cs", "Numbers.g.cs"], run.Files.Keys.Order());
        Assert.Equal(1, Ran(run, Steps.Sources));
        AssertCached(run, Steps.CheckedSpecs, Steps.SpecTexts, Steps.Resolutions, Steps.Target);
    }

    [Theory]
    [InlineData("Mine", 0)]
    [InlineData("Kernels", 1)]
    [InlineData("V256", 1)]
    public void A_member_that_the_user_adds_regenerates_its_class_alone_and_only_where_it_has_a_name_that_the_file_uses(string member, int regenerated)
    {
        GeneratorRun run = GeneratorRun.Of(s_project)
            .Edit(p => p.WithSource("Digits.cs", $$"""[Network("digits.yaml")] public partial class Digits { public int {{member}} => 1; }"""));

        Assert.Equal(regenerated, Ran(run, Steps.Networks));
        AssertCached(run, Steps.CheckedSpecs, Steps.Resolutions);
    }

    [Fact]
    public void Another_class_leaves_the_others_as_they_are()
    {
        GeneratorRun run = GeneratorRun.Of(s_project)
            .Edit(p => p.WithSource("Other.cs", """namespace Other; [Network("digits.yaml")] public partial class Digits { }"""));

        Assert.Equal(["Digits.g.cs", "Iris.g.cs", "Other.Digits.g.cs"], run.Files.Keys.Order());
        Assert.Equal(1, Ran(run, Steps.Sources));
        AssertCached(run, Steps.CheckedSpecs, Steps.SpecTexts);
    }

    [Fact]
    public void Another_spec_file_leaves_everything_as_it_is()
    {
        GeneratorRun run = GeneratorRun.Of(s_project).Edit(p => p.WithSpec("other.yaml", Spec));

        AssertCached(run, Steps.Resolutions, Steps.CheckedSpecs, Steps.Outcomes, Steps.Networks, Steps.Sources);
    }

    [Fact]
    public void A_moving_error_in_a_spec_regenerates_nothing()
    {
        GeneratorRun run = GeneratorRun.Of(s_project.WithSpec("digits.yaml", Spec + "\n  - bad"))
            .Edit(p => p.WithSpec("digits.yaml", "# moved\n" + Spec + "\n  - bad"));

        Assert.Equal(1, Ran(run, Steps.Outcomes));
        AssertCached(run, Steps.Networks, Steps.Sources);
    }

    private static int Ran(GeneratorRun run, string step) => run.Reasons(step).Count(
        static r => r is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New);

    private static void AssertCached(GeneratorRun run, params IEnumerable<string> steps)
    {
        foreach (string step in steps)
            run.AssertCached(step);
    }
}
