using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>What the README shows as a program is one: pasted into a new project, it builds without a warning and does what is said.</summary>
[Collection(PackageFeed.Name)]
public sealed class ReadmeTests(PackageFeed feed)
{
    [Fact]
    public async Task The_programs_can_be_pasted_into_a_new_project_and_run()
    {
        string[] programs = Programs("README.md");
        Assert.Equal(2, programs.Length);
        string folder = feed.NewProject(
            "Pasted",
            $"""<ItemGroup><PackageReference Include="NetGen.Training" Version="{PackageFeed.Version}" /></ItemGroup>""",
            ("Program.cs", programs[0]));
        File.Copy(Path.Combine(PackageFeed.Repository, "examples/data/digits.csv"), Path.Combine(folder, "digits.csv"));

        (await DotNet.Build(folder, "build")).Successful();
        Assert.Equal("0.0 1.0 1.0 0.0", (await DotNet.Run(folder, "bin/Debug/net10.0/Pasted.dll")).Successful().Trim());

        File.WriteAllText(Path.Combine(folder, "Program.cs"), programs[1]);
        File.WriteAllText(Path.Combine(folder, "digits.yaml"), Blocks("README.md", "yaml")[0]);
        (await DotNet.Build(folder, "build", "--no-restore")).Successful();
        string output = (await DotNet.Run(folder, "bin/Debug/net10.0/Pasted.dll")).Successful();
        double accuracy = double.Parse(Regex.Match(output, @"^accuracy ([01]\.\d+)", RegexOptions.Multiline).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(accuracy > 0.95, output);
        Assert.True(File.Exists(Path.Combine(folder, "digits.safetensors")));
    }

    [Theory]
    [InlineData("src/NetGen/README.md", 0)]
    [InlineData("src/NetGen.Training/README.md", 1)]
    public void A_packages_readme_shows_the_same_program(string readme, int place) =>
        Assert.Equal(WithoutComments(Programs("README.md")[place]), WithoutComments(Assert.Single(Programs(readme))));

    private static string[] Programs(string readme) => [.. Blocks(readme, "csharp").Where(static b => b.Contains("using NetGen;", StringComparison.Ordinal))];

    private static string[] Blocks(string file, string language) =>
        [.. Regex.Matches(File.ReadAllText(Path.Combine(PackageFeed.Repository, file)), $@"^```{language}\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Select(static m => m.Groups[1].Value)];

    private static string WithoutComments(string code) => Regex.Replace(Regex.Replace(code, "//.*", ""), @"\s+", " ").Trim();
}
