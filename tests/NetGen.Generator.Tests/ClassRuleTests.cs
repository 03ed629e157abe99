using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Targets;
using NetGen.Generator.Tests.Harness;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What a network class must be: for every rule a class that breaks it and one that just does not.</summary>
public sealed class ClassRuleTests
{
    private const string Iris = """
        input: 4
        layers:
          - dense: { units: 3 }
          - softmax
        loss: cross_entropy
        """;

    private static TestProject Of(string source) => TestProject.Of(source).WithSpec("iris.yaml", Iris);

    private static Task<string> Message(string source) => Expect.Message(Of(source));

    private static async Task Compiles(string source) => Assert.Single((await Expect.Success(Of(source))).Files);

    [Fact]
    public async Task A_class_that_is_not_partial_is_an_error()
    {
        string message = await Message("""[Network("iris.yaml")] public class {|NETGEN053:Iris|} { }""");

        Assert.Equal("the network 'Iris' is not partial, so nothing can be generated into it; write 'partial class Iris'", message);
        await Compiles("""[Network("iris.yaml")] public sealed partial class Iris { }""");
    }

    [Fact]
    public async Task A_type_around_it_that_is_not_partial_is_an_error_that_names_it()
    {
        string message = await Message("""
            public partial class Models
            {
                public record struct {|NETGEN053:Flowers|}
                {
                    [Network("iris.yaml")] public partial class Iris { }
                }
            }
            """);

        Assert.Equal("the type 'Flowers' around the network 'Iris' is not partial, so nothing can be generated into it; write 'partial record struct Flowers'", message);
        await Compiles("""
            public partial interface IModels
            {
                partial record Flowers
                {
                    static partial class Small
                    {
                        [Network("iris.yaml")] internal partial class Iris { }
                    }
                }
            }
            """);
    }

    [Fact]
    public async Task A_generic_class_is_an_error()
    {
        string message = await Message("""[Network("iris.yaml")] public partial class Iris{|NETGEN054:<T>|} { }""");

        Assert.Equal("the network 'Iris' is generic, but a network's sizes and types are fixed; remove <T>", message);
        await Compiles("""public class Base<T> { } [Network("iris.yaml")] public partial class Iris : Base<int> { }""");
    }

    [Fact]
    public async Task A_class_in_a_generic_one_is_an_error()
    {
        string message = await Message("""
            public partial class Models{|NETGEN054:<T>|}
            {
                [Network("iris.yaml")] public partial class Iris { }
            }
            """);

        Assert.StartsWith("the type 'Models' around the network 'Iris' is generic", message);
    }

    [Theory]
    [InlineData("static partial class", "static")]
    [InlineData("abstract partial class", "abstract")]
    [InlineData("partial struct", "a struct")]
    [InlineData("ref partial struct", "a struct")]
    [InlineData("partial record", "a record")]
    [InlineData("partial record struct", "a record struct")]
    [InlineData("partial interface", "an interface")]
    public async Task What_is_no_instance_class_is_an_error(string kind, string what)
    {
        string message = await Message($$"""[Network("iris.yaml")] public {{kind}} {|NETGEN055:Iris|} { }""");

        Assert.StartsWith($"the network 'Iris' is {what}", message);
    }

    [Fact]
    public async Task A_class_local_to_its_file_is_an_error()
    {
        await Message("""[Network("iris.yaml")] file partial class {|NETGEN055:Iris|} { }""");
    }

    [Fact]
    public async Task The_layers_of_a_struct_add_no_errors()
    {
        await Message("""[Network, Input(4), Dense(3)] public partial struct {|NETGEN055:Iris|} { }""");
    }

    [Theory]
    [InlineData("public static int {|NETGEN056:InputSize|} => 4;")]
    [InlineData("private readonly float[] {|NETGEN056:Parameters|} = [];")]
    [InlineData("public struct {|NETGEN056:ParameterInfo|} { }")]
    [InlineData("public void {|NETGEN056:Gradients|}() { }")]
    [InlineData("public delegate void {|NETGEN056:Forward|}();")]
    [InlineData("public const float {|NETGEN056:Loss|} = 1;")]
    [InlineData("public {|NETGEN056:Iris|}() { }")]
    [InlineData("private {|NETGEN056:Iris|}(int count) { }")]
    [InlineData("public void {|NETGEN056:Forward|}(System.ReadOnlySpan<float> x, System.Span<float> y) { }")]
    public async Task A_member_that_is_generated_is_an_error_where_it_is_declared(string member)
    {
        await Message($$"""[Network("iris.yaml")] public partial class Iris { {{member}} }""");
    }

