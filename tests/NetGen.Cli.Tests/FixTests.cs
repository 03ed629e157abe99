using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>The applying of fixes to a text.</summary>
public sealed class FixTests
{
    [Fact]
    public void The_first_fix_of_each_diagnostic_is_applied()
    {
        (string text, IReadOnlyList<AppliedFix> applied) = FixApplier.Apply("one two three", [Found([Edit(0, 3, "1")], [Edit(0, 3, "I")]), Found([Edit(8, 5, "3")])]);
        Assert.Equal("1 two 3", text);
        Assert.Equal(2, applied.Count);
    }

    [Fact]
    public void A_fix_of_several_edits_is_applied_whole() =>
        Assert.Equal("(b)", FixApplier.Apply("b", [Found([Edit(0, 0, "("), Edit(1, 0, ")")])]).Text);

    [Fact]
    public void A_fix_that_overlaps_one_before_is_left_for_the_next_round()
    {
        (string text, IReadOnlyList<AppliedFix> applied) = FixApplier.Apply("abc", [Found([Edit(0, 2, "x")]), Found([Edit(1, 1, "y"), Edit(2, 1, "z")])]);
        Assert.Equal("xc", text);
        Assert.Single(applied);
    }

    [Fact]
    public void Edits_that_touch_do_not_overlap() =>
        Assert.Equal("xy", FixApplier.Apply("ab", [Found([Edit(0, 1, "x")]), Found([Edit(1, 1, "y")])]).Text);

    [Theory]
    [InlineData("a\r\nb", "c\r\na\r\nb")]
    [InlineData("a\nb", "c\na\nb")]
    [InlineData("a\rb", "c\ra\rb")]
    public void A_new_line_ends_as_the_others_do(string text, string expected) =>
        Assert.Equal(expected, FixApplier.Apply(text, [Found([Edit(0, 0, "c\n")])]).Text);

    [Fact]
    public void It_checks_again_until_nothing_changes()
    {
        // Each round finds one mistake: the first letter that is not x.
        FixedText result = FixApplier.Run("abc", static text =>
            text.Select(static (c, k) => (c, k)).Where(static p => p.c != 'x').Take(1).Select(static p => Found([Edit(p.k, 1, "x")])).ToArray());
        Assert.Equal("xxx", result.Text);
        Assert.Equal(3, result.Applied.Count);
        Assert.Empty(result.Remaining);
    }

    [Fact]
    public void Fixes_that_undo_one_another_end()
    {
        FixedText result = FixApplier.Run("a", static text => [Found([Edit(0, 1, text == "a" ? "b" : "a")])]);
        Assert.Equal(10, result.Applied.Count);
        Assert.Single(result.Remaining);
    }

    private static TextEdit Edit(int start, int length, string text) => new(start, length, text);

    private static Diagnostic Found(params TextEdit[][] fixes) =>
        new(Rules.OutOfRange, default, "") { Fixes = fixes.Select(static (edits, k) => new Fix($"fix {k}", edits.ToEquatable())).ToEquatable() };
}
