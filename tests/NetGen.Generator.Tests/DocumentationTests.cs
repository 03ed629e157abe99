using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using NetGen.Compiler;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>What the README and the page on the spec show is what happens.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void The_READMEs_spec_is_the_examples()
    {
        CheckResult shown = NetworkCompiler.Check(Blocks("README.md", "yaml")[0]);
        Assert.NotNull(shown.Network);
        Assert.Equal(NetworkCompiler.Check(Read("examples/Digits/digits.yaml")).Network, shown.Network);
    }

    [Fact]
    public async Task The_READMEs_attributes_give_the_code_of_its_spec()
    {
        string attributes = Blocks("README.md", "csharp").First(static b => b.StartsWith("[Network(Seed", StringComparison.Ordinal));
        GeneratorRun fromYaml = await Expect.Success(TestProject.Of("""[Network("digits.yaml")] public partial class Digits;""").WithSpec("digits.yaml", Blocks("README.md", "yaml")[0]));
        GeneratorRun fromAttributes = await Expect.Success(TestProject.Of(attributes));
        Assert.Equal(fromYaml.Files.Single().Value, fromAttributes.Files.Single().Value);
    }

    [Fact]
    public void The_READMEs_errors_are_the_compilers()
    {
        string errors = Blocks("README.md", "").First(static b => b.Contains("NETGEN020"));
        CheckResult result = NetworkCompiler.Check(Blocks("README.md", "yaml")[1]);
        Assert.Equal(errors.TrimEnd().Split('\n'), result.Diagnostics.Select(static d => d.ToString("digits.yaml")));
    }

    [Fact]
    public void The_READMEs_layer_table_is_the_generated_one()
    {
        string table = Blocks("README.md", "csharp").First(static b => b.StartsWith("//   layer", StringComparison.Ordinal));
        GeneratorRun run = GeneratorRun.Of(TestProject.Of("""[Network("iris.yaml")] public partial class Iris;""").WithSpec("iris.yaml", """
            input: 4
            layers: [ { dense: { units: 16, activation: relu, name: hidden } }, { dense: 3 }, softmax ]
            loss: cross_entropy
            """));
        Assert.Contains(table.TrimEnd(), run.Files.Single().Value);
    }

    [Fact]
    public async Task The_page_on_the_spec_shows_networks_that_are_right()
    {
        Assert.Empty(NetworkCompiler.Check(Blocks("docs/spec.md", "yaml")[0]).Diagnostics);
        await Expect.Success(TestProject.Of(Blocks("docs/spec.md", "csharp").First(static b => b.StartsWith("[Network(Seed", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_page_on_the_spec_uses_a_network_of_several_inputs_and_outputs_as_it_is_used()
    {
        string code = Blocks("docs/spec.md", "csharp").First(static b => b.Contains("ForwardParts"));
        string spec = Blocks("docs/spec.md", "yaml").First(static b => b.StartsWith("inputs: { image", StringComparison.Ordinal));
        await Expect.Success(TestProject.Of($$"""
            [Network("agent.yaml")] public partial class Agent;
            public static class Use
            {
                public static float Of(float[] image, float[] memory, float[] samples, float[] targets)
                {
                    {{code}}
                    return loss;
                }
            }
            """).WithSpec("agent.yaml", spec));
    }

    /// <summary>The fenced blocks of a language, in order.</summary>
    private static List<string> Blocks(string page, string language) =>
        [.. Fence().Matches(Read(page)).Where(m => m.Groups[1].Value == language).Select(static m => m.Groups[2].Value)];

    private static string Read(string page)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetGen.sln")))
                return File.ReadAllText(Path.Combine(folder.FullName, page)).Replace("\r", "");
        }

        throw new FileNotFoundException(page);
    }

    [GeneratedRegex("^```([a-z]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