    [Theory]
    [InlineData("public int Inputs => 4;")]
    [InlineData("private readonly float[] parameters = [];")]
    [InlineData("public void Forward(float[] inputs) { }")]
    [InlineData("public void Loss<T>(System.ReadOnlySpan<float> inputs, System.ReadOnlySpan<float> targets) { }")]
    [InlineData("public Iris(float scale) : this() { }")]
    [InlineData("static Iris() { }")]
    public async Task A_member_that_is_not_generated_is_the_users_to_add(string member)
    {
        await Compiles($$"""[Network("iris.yaml")] public partial class Iris { {{member}} }""");
    }

    [Fact]
    public async Task A_clash_on_another_declaration_is_reported_there()
    {
        TestProject project = Of("""[Network("iris.yaml")] public partial class Iris { }""")
            .WithSource("Other.cs", "public partial class Iris { public int {|NETGEN056:ParameterCount|} => 4; }");

        Assert.Equal("the network 'Iris' declares 'ParameterCount', which is generated; name it otherwise", await Expect.Message(project));
    }

    [Theory]
    [InlineData("""[Network("iris.yaml")] public partial class Iris{|NETGEN062:(int count)|} { public int Count => count; }""", "(int)")]
    [InlineData("""[Network("iris.yaml")] public partial class Iris{|NETGEN062:(string name, float rate)|} { public string Name => name + rate; }""", "(string, float)")]
    [InlineData("""[Network("iris.yaml")] public partial class Iris{|NETGEN062:()|};""", "()")]
    [InlineData("""[Network("iris.yaml")] public partial class Iris; public partial class Iris{|NETGEN062:(bool isFast)|} { public bool IsFast => isFast; }""", "(bool)")]
    public async Task A_primary_constructor_is_an_error(string source, string parameters)
    {
        Assert.StartsWith($"the network 'Iris' has a primary constructor, {parameters}, which every other constructor would have to call", await Message(source));
    }

    [Theory]
    [InlineData("""public class Base { protected Base(string name) => Name = name; public string Name { get; } } [Network("iris.yaml")] public partial class Iris : {|NETGEN062:Base|} { public Iris(string name) : base(name) { } }""")]
    [InlineData("""public class Base(string name) { public string Name => name; } [Network("iris.yaml")] public partial class Iris : {|NETGEN062:Base|} { public Iris(string name) : base(name) { } }""")]
    [InlineData("""public class Base { private Base() { } protected Base(float size) : this() => Size = size; public float Size { get; } } [Network("iris.yaml")] public partial class Iris : {|NETGEN062:Base|} { public Iris(float size) : base(size) { } }""")]
    [InlineData("""public class Base<T> { protected Base(T value) => Value = value; public T Value { get; } } [Network("iris.yaml")] public partial class Iris : {|NETGEN062:Base<int>|} { public Iris(float value) : base((int)value) { } }""")]
    public async Task A_base_class_without_a_constructor_to_call_is_an_error(string source)
    {
        Assert.StartsWith("the network 'Iris' derives from 'Base', which has no constructor that can be called without arguments", await Message(source));
    }

    [Theory]
    [InlineData("""public class Base { protected Base() { } } [Network("iris.yaml")] public partial class Iris : Base { }""")]
    [InlineData("""public class Base { internal Base() { } } [Network("iris.yaml")] public partial class Iris : Base { }""")]
    [InlineData("""public class Base { public Base(string name = "") => Name = name; public string Name { get; } } [Network("iris.yaml")] public partial class Iris : Base { }""")]
    [InlineData("""public class Base { public Base(params string[] names) => Names = names; public string[] Names { get; } } [Network("iris.yaml")] public partial class Iris : Base { }""")]
    [InlineData("""public partial class Base { private Base() { } [Network("iris.yaml")] public partial class Iris : Base { } }""")]
    [InlineData("""[Network("iris.yaml")] public partial class Iris { public Iris(string name) : this() => Name = name; public string Name { get; } = ""; }""")]
    [InlineData("""[Network("iris.yaml")] public partial class Iris { public required string Name { get; init; } }""")]
    public async Task A_constructor_that_can_be_called_is_enough(string source)
    {
        await Compiles(source);
    }

    [Theory]
    [InlineData("[{|NETGEN063:Dense(3)|}] [Input(4)] public partial class Iris;")]
    [InlineData("[{|NETGEN063:Input(4)|}, Dense(3), Softmax] public class Iris { }")]
    [InlineData("[System.Obsolete] [{|NETGEN063:SquaredError|}] public partial class Iris;")]
    [InlineData("public static partial class Models { [{|NETGEN063:Conv2D(3)|}] [Sgd] private sealed class Iris { internal static object Made => new Iris(); } internal static object Made => Iris.Made; }")]
    public async Task Layers_on_a_class_that_is_no_network_are_an_error(string source)
    {
        string message = await Message(source);
        Assert.EndsWith("stands on 'Iris', which is no network, so nothing is generated for it; write [Network] above it", message);
    }

