using System.Collections.Generic;
using System.Linq;
using NetGen.Replay;
using NetGen.Replay.Comparison;
using NetGen.Replay.Storage;
using Xunit;

namespace NetGen.Compiler.Tests.Replay;

/// <summary>How the emission replay compares what was recorded.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public void Texts_are_matched_by_their_networks_wherever_the_specs_stand()
    {
        static TextEntry Entry(string place, string network, string text) => new(TextEntry.KeyOf(place, network, "net10.0/auto"), text, 1, 1);
        var comparison = ManifestComparison.Of(
            new Manifest("1", false, "", [Entry("a", "1", "x"), Entry("b", "2", "x"), Entry("c", "3", "x")]),
            new Manifest("2", false, "", [Entry("a", "1", "x"), Entry("moved", "2", "y"), Entry("d", "4", "x")]));
        Assert.Equal(1, comparison.Equal);
        Assert.Equal([new ChangedText("moved#2@net10.0/auto", "x", "y")], comparison.Changed);
        Assert.Equal(["d#4@net10.0/auto"], comparison.New);
        Assert.Equal(["c#3@net10.0/auto"], comparison.Gone);
    }

    [Fact]
    public void Texts_in_which_the_same_lines_changed_are_one_group()
    {
        (string Old, string New)[] texts =
        [
            ("a\n  x = 1;\nb\n", "a\n  x = 2;\nb\n"),
            ("c\nd\n      x = 1;\nd\n      x = 1;\n", "c\nd\n      x = 2;\nd\n      x = 2;\n"), // further in, and twice
            ("a\n  x = 1;\nb\n", "a\n  x = 1;\n"),
            ("a\n  x = 3;\nb\n", "a\n  x = 4;\nb\n"), // another number
        ];
        IReadOnlyList<DiffGroup> groups = DiffGroup.Of(Changes(texts), static text => text);
        Assert.Equal(["0 1", "2", "3"], groups.Select(static group => string.Join(' ', group.Texts.Select(static text => text.Key))));
        Assert.Equal((2, 4), (groups[0].FewestLines, groups[0].MostLines));
    }

    [Fact]
    public void Kinds_are_single_changes_but_for_numbers()
    {
        (string Old, string New)[] texts =
        [
            ("i < 12; i++\nb\ni < 7; i++\nc\nd\nf\ng\n", "i < 12; ++i\nb\ni < 7; ++i\nc\ne\nf\ng\n"),
            ("a\ni < 1.5e-3; i++\n", "a\ni < 2; ++i\n"),
        ];
        IReadOnlyList<ChangeKind> kinds = ChangeKind.Of(Changes(texts), static text => text);
        Assert.Equal([(2, 3, "0", 0), (1, 1, "0", 2)], kinds.Select(static kind => (kind.Texts, kind.Places, kind.Example.Key, kind.Change)));
        Assert.Equal(["@@ line 5 @@", " i < 7; i++", " c", "-d", "+e", " f", " g"], LineDiff.Of(texts[0].Old, texts[0].New).Unified(2));
    }

    [Fact]
    public void A_diff_has_two_lines_around_each_change()
    {
        var diff = LineDiff.Of("1\n2\n3\n4\n5\n6\n", "1\n2\n3\nfour\n5\n6\n");
        Assert.Equal(["@@ -2,5 +2,5 @@", " 2", " 3", "-4", "+four", " 5", " 6"], diff.Unified());
        Assert.Equal(2, diff.Lines);
    }

    [Fact]
    public void What_the_compiler_threw_is_one_group_for_all_files_that_it_stands_for()
    {
        const string Thrown = "// emission failed: InvalidOperationException: no\n";
        DiffGroup group = Assert.Single(DiffGroup.Of(Changes([("a\n", Thrown), ("b\nc\n", Thrown)]), static text => text));
        Assert.Equal(2, group.Texts.Count);
    }

    [Theory]
    [InlineData("float x = 1f;\nCall(x); // x\n", "float y = 1f;\nCall(y); // y\n")]
    [InlineData("float x = 1f;\nCall(x); // x\n", "float y = 1f;\nCall(y); // x\n")] // the comment has the old name still
    [InlineData("void A(int b, float[] c) { }\nA(1, d);\n", "void B(int a, float[] e) { }\nB(1, d);\n")]
    [InlineData("using L = System.Math;\nreturn L.Max(1, 2);\n", "using M = System.Math;\nreturn M.Max(1, 2);\n")]
    [InlineData("static T A<T>(T b) where T : struct\nA<float>(c);\n", "static U B<U>(U b) where U : struct\nB<float>(c);\n")]
    [InlineData("internal struct Pair\ninternal Pair(int a)\nPair p;\n", "internal struct Two\ninternal Two(int a)\nTwo p;\n")]
    public void Names_that_a_file_declares_may_become_others(string old, string now) => Assert.True(NameComparison.AreEqual(old, now));

    [Theory]
    [InlineData("float x = 1f;\nCall(x);\n", "float x = 1f;\nOther(x);\n")] // not of this file
    [InlineData("float x = L.Max(1, 2);\n", "float x = L.Min(1, 2);\n")]
    [InlineData("private static List<float> x;\n", "private static Set<float> x;\n")]
    [InlineData("return x < Limit;\n", "return x < Most;\n")]
    [InlineData("float x = 1f, y = 2f;\nCall(x, y);\n", "float z = 1f, z = 2f;\nCall(z, z);\n")] // two became one
    [InlineData("float x = 1f;\nfloat y = 2f;\nCall(x);\n", "float y = 1f;\nfloat x = 2f;\nCall(x);\n")] // one use was left behind
    [InlineData("float x = 1f;\nCall(x);\nCall(x);\n", "float y = 1f;\nCall(y);\nCall(x);\n")]
    [InlineData("float x = 1f;\n", "double x = 1f;\n")]
    [InlineData("float x = 1f;\n", "float y = 2f;\n")]
    [InlineData("string x = \"x\";\n", "string y = \"y\";\n")] // strings are what users see
    [InlineData("float x = 1f; // a\n", "float x = 1f; // b\n")]
    [InlineData("float x = 1f;\n", "float x = 1f;\n\n")]
    public void Nothing_else_may(string old, string now) => Assert.False(NameComparison.AreEqual(old, now));

    [Theory]
    [InlineData(null, "def", "abc-dirty")] // the newest
    [InlineData(null, "abc-dirty", "abc-full")]
    [InlineData("ab", "def", "abc")] // the commit, not what was made of it
    [InlineData("abc-d", "abc-dirty", "abc-dirty")] // the working tree itself where it is asked for
    public void What_a_change_is_compared_with(string? wanted, string current, string expected) =>
        Assert.Equal(expected, Vault.ChooseBase(["abc-dirty", "abc-full", "abc"], wanted, current));

    [Fact]
    public void Without_anything_else_the_working_tree_is_compared_with_itself()
    {
        Assert.Equal("abc", Vault.ChooseBase(["abc"], null, "abc"));
        Assert.Throws<ReplayException>(() => Vault.ChooseBase([], null, "abc"));
        Assert.Throws<ReplayException>(() => Vault.ChooseBase(["abc"], "x", "abc"));
    }

    /// <summary>Changes whose keys are their places, and whose texts stand for their hashes.</summary>
    private static IEnumerable<ChangedText> Changes((string Old, string New)[] texts) =>
        texts.Select(static (text, k) => new ChangedText($"{k}", text.Old, text.New));
}
