using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Targets;
using NetGen.Generator.Tests.Harness;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Generator.Tests.CallSites;

/// <summary>Calls are checked wherever they stand and however they are written.</summary>
public sealed class CallSitePlaceTests
{
    [Theory]
    [InlineData("class A { static readonly float[] s_a = new float[10]; void F(float[] y) => Line.Forward(new float[10], {|NETGEN070:s_a|}, y); }")]
    [InlineData("class A { readonly float[] _a = new float[10]; void F(float[] y) => Line.Forward(new float[10], {|NETGEN070:_a|}, y); }")]
    [InlineData("class A { const int N = 10; readonly float[] _a = new float[N]; void F(float[] y) => Line.Forward(new float[10], {|NETGEN070:this._a|}, y); }")]
    [InlineData("class A { static readonly int s_n = 10; void F(float[] y) => Line.Forward(new float[10], {|NETGEN070:new float[s_n]|}, y); }")]
    [InlineData("class A { float F(float[] y) => new Line().Loss({|NETGEN070:new float[3]|}, y); }")]
    [InlineData("class A { float P { get => new Line().Loss({|NETGEN070:new float[3]|}, new float[2]); } }")]
    [InlineData("class A { float a = new Line().Loss({|NETGEN070:new float[3]|}, new float[2]); }")]
    [InlineData("namespace B { using L = Line; class A { void F(float[] y) => L.Forward(new float[10], {|NETGEN070:new float[3]|}, y); } }")]
    [InlineData("partial class Line { void F(float[] y) { Forward({|NETGEN070:new float[3]|}, y); this.Forward({|NETGEN070:new float[3]|}, y); } }")]
    [InlineData("partial class Line { partial void F(float[] y); partial void F(float[] y) => Forward({|NETGEN070:new float[3]|}, y); }")]
    [InlineData("class More : Line { } class A { void F(float[] y) => More.Forward(new float[10], {|NETGEN070:new float[3]|}, y); }")]
    public async Task In_any_member_of_any_type(string source) => await Calls.Marked(Calls.File(source));

    [Theory]
    [InlineData("class A { readonly float[] _a = new float[10]; A(float[] a) => _a = a; void F(float[] y) => Line.Forward(y, _a, y); }")]
    [InlineData("class A { readonly float[] _a = new float[10]; A(float[] a) => (_a, _) = (a, 1); void F(float[] y) => Line.Forward(y, _a, y); }")]
    [InlineData("class A { readonly float[] _a = new float[10]; A(float[] a) => Set(out _a, a); static void Set(out float[] x, float[] a) => x = a; void F(float[] y) => Line.Forward(y, _a, y); }")]
    [InlineData("class A { readonly float[] _a = new float[10]; float[] P { init => _a = value; } void F(float[] y) => Line.Forward(y, _a, y); }")]
    [InlineData("class A { float[] _a = new float[10]; void F(float[] y) { Line.Forward(y, _a, y); _a = y; } }")]
    [InlineData("partial class Line { public static void Forward(double[] inputs, double[] outputs) { } public void Forward(float[] inputs, string outputs) { } void G() { Forward(new double[3], new double[7]); Forward(new float[3], \"\"); } }")]
    [InlineData("class A { public static void Forward(Span<float> inputs, Span<float> outputs) { } void F() => Forward(new float[3], new float[7]); }")]
    [InlineData("class A { void F<T>(float[] y) where T : class { } void G() => F<Line>(new float[3]); }")]
    public async Task What_may_be_another_length_or_is_another_member_is_left_alone(string source) => Assert.Empty(await Calls.Of(Calls.File(source)));

    [Fact]
    public async Task In_top_level_statements_and_by_a_static_using()
    {
        await Calls.Marked("""
            using static Line;
            var weights = new float[ParameterBufferSize];
            var inputs = new float[3];
            var outputs = new float[OutputSize];
            Forward(weights, {|NETGEN070:inputs|}, outputs);
            """, OutputKind.ConsoleApplication);
    }

    [Fact]
    public async Task Of_a_network_within_another_class_in_one_build_with_it()
    {
        await Expect.MarkedDiagnostics(TestProject.Of("""
            public partial class Outer
            {
                [Network("line.yaml")] public partial class Inner { }
                public void Run(float[] y) => Inner.Forward(new float[10], {|NETGEN070:new float[Inner.OutputSize]|}, y);
            }
            """).WithSpec("line.yaml", Calls.Line));
    }