    [Fact]
    public async Task Attributes_of_the_same_names_that_are_others_are_none_of_NetGens()
    {
        await Expect.Success(TestProject.Of("""
            namespace App
            {
                public sealed class DenseAttribute : System.Attribute { }
                public class LayerAttribute : System.Attribute { }
                public sealed class InputAttribute : LayerAttribute { }
                [DenseAttribute, App.Input] public class Iris { }
            }
            """));
    }

    [Fact]
    public async Task An_inherited_member_that_a_generated_one_would_hide_is_an_error_at_the_class()
    {
        string message = await Message("""
            public class Base { protected int Steps; private int Gradients => Steps; }
            [Network("iris.yaml")] public partial class {|NETGEN056:Iris|} : Base { }
            """);

        Assert.StartsWith("the network 'Iris' inherits 'Steps' from 'Base'", message);
        await Compiles("""
            public class Base { private static int Steps => 1; public static int Use() => Steps; }
            [Network("iris.yaml")] public partial class Iris : Base { }
            """);
    }

    [Fact]
    public async Task A_class_with_the_name_of_a_generated_member_is_an_error()
    {
        await Message("""[Network("iris.yaml")] public partial class {|NETGEN056:Loss|} { }""");
        await Compiles("""[Network("iris.yaml")] public partial class Losses { }""");
    }

    [Fact]
    public async Task A_spec_file_and_layers_are_an_error()
    {
        string message = await Message("""[Network("iris.yaml")] [{|NETGEN057:Dense(3)|}, Softmax] public partial class Iris { }""");

        Assert.Equal("'Iris' has the spec 'iris.yaml', which says the whole network; write this there, or leave the path out and write the network in attributes", message);
    }

    [Fact]
    public async Task A_spec_file_and_a_seed_are_an_error()
    {
        await Message("""[Network("iris.yaml", {|NETGEN057:Seed = 3|})] public partial class Iris { }""");
    }

    [Fact]
    public async Task Attributes_of_others_may_stand_beside_a_spec_file()
    {
        await Compiles("""
            namespace NetGen.App
            {
                public sealed class DenseAttribute : System.Attribute { }
                [Network("iris.yaml")] [App.Dense] [System.Serializable] public partial class Iris { }
            }
            """);
    }

    [Fact]
    public async Task Layers_on_another_declaration_are_an_error()
    {
        string message = await Message("""
            [Network, Input(4)] public partial class Iris { }
            [{|NETGEN058:Dense(3)|}, Softmax] public partial class Iris { }
            """);

        Assert.Equal("[Dense] stands on another declaration of 'Iris' than [Network]; the order of layers is that of the text, so write them all on one", message);
        await Compiles("""
            [Network, Input(4), Dense(3)] public partial class Iris { }
            [System.Serializable] public partial class Iris { }
            """);
    }

    [Fact]
    public async Task A_language_before_7_3_is_an_error()
    {
        const string Source = """namespace App { [{|NETGEN059:Network|}] [Input(4)] [Dense(3)] public partial class Iris { } }""";

        string message = await Expect.Message(TestProject.Of(Source) with { Language = LanguageVersion.CSharp7_2 });

        Assert.Equal("the network 'Iris' needs C# 7.3, and the project has 7.2; set LangVersion to 7.3 or later", message);
        await Expect.Success(TestProject.Of(Source.Replace("{|NETGEN059:Network|}", "Network")) with { Language = LanguageVersion.CSharp7_3 });
    }

    [Fact]
    public async Task A_framework_without_spans_gets_arrays()
    {
        GeneratorRun run = await Expect.Success(TestProject.Of("""
            [Network("iris.yaml")] public partial class Iris { }
            """).WithSpec("iris.yaml", Iris) with { Framework = [.. TargetReferences.Of(Target.Arrays)] });

        Assert.Contains("public static void Forward(float[] parameters, float[] inputs, float[] outputs, float[] scratch = null)", run.Files.Single().Value);
    }

    [Fact]
    public async Task Two_mistakes_are_two_errors()
    {
        await Expect.MarkedDiagnostics(Of("""
            [Network("iris.yaml")] public class {|NETGEN053:Iris|}{|NETGEN054:<T>|} { public int {|NETGEN056:Parameters|} => 4; }
            """));
    }

    [Fact]
    public async Task A_network_that_is_declared_twice_is_generated_once()
    {
        TestProject project = Of("""
            [Network("iris.yaml")] public partial class Iris { }
            [{|CS0579:Network|}("iris.yaml")] public partial class Iris { }
            """);

        await Expect.MarkedDiagnostics(project);
        Assert.Single(GeneratorRun.Of(project).Files);
    }

    [Fact]
    public void Nothing_is_generated_for_a_class_that_it_would_break()
    {
        Assert.Empty(GeneratorRun.Of(Of("""[Network("iris.yaml")] public class Iris { }""")).Files);
        Assert.Single(GeneratorRun.Of(Of("""[Network("iris.yaml"), Dense(3)] public partial class Iris { }""")).Files.Keys, "Iris.g.cs");
    }
}
