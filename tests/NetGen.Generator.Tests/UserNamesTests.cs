using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Emit;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Nothing that a user names reaches into the generated file, and nothing of the file reaches into the user's.</summary>
public sealed class UserNamesTests
{
    private static readonly TestProject s_project = new TestProject()
        .WithSpec("net.yaml", """
            input: 6
            layers: [dense: { units: 8, activation: relu, name: hidden }, dropout: 0.2, dense: 3, softmax]
            loss: cross_entropy
            optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9, clip_norm: 5 } }
            """)
        .WithSpec("small.yaml", "{ input: 6, layers: [dense: { units: 8, activation: relu, name: hidden }, dense: 3, softmax] }");

    /// <summary>All private names, and those that stand in for them.</summary>
    private static readonly string[] s_names = [.. PrivateNames.All.SelectMany(static n => (string[])[n, n + "OfNetwork", n + "Attribute"])];

    // What is trained is ten times as long, and has all aliases already where it is not.
    private const string Classes = """[global::NetGen.Network("small.yaml")] public partial class Net { } """;

    public static TheoryData<string> Places => [.. s_places.Keys];

    private static readonly Dictionary<string, string> s_places = new()
    {
        ["members"] = $$"""namespace App { [global::NetGen.Network("net.yaml")] public partial class Net { {{All("internal static int {0} => 1;")}} } }""",
        ["members that are types"] = $$"""namespace App { [global::NetGen.Network("small.yaml")] public partial class Net { {{All("internal sealed class {0} { }")}} } }""",
        ["inherited members"] = $$"""namespace App { public class Base { {{All("protected static readonly int {0} = 1;")}} } [global::NetGen.Network("small.yaml")] public partial class Net : Base { } }""",
        ["members of the type around it"] = $$"""namespace App { public partial class Outer { {{All("internal static int {0} => 1;")}} {{Classes}} } }""",
        ["inherited members of the type around it"] = $$"""namespace App { public class Base { {{All("protected class {0} { }")}} } public partial class Outer : Base { {{Classes}} } }""",
        ["types of its namespace"] = $$"""namespace App { {{All("internal sealed class {0} { }")}} {{Classes}} }""",
        ["types of the namespace around it"] = $$"""namespace App { {{All("internal enum {0} { }")}} } namespace App.Models.Small { {{Classes}} }""",
        ["types of no namespace"] = $$"""{{All("internal struct {0} { }")}} namespace App { {{Classes}} }""",
        ["namespaces"] = $$"""{{All("namespace App.{0} { internal sealed class Inner { } }")}} namespace App { {{Classes}} }""",
        ["namespaces of no namespace"] = $$"""{{All("namespace {0} { internal sealed class Inner { } }")}} namespace App { {{Classes}} }""",
        ["global usings"] = $$"""{{All("global using {0} = global::System.Text.StringBuilder;")}} namespace App { {{Classes}} }""",
        ["types of a namespace that is used globally"] = $$"""global using global::Lib; namespace Lib { {{All("public sealed class {0} { }")}} } namespace App { {{Classes}} }""",
        ["members that are used globally"] = $$"""global using static global::Lib.Members; namespace Lib { public static class Members { {{All("public static int {0}() => 1;")}} } } namespace App { {{Classes}} }""",
        ["classes of the namespace, being networks"] = $$"""namespace App { {{string.Concat(PrivateNames.All.Where(static n => n[0] != '_').Select(static n => $"[global::NetGen.Network(\"small.yaml\")] public partial class {n} {{ }} "))}} }""",
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Everything_compiles_beside_things_of_the_users_that_have_the_files_names(string place)
    {
        TestProject project = s_project with { Sources = s_project.Sources.Add(TestProject.Folder + "Source.cs", s_places[place]) };

        await Expect.Success(project);
    }

    [Fact]
    public async Task In_the_users_part_of_the_class_a_name_means_what_it_means_elsewhere()
    {
        GeneratorRun run = await Expect.Success(s_project.WithSource("Source.cs", """
            namespace App
            {
                internal static class Kernels { internal const int Sizes = 3; }
                internal static class StepSeed { internal const int Start = 4; }

                [Network("net.yaml")] public partial class Net { internal static int Sum => Kernels.Sizes + StepSeed.Start + nameof(Sum).Length; }
            }
            """));

        using var image = new MemoryStream();
        Assert.True(run.Output.Emit(image).Success);
    }

    [Fact]
    public async Task A_method_called_nameof_is_not_called()
    {
        await Expect.Success(s_project.WithSource("Source.cs", """
            namespace App
            {
                [Network("net.yaml")] public partial class Net { internal static int nameof(int value) => value; }
            }
            """));
    }

    [Fact]
    public async Task The_files_own_names_stay_where_nothing_has_them()
    {
        GeneratorRun run = await Expect.Success(s_project.WithSource("Source.cs", "namespace App { [Network(\"net.yaml\")] public partial class Net { } }"));

        string file = Assert.Single(run.Files.Values);
        Assert.Contains("using Refs = ", file);
        Assert.DoesNotContain("OfNetwork", file);
    }

    private static string All(string declaration) => string.Concat(s_names.Select(n => declaration.Replace("{0}", n) + "\n"));
}
