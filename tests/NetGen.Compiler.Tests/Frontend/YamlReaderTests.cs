using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Spec;
using Xunit;

namespace NetGen.Compiler.Tests.Frontend;

public sealed class YamlReaderTests
{
    private static string Show(string text)
    {
        DiagnosticBag bag = new();
        MapValue? map = YamlReader.Read(text, bag);
        Assert.Empty(bag.ToArray());
        return MarkedSpec.Show(map!, text);
    }

    [Theory]
    [InlineData("a: 1\nb: x", "(a⟨a⟩: 1⟨1⟩, b⟨b⟩: x⟨x⟩)⟨a: 1\\nb: x⟩")]
    [InlineData("a: 1\r\nb:  x \r\n\r\n", "(a⟨a⟩: 1⟨1⟩, b⟨b⟩: x⟨x⟩)⟨a: 1\\r\\nb:  x⟩")]
    [InlineData("a: 1\rb: x\r", "(a⟨a⟩: 1⟨1⟩, b⟨b⟩: x⟨x⟩)⟨a: 1\\rb: x⟩")]
    [InlineData("\uFEFFa: 1\nb: 2\n", "(a⟨a⟩: 1⟨1⟩, b⟨b⟩: 2⟨2⟩)⟨a: 1\\nb: 2⟩")]
    [InlineData("\uFEFF{a: 1}", "(a⟨a⟩: 1⟨1⟩)⟨{a: 1}⟩")]
    [InlineData("a: 1\n...\n", "(a⟨a⟩: 1⟨1⟩)⟨a: 1⟩")]
    [InlineData("%YAML 1.2\n---\na: 1\n", "(a⟨a⟩: 1⟨1⟩)⟨a: 1⟩")]
    [InlineData("%YAML 1.1\n---\na: 1\n", "(a⟨a⟩: 1⟨1⟩)⟨a: 1⟩")]
    public void Keys_and_values_have_their_places_whatever_ends_the_lines(string text, string expected) =>
        Assert.Equal(expected, Show(text));

    [Theory]
    [InlineData("😀: é # 😀\nb: \"😀\" # é\nc: 'é😀' \n", "(😀⟨😀⟩: é⟨é⟩, b⟨b⟩: \"😀\"⟨\"😀\"⟩, c⟨c⟩: \"é😀\"⟨'é😀'⟩)⟨😀: é # 😀\\nb: \"😀\" # é\\nc: 'é😀'⟩")]
    [InlineData("# \té\t😀\na:\t1\t# \t\n\t\n\t# x\nb: 2", "(a⟨a⟩: 1⟨1⟩, b⟨b⟩: 2⟨2⟩)⟨a:\t1\t# \t\\n\t\\n\t# x\\nb: 2⟩")]
    public void Letters_beyond_ASCII_and_tabs_behind_the_content_move_nothing(string text, string expected) =>
        Assert.Equal(expected, Show(text));

    [Theory]
    [InlineData("a: x y\n  z\n\n\nb: 1", "(a⟨a⟩: x y z⟨x y\\n  z⟩, b⟨b⟩: 1⟨1⟩)⟨a: x y\\n  z\\n\\n\\nb: 1⟩")]
    [InlineData("a: 'it''s\n  so'", "(a⟨a⟩: \"it's so\"⟨'it''s\\n  so'⟩)⟨a: 'it''s\\n  so'⟩")]
    [InlineData("a: \"\\u0041\\\"\"", "(a⟨a⟩: \"A\"\"⟨\"\\u0041\\\"\"⟩)⟨a: \"\\u0041\\\"\"⟩")]
    [InlineData("a: |\n  x\n  y\n\n\nb: >-\n  z\n\n# c\n", "(a⟨a⟩: \"x\ny\n\"⟨|\\n  x\\n  y⟩, b⟨b⟩: \"z\"⟨>-\\n  z⟩)⟨a: |\\n  x\\n  y\\n\\n\\nb: >-\\n  z⟩")]
    [InlineData("a: b#c #d", "(a⟨a⟩: b#c⟨b#c⟩)⟨a: b#c⟩")]
    public void A_scalar_covers_its_text_as_written(string text, string expected) =>
        Assert.Equal(expected, Show(text));

    [Theory]
    [InlineData("a:\nb: # x\nc:\n  d:\n", "(a⟨a⟩: ⟨⟩, b⟨b⟩: ⟨⟩, c⟨c⟩: (d⟨d⟩: ⟨⟩)⟨d:⟩)⟨a:\\nb: # x\\nc:\\n  d:⟩")]
    [InlineData("a: &x\nb: [&y , *x]", "(a⟨a⟩: ⟨⟩, b⟨b⟩: (⟨⟩, ⟨⟩)⟨[&y , *x]⟩)⟨a: &x\\nb: [&y , *x]⟩")]
    [InlineData("a:\n  -\n  - x\n", "(a⟨a⟩: (⟨⟩, x⟨x⟩)⟨\\n  - x⟩)⟨a:\\n  -\\n  - x⟩")]
    [InlineData("{a: , b, ? c}", "(a⟨a⟩: ⟨⟩, b⟨b⟩: ⟨⟩, c⟨c⟩: ⟨⟩)⟨{a: , b, ? c}⟩")]
    public void An_empty_value_stands_behind_its_key(string text, string expected) =>
        Assert.Equal(expected, Show(text));

    [Fact]
    public void An_empty_value_is_placed_right_behind_the_colon()
    {
        MapValue map = YamlReader.Read("a: # here\nb: 1", new DiagnosticBag())!;
        Assert.Equal(2, map.Find("a")!.Value.Span.Start);
        Assert.Equal(0, map.Find("a")!.Value.Span.Length);
        Assert.True(map.Find("a")!.Value is ScalarValue { IsNull: true });
    }

