using System;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Targets;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Emit;

public sealed class LongLinesTests
{
    [Fact]
    public void A_short_text_stays_itself()
    {
        const string Text = "int x = 1;\n\nint y = 2;\n";

        Assert.Same(Text, LongLines.Fold(Text));
    }

    [Fact]
    public void A_call_is_folded_behind_the_outermost_comma_that_fits()
    {
        string first = new('a', 70), second = new('b', 60), third = new('c', 60);

        Assert.Equal($"    F(G({first}, 1), {second},\n        H({third}, 2));\n", LongLines.Fold($"    F(G({first}, 1), {second}, H({third}, 2));\n"));
    }

    [Fact]
    public void Type_arguments_stay_together()
    {
        string first = new('a', 140);

        Assert.Contains($"F<{first}, B>(x,", LongLines.Fold($"F<{first}, B>(x, y, z, v, w, u);\n"));
    }

    [Fact]
    public void A_string_is_not_broken()
    {
        string text = new('a', 120);

        Assert.Equal($"throw new E(\"{text}, a, b\" + length\n    + \", and more\", \"name\");\n", LongLines.Fold($"throw new E(\"{text}, a, b\" + length + \", and more\", \"name\");\n").Replace(" +\n", "\n"));
    }

    [Fact]
    public void A_comment_is_folded_between_words_and_a_table_is_not()
    {
        string words = string.Join(' ', Enumerable.Repeat("word", 40)), table = "/// " + new string('x', 200);

        string[] lines = LongLines.Fold($"    // {words}\n/// <code>\n{table}\n/// </code>\n").Split('\n');

        Assert.All(lines.Take(2), static l => Assert.StartsWith("    // word", l));
        Assert.Equal(table, lines[3]);
    }

    [Theory]
    [InlineData("net10.0")]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    [InlineData("unity")]
    [InlineData("minimal")]
    public void Generated_code_has_no_line_that_is_too_long(string target)
    {
        string text = GeneratedAssembly.Emit("Net", """
            input: [1, 12, 12]
            layers:
              - conv2d: { filters: 8, kernel_size: 3, padding: same, activation: relu, name: a_layer_whose_name_is_long }
              - batch_norm
              - max_pool2d: 2
              - flatten
              - dense: { units: 40, activation: gelu, name: another_layer_whose_name_is_long }
              - dropout: 0.2
              - dense: 10
              - softmax
            loss: cross_entropy
            optimizer: { adamw: { clip_norm: 1 } }
            """, Target.Named.Single(t => t.Item1 == target).Item2);

        Assert.DoesNotContain(text.Split('\n'), static l => l.Length > LongLines.Most);
    }
}
