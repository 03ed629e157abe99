using NetGen.Generator.Specs;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Paths as text, those of every system on any.</summary>
public sealed class SpecPathTests
{
    [Theory]
    [InlineData("digits.yaml", "digits.yaml")]
    [InlineData("./a//b/../digits.yaml", "a/digits.yaml")]
    [InlineData("../../digits.yaml", "../../digits.yaml")]
    [InlineData(@"a\b\digits.yaml", "a/b/digits.yaml")]
    [InlineData("/a/../../digits.yaml", "/digits.yaml")]
    [InlineData(@"C:\app\..\digits.yaml", "C:/digits.yaml")]
    [InlineData(@"\\share\specs\digits.yaml", "//share/specs/digits.yaml")]
    [InlineData("", "")]
    public void They_are_normalized(string path, string normal)
    {
        Assert.Equal(normal, SpecPath.Normalize(path));
    }

    [Theory]
    [InlineData("/app/Models/Net.cs", "/app/Models")]
    [InlineData("/Net.cs", "/")]
    [InlineData("Net.cs", "")]
    [InlineData(@"C:\Net.cs", "C:/")]
    public void Their_folder_is_found(string path, string folder)
    {
        Assert.Equal(folder, SpecPath.FolderOf(path));
    }

    [Theory]
    [InlineData("/app", "digits.yaml", "/app/digits.yaml")]
    [InlineData(@"C:\app\", @"..\digits.yaml", "C:/digits.yaml")]
    [InlineData("/app", "/other/digits.yaml", "/other/digits.yaml")]
    [InlineData("/", "digits.yaml", "/digits.yaml")]
    [InlineData("C:/", "digits.yaml", "C:/digits.yaml")]
    [InlineData("", "digits.yaml", "digits.yaml")]
    public void They_are_combined(string folder, string relative, string combined)
    {
        Assert.Equal(combined, SpecPath.Combine(folder, relative));
    }

    [Theory]
    [InlineData("/app/", "/app/a/digits.yaml", "a/digits.yaml")]
    [InlineData("/app", "/application/digits.yaml", "/application/digits.yaml")]
    [InlineData(@"C:\app\", "C:/app/digits.yaml", "digits.yaml")]
    [InlineData(null, "/app/digits.yaml", "/app/digits.yaml")]
    public void They_are_seen_from_a_folder(string? folder, string path, string relative)
    {
        Assert.Equal(relative, SpecPath.RelativeTo(folder, path));
    }
}