    [Theory]
    [InlineData("l:\n  - x\n  - dense: 1\n    y: 2\n\n\n# c\nb: 1\n",
        "(l⟨l⟩: (x⟨x⟩, (dense⟨dense⟩: 1⟨1⟩, y⟨y⟩: 2⟨2⟩)⟨dense: 1\\n    y: 2⟩)⟨x\\n  - dense: 1\\n    y: 2⟩, b⟨b⟩: 1⟨1⟩)⟨l:\\n  - x\\n  - dense: 1\\n    y: 2\\n\\n\\n# c\\nb: 1⟩")]
    [InlineData("l:\n- x\n- y\nb: 1", "(l⟨l⟩: (x⟨x⟩, y⟨y⟩)⟨x\\n- y⟩, b⟨b⟩: 1⟨1⟩)⟨l:\\n- x\\n- y\\nb: 1⟩")]
    [InlineData("l: [1,\n  2,\n]\nm: {x: 1,\n y:,\n z }  # e\n",
        "(l⟨l⟩: (1⟨1⟩, 2⟨2⟩)⟨[1,\\n  2,\\n]⟩, m⟨m⟩: (x⟨x⟩: 1⟨1⟩, y⟨y⟩: ⟨⟩, z⟨z⟩: ⟨⟩)⟨{x: 1,\\n y:,\\n z }⟩)⟨l: [1,\\n  2,\\n]\\nm: {x: 1,\\n y:,\\n z }⟩")]
    [InlineData("l: [a: 1, {b: 2}, []]", "(l⟨l⟩: ((a⟨a⟩: 1⟨1⟩)⟨a: 1⟩, (b⟨b⟩: 2⟨2⟩)⟨{b: 2}⟩, ()⟨[]⟩)⟨[a: 1, {b: 2}, []]⟩)⟨l: [a: 1, {b: 2}, []]⟩")]
    [InlineData("{\"a\":1, 'b':[2] , c: {}}", "(a⟨\"a\"⟩: 1⟨1⟩, b⟨'b'⟩: (2⟨2⟩)⟨[2]⟩, c⟨c⟩: ()⟨{}⟩)⟨{\"a\":1, 'b':[2] , c: {}}⟩")]
    [InlineData("l:\n  - - a\n    - b\n  - c", "(l⟨l⟩: ((a⟨a⟩, b⟨b⟩)⟨a\\n    - b⟩, c⟨c⟩)⟨a\\n    - b\\n  - c⟩)⟨l:\\n  - - a\\n    - b\\n  - c⟩")]
    public void Maps_and_lists_cover_their_first_to_their_last_text(string text, string expected) =>
        Assert.Equal(expected, Show(text));

    [Theory]
    [InlineData("a: &x [1, 2]\nb: *x\n", "(a⟨a⟩: (1⟨1⟩, 2⟨2⟩)⟨[1, 2]⟩, b⟨b⟩: (1⟨1⟩, 2⟨2⟩)⟨[1, 2]⟩)⟨a: &x [1, 2]\\nb: *x⟩")]
    [InlineData("a: &x\n  k: v\nb: *x\n", "(a⟨a⟩: (k⟨k⟩: v⟨v⟩)⟨k: v⟩, b⟨b⟩: (k⟨k⟩: v⟨v⟩)⟨k: v⟩)⟨a: &x\\n  k: v\\nb: *x⟩")]
    [InlineData("a: &x 1\nb: &x 2\nc: *x\n", "(a⟨a⟩: 1⟨1⟩, b⟨b⟩: 2⟨2⟩, c⟨c⟩: 2⟨2⟩)⟨a: &x 1\\nb: &x 2\\nc: *x⟩")]
    [InlineData("a: &v b\n*v : c\n", "(a⟨a⟩: b⟨b⟩, b⟨*v⟩: c⟨c⟩)⟨a: &v b\\n*v : c⟩")]
    [InlineData("&m\na: 1\n", "(a⟨a⟩: 1⟨1⟩)⟨a: 1⟩")]
    [InlineData("a: &x # c\n  [1]\n", "(a⟨a⟩: (1⟨1⟩)⟨[1]⟩)⟨a: &x # c\\n  [1]⟩")]
    public void A_value_behind_an_alias_keeps_the_place_where_it_is_written(string text, string expected) =>
        Assert.Equal(expected, Show(text));

    [Theory]
    [InlineData("a: !!str 5", "(a⟨a⟩: \"5\"⟨5⟩)⟨a: !!str 5⟩")]
    [InlineData("a: ! 5", "(a⟨a⟩: \"5\"⟨5⟩)⟨a: ! 5⟩")]
    [InlineData("a: !!int '5'", "(a⟨a⟩: 5⟨'5'⟩)⟨a: !!int '5'⟩")]
    [InlineData("a: &z !!float 5", "(a⟨a⟩: 5⟨5⟩)⟨a: &z !!float 5⟩")]
    [InlineData("a: !!bool &z true", "(a⟨a⟩: true⟨true⟩)⟨a: !!bool &z true⟩")]
    [InlineData("a: !<tag:yaml.org,2002:null>", "(a⟨a⟩: ⟨⟩)⟨a: !<tag:yaml.org,2002:null>⟩")]
    [InlineData("!!map\na: !!seq [!!map {}]", "(a⟨a⟩: (()⟨{}⟩)⟨[!!map {}]⟩)⟨a: !!seq [!!map {}]⟩")]
    [InlineData("a: !!str", "(a⟨a⟩: \"\"⟨⟩)⟨a: !!str⟩")]
    public void The_core_schemas_tags_are_understood(string text, string expected) => Assert.Equal(expected, Show(text));
}
