using System.Collections.Generic;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Text;
using Xunit;

namespace NetGen.Compiler.Tests.Emit;

/// <summary>Marked names become identifiers that nothing else in the file has.</summary>
public sealed class FileNamesTests
{
    private const string V = "\uE000", M = "\uE001", A = "\uE002";

    [Theory]
    [InlineData($"{V}hidden_layer + {V}hidden_layer", "hiddenLayer + hiddenLayer")]
    [InlineData($"{V}hidden{V}Gradient = {V}hidden", "hiddenGradient = hidden")]
    [InlineData($"{M}Run(x)", "Run(x)")]
    [InlineData($"{V}sum + sum", "sumValues + sum")] // the code has a sum of its own
    [InlineData($"{V}sum + sum + sumValues", "sumValues2 + sum + sumValues")]
    [InlineData($"{V}sum + this.sum", "sum + this.sum")] // a member of another is in nobody's way
    [InlineData($"{V}sum // sum of all", "sum // sum of all")] // neither is a comment
    [InlineData($"{V}sum + \"sum\"", "sum + \"sum\"")]
    [InlineData($"{V}class", "classValues")] // a keyword
    [InlineData($"{V}a_b + {V}aB", "aB + aBValues")] // two layers
    [InlineData($"{V}sum{V}At + {V}sum + sum", "sumValuesAt + sumValues + sum")] // what belongs to a value is called after it
    [InlineData($"// {V}sum", "// sum")]
    public void A_name_gets_an_identifier(string text, string settled) => Assert.Equal(settled, FileNames.Settle(text, static alias => alias, out _));

    [Fact]
    public void An_alias_is_what_is_free_where_the_file_stands()
    {
        string text = FileNames.Settle($"{A}Refs.Add({A}Jit)", static alias => alias == "Refs" ? "RefsOfNetwork" : alias, out Dictionary<string, string> names);

        Assert.Equal("RefsOfNetwork.Add(Jit)", text);
        Assert.Equal("RefsOfNetwork", names[A + "Refs"]);
    }

    [Fact]
    public void Marks_are_no_letters_of_names()
    {
        Assert.All(new[] { NameMark.Value, NameMark.Method, NameMark.Alias }, static mark =>
            Assert.True(NameMark.Is(mark) && !char.IsLetterOrDigit(mark) && mark != '_'));
        Assert.False(NameMark.Is('a'));
        Assert.Equal("a\uE000At", NameMark.Of("a", "At"));
    }
}
