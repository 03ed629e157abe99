using System;
using System.Linq;
using System.Text;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Spec;
using Xunit;

namespace NetGen.Compiler.Tests.Frontend;

public sealed class YamlDiagnosticTests
{
    [Theory]
    [InlineData("a:\n{|NETGEN001:\t|}b: 1", "indented with a tab")]
    [InlineData("a:\n  - x\n  {|NETGEN001:\t\t|}- y\n", "indented with a tab")]
    [InlineData("a: {|NETGEN001:[|}x, y\nb: 1\n", "the bracket [ that opens here is not closed; add ]")]
    [InlineData("a: {|NETGEN001:[|}x, y", "the bracket [ that opens here")]
    [InlineData("l:\n  - d: {|NETGEN001:{|} u: 1\n  - e: { u: 2 }\n", "the bracket { that opens here is not closed; add }")]
    [InlineData("a: { b: {|NETGEN001:[|}1, 2 }\nc: 1", "the bracket [ that opens here is not closed; add ]")]
    [InlineData("a: {|NETGEN001:\"|}x\nb: 1\n", "the quote \" that opens here is not closed")]
    [InlineData("a: {|NETGEN001:'|}x\nb: 1\n", "the quote ' that opens here is not closed")]
    [InlineData("a: {|NETGEN001:'|}x\nb: 'y'\n", "the quote ' that opens here is not closed")]
    [InlineData("a: {|NETGEN001:\"|}x\nb: \"y\"\n", "the quote \" that opens here is not closed")]
    [InlineData("input{|NETGEN001::|}4\nlayers: [a]\n", "a space is missing after this colon")]
    [InlineData("a: 1\nb: x\nc{|NETGEN001::|}2\nd: 3\n", "a space is missing after this colon")]
    [InlineData("a: b{|NETGEN001::|} c\n", "a second ': '")]
    [InlineData("a: \"b\"{|NETGEN001::|} c\n", "a second ': '")]
    [InlineData("a: {|NETGEN001:-|} c\n", "a list cannot begin here")]
    [InlineData("a: 1\n  c{|NETGEN001::|} 2\n", "indented below a key that has a value already")]
    [InlineData("a:\n    b: 1\n  {|NETGEN001:c|}: 2\n", "'c' is not where a key of this map can stand; align it")]
    [InlineData("a: 1\n{|NETGEN001:bcd|}\nc: 2\n", "'bcd' is no 'key: value'")]
    [InlineData("a: 1\n{|NETGEN001:-|} x\n", "a list item stands among the keys of a map")]
    [InlineData("l:\n  - x\n  {|NETGEN001:y|}: 1\n", "'y' is not an item of this list; begin it with '- '")]
    [InlineData("a: [1,{|NETGEN001:,|} 2]\n", "a value is expected before ,")]
    [InlineData("a: {|NETGEN001:@x|}\n", "a value cannot begin with @; put it in quotes")]
    [InlineData("a: {|NETGEN001:`x`|}\n", "a value cannot begin with `; put it in quotes")]
    [InlineData("a: {|NETGEN001:\"\\q\"|}\n", "begins no known escape")]
    [InlineData("a: {|NETGEN001:\"\\uD800\"|}\n", "names no character")]
    [InlineData("a: \"x\" {|NETGEN001:y|}\n", "'y' is not where a key of this map can stand")]
    [InlineData("a: {|NETGEN001:*x|}\n", "the alias *x has no anchor before it; put &x in front of")]
    [InlineData("a: 1\n{|NETGEN001:<<|}: {b: 1}\n", "the merge key << is not part of YAML 1.2")]
    [InlineData("? {|NETGEN001:[|}a, b]\n: c\n", "a key is a single word")]
    [InlineData("{|NETGEN001::|} 1\n", "a key is missing before this colon")]
    [InlineData("a: {|NETGEN001:!foo|} 1\n", "the tag !foo means nothing here; leave it out")]
    [InlineData("a: {|NETGEN001:!e!x|} 1\n", "this tag is not known")]
    [InlineData("a: {|NETGEN001:!!int|} x\n", "the tag !!int does not fit 'x'")]
    [InlineData("a: {|NETGEN001:!!map|} [1]\n", "the tag !!map does not fit a list")]
    [InlineData("a:\n {|NETGEN001:&x|} - b\n", "put it behind")]
    [InlineData("a: &x 1\nb: &y {|NETGEN001:*x|}\n", "without an anchor or a tag of its own")]
    [InlineData("a: [{|NETGEN001:-|}, 1]\n", "a dash cannot stand alone in brackets")]
    [InlineData("a: { b: 1,\n{|NETGEN001:c|}: 2 }\n", "a line inside brackets is indented deeper")]
    [InlineData("l:\n  - a: [x, # c\n  {|NETGEN001:y|}]\n", "a line inside brackets is indented deeper")]
    [InlineData("a: [\n{|NETGEN001:1|}, 2\n]\n", "a line inside brackets is indented deeper")]
    [InlineData("{|NETGEN001:%YAML|} 2.0\n---\na: 1\n", "this version of YAML is not known")]
    [InlineData("a: 1{|NETGEN001:\0|}\n", "U+0000 is invisible and does not belong in YAML; save the file as UTF-8")]
    [InlineData("a: 1{|NETGEN001:\u2028|}\n", "U+2028")]
    [InlineData("a: 1\nb{|NETGEN001:\u00A0|}\nc: 1\n", "not a plain space but a look-alike")]
    public void A_syntax_error_is_placed_and_explained(string marked, string message)
    {
        (MapValue? spec, string[] messages) = MarkedSpec.Read(marked);
        Assert.Null(spec);
        Assert.Contains(message, messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Contains("U+D83D", MarkedSpec.Read("a: {|NETGEN001:\uD83D|} 1\n").Messages.Single(), StringComparison.Ordinal);

    [Theory]
    [InlineData("{|NETGEN002:|}", "holds no network; write at least 'input: 4' and 'layers:'")]
    [InlineData("{|NETGEN002:|}\n# nothing\n\n", "holds no network")]
    [InlineData("---{|NETGEN002:|}\n", "holds no network")]
    [InlineData("{|NETGEN002:hello|}\n", "holds a single value; a spec is a map")]
    [InlineData("{|NETGEN002:input:4|}\n", "needs a space behind it")]
    [InlineData("- {|NETGEN002:dense: 1|}\n- relu\n", "holds a list; a spec is a map")]
    public void A_file_without_a_map_shows_what_a_spec_looks_like(string marked, string message)
    {
        (MapValue? spec, string[] messages) = MarkedSpec.Read(marked);
        Assert.Null(spec);
        Assert.Contains(message, messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_key_that_stands_twice_the_first_is_kept_and_the_second_reported()
    {
        (MapValue? spec, string[] messages) = MarkedSpec.Read("""
            a: 1
            b: { x: 1, {|NETGEN004:x|}: 2 }
            {|NETGEN004:a|}: 3
            A: 4
            """);
        Assert.Equal("1", ((ScalarValue)spec!.Find("a")!.Value).Text);
        Assert.Equal(3, spec.Entries.Count);
        Assert.Contains("stands in this map already, on line 2", messages[0], StringComparison.Ordinal);
        Assert.Contains("stands in this map already, on line 1", messages[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: 1\n{|NETGEN005:---|}\nb: 2\n")]
    [InlineData("a: 1\n...\n{|NETGEN005:b: 2|}\n")]
    [InlineData("a: 1\n{|NETGEN005:---|}\n")]
    public void A_second_document_is_reported_and_the_first_is_read(string marked) =>
        Assert.NotNull(MarkedSpec.Read(marked).Spec!.Find("a"));

    [Fact]
    public void Nesting_ends_at_32()
    {
        static string Nested(int lists, string mark) => "a: " + new string('[', lists) + mark + new string(']', lists + (mark.Length > 0 ? 1 : 0));

        Assert.NotNull(MarkedSpec.Read(Nested(31, "")).Spec);
        Assert.Contains("nested more than 32 deep", MarkedSpec.Read(Nested(31, "{|NETGEN003:[|}")).Messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_cannot_nest_deeper_than_the_limit()
    {
        StringBuilder text = new("a: &a0 [1]\n");
        for (int i = 1; i < 31; i++)
            text.Append($"a{i}: &a{i} [*a{i - 1}]\n");
        Assert.NotNull(MarkedSpec.Read(text.ToString()).Spec);
        Assert.Null(MarkedSpec.Read(text + "a31: [{|NETGEN003:*|}a30]\n").Spec);
    }

    [Fact]
    public void A_spec_has_20000_values_at_most()
    {
        static string Listed(int values) => "a: [" + string.Concat(Enumerable.Repeat("1, ", values)) + "{|NETGEN003:1|}]";

        Assert.NotNull(MarkedSpec.Read(Listed(19_997).Replace("{|NETGEN003:1|}", "1")).Spec);
        Assert.Contains("more than 20,000 values", MarkedSpec.Read(Listed(19_998)).Messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_bomb_ends_in_a_diagnostic()
    {
        StringBuilder text = new("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 3; i++)
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        text.Append($"a3: [{string.Join(", ", Enumerable.Repeat("*a2", 16))}, {{|NETGEN003:*|}}a2, *a2]\n");
        Assert.Contains("aliases written out", MarkedSpec.Read(text.ToString()).Messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_inside_its_own_value_is_reported() =>
        Assert.Contains("would never end", MarkedSpec.Read("a: &x [1, {|NETGEN003:*x|}]").Messages.Single(), StringComparison.Ordinal);

    [Fact]
    public void Keys_and_values_have_1000_characters_at_most()
    {
        string most = new('x', 1_000);
        Assert.NotNull(MarkedSpec.Read($"a: {most}\n{most}: 1").Spec);
        Assert.Contains("1,001 characters, but a key or value may have 1,000", MarkedSpec.Read($"a: {{|NETGEN003:{most}x|}}").Messages.Single(), StringComparison.Ordinal);
        Assert.Contains("1,001 characters", MarkedSpec.Read($"{{|NETGEN003:{most}x|}}: 1").Messages.Single(), StringComparison.Ordinal);
        string tooLong = new('x', 5_000);
        Assert.Contains("5,000 characters", MarkedSpec.Read($"{{|NETGEN003:{tooLong}|}}: 1").Messages.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_over_1_MB_is_refused_with_both_sizes()
    {
        DiagnosticBag bag = new();
        Assert.Null(YamlReader.Read("a: 1\n" + new string('#', 1 << 20), bag));
        Diagnostic found = Assert.Single(bag.ToArray());
        Assert.Equal("NETGEN003", found.Rule.Id);
        Assert.Contains("1,048,581 characters, but a spec may have 1,048,576", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_message_speaks_of_the_parser()
    {
        DiagnosticBag bag = new();
        foreach (string text in YamlFuzzTests.Broken())
            YamlReader.Read(text, bag);
        foreach (Diagnostic diagnostic in bag.ToArray())
        {
            foreach (string word in new[] { "Line:", "Col:", "Idx:", "scanning", "parsing", "token", "scalar", "YamlDotNet" })
                Assert.DoesNotContain(word, diagnostic.Message, StringComparison.Ordinal);
        }
    }
}