    [Fact]
    public async Task In_a_project_that_references_the_one_of_the_network()
    {
        var library = new MemoryStream();
        Assert.True(GeneratorRun.Of(Calls.Networks).Output.Emit(library).Success);
        TestProject user = TestProject.Of("""
            public class User
            {
                public void Run(Digits net, float[] data)
                {
                    net.Forward({|NETGEN070:new float[3]|}, data);
                    net.Forward({|NETGEN071:new float[10]|}, new float[64]);
                    net.Loss(new float[640], {|NETGEN072:new float[10]|});
                    net.Loss(new float[128], {|NETGEN070:new int[3]|});
                    net.Loss(new float[128], new int[2]);
                    Digits.Backward(data, data, new int[2], data, new float[1]);
                    System.Threading.Tasks.Parallel.For(0, 3, i => {|NETGEN073:net.TrainStep|}(data, new int[1]));
                }
            }
            """) with { References = [MetadataReference.CreateFromImage(library.ToArray())] };
        await Expect.MarkedDiagnostics(user);
    }

    [Theory]
    [InlineData("Portable")]
    [InlineData("Arrays")]
    public async Task Of_code_for_old_targets(string target)
    {
        Target old = target == "Arrays" ? Target.Arrays : Target.Portable;
        string network = NetworkCompiler.Emit(NetworkCompiler.Check(Calls.Line).Network!, new ClassDeclaration("App", default, "Line", default), old);
        string user = """
            namespace App
            {
                internal class User
                {
                    public void Run(Line net, float[] x)
                    {
                        net.Forward({|NETGEN070:new float[3]|}, x);
                        net.TrainStep(x, {|NETGEN070:new float[] { 1 }|}, 0.1f);
                        Line.Forward(x, new float[4], new float[2], new float[Line.ScratchSize]);
                    }
                }
            }
            """;
        TestProject project = TestProject.Of(user) with { Language = LanguageVersion.CSharp7_3, Framework = TargetReferences.Of(old) };
        await Expect.MarkedDiagnostics(project with { Sources = project.Sources.SetItem("/app/Line.g.cs", network) });
    }

    [Fact]
    public async Task Where_the_spec_has_errors_its_placeholder_says_nothing()
    {
        IReadOnlyList<Diagnostic> found = await Expect.DiagnosticsOf(GeneratorRun.Of(TestProject.Of("""
            [Network("line.yaml")] public partial class Line { void F() => Forward(new float[3], new float[5]); }
            """).WithSpec("line.yaml", "input: 4\nlayers: [ dens: 2 ]")));
        Assert.DoesNotContain(found, static d => d.Id.StartsWith("NETGEN07", System.StringComparison.Ordinal));
        Assert.Contains(found, static d => d.Id == "NETGEN050");
    }

    [Fact]
    public async Task A_buffer_that_cannot_fit_brings_what_a_fix_needs()
    {
        IReadOnlyList<Diagnostic> found = await Calls.Marked(Calls.Statements("var few = new float[12 + 3]; net.Forward(new float[128], {|NETGEN070:few|});"));
        Diagnostic only = Assert.Single(found);
        Assert.Equal(
            [("argument", "outputs"), ("constant", "Digits.OutputSize"), ("member", "Forward"), ("samples", "2"), ("size", "2 * Digits.OutputSize")],
            only.Properties.Select(static p => (p.Key, p.Value!)).Order());
        Location size = Assert.Single(only.AdditionalLocations);
        Assert.Equal("12 + 3", size.SourceTree!.GetText().ToString(size.SourceSpan));
    }

    [Fact]
    public async Task Swapped_buffers_name_each_others_place()
    {
        Diagnostic only = Assert.Single(await Calls.Marked(Calls.Statements("net.Forward({|NETGEN071:new float[10]|}, new float[64]);")));
        Location other = Assert.Single(only.AdditionalLocations);
        Assert.Equal("new float[64]", other.SourceTree!.GetText().ToString(other.SourceSpan));
    }

    [Fact]
    public async Task Severities_are_as_the_rules_say_and_can_be_configured()
    {
        IReadOnlyList<Diagnostic> found = await Calls.Of(Calls.Statements("""
            #pragma warning disable NETGEN073
            Parallel.ForEach(items, item => net.TrainStep(item, labels));
            #pragma warning restore NETGEN073
            foreach (var item in items) net.Forward(item, new float[10]);
            """));
        Assert.Equal(DiagnosticSeverity.Info, Assert.Single(found).Severity);
    }
}
