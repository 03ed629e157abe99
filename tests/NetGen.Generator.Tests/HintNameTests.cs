using System;
using System.IO;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Generator.Output;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The names of the generated files.</summary>
public sealed class HintNameTests
{
    [Theory]
    [InlineData("Digits", "Digits.g.cs")]
    [InlineData("My.App.Digits", "My.App.Digits.g.cs")]
    [InlineData("My.App.Outer+Digits", "My.App.Outer.Digits.g.cs")]
    public void They_are_the_full_names_of_the_classes(string metadataName, string hintName)
    {
        Assert.Equal(hintName, HintNames.Of(metadataName, EquatableArray.Of(metadataName, "Other")));
    }

    [Fact]
    public void They_are_unique_whatever_the_case()
    {
        var all = EquatableArray.Of("a.net", "A.Net", "A.net", "A.NET", "A.Net2");

        string[] names = [.. all.Select(n => HintNames.Of(n, all))];

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(names.Order(), all.Reverse().Select(n => HintNames.Of(n, all.Reverse().ToEquatable())).Order());
    }

    [Fact]
    public void Long_ones_are_cut_and_still_differ()
    {
        string space = string.Join(".", Enumerable.Repeat("Namespace", 40));
        var all = EquatableArray.Of($"One.{space}.Net", $"Two.{space}.Net", $"two.{space}.Net");

        string[] names = [.. all.Select(n => HintNames.Of(n, all))];

        Assert.Equal(3, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, n =>
        {
            Assert.True(n.Length < 140);
            Assert.Equal(-1, n.IndexOfAny(Path.GetInvalidFileNameChars()));
        });
    }
}
