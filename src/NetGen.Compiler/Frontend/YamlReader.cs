using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetGen.Compiler.Frontend;

/// <summary>
/// Reads a spec in YAML 1.2 into values with the places where they stand. The only file that sees YamlDotNet, of which it uses
/// the parser's events alone; what the parser says of positions is brought right here.
/// </summary>
internal sealed class YamlReader
{
    public const int MaxDepth = 32;
    public const int MaxValues = 20_000;
    public const int MaxScalarLength = 1_000;

    private const string TagPrefix = "tag:yaml.org,2002:";

    private readonly string _text;
    private readonly int _shift;
    private readonly LineMap _lines;
    private readonly DiagnosticBag _diagnostics;
    private readonly Parser _parser;
    private readonly Dictionary<string, Anchored> _anchors = new(StringComparer.Ordinal);
    private int _values;

    private YamlReader(string text, LineMap lines, DiagnosticBag diagnostics)
    {
        // The parser takes a byte order mark for a letter.
        _shift = text.Length > 0 && text[0] == SpecText.ByteOrderMark ? 1 : 0;
        _text = text;
        _lines = lines;
        _diagnostics = diagnostics;
        _parser = new Parser(new Scanner(new StringReader(text.Substring(_shift)), skipComments: true));
    }

    /// <summary>
    /// The map that the text holds, or null with a diagnostic where it holds none or cannot be read. Never throws for what a user wrote.
    /// </summary>
    public static MapValue? Read(string text, DiagnosticBag diagnostics)
    {
        string? prepared = SpecText.Prepare(text, diagnostics);
        if (prepared is null)
            return null;
        YamlReader reader = new(prepared, new LineMap(prepared), diagnostics);
        try
        {
            return reader.ReadStream();
        }
        catch (Refused refused)
        {
            diagnostics.Report(refused.Rule, refused.Span, refused.Message);
        }

        return null;
    }

    private MapValue? ReadStream()
    {
        Next();
        Next();
        if (_parser.Current is StreamEnd)
        {
            _diagnostics.Report(
                Rules.NotANetwork, _lines.Span(0, 0), "the file holds no network; write at least 'input: 4' and 'layers:' with a list of layers below it");
            return null;
        }

        Next();
        Node root = ReadNode(1);
        Next();
        Next();
        bool several = _parser.Current is DocumentStart;
        if (_parser.Current is DocumentStart second)
        {
            (int start, int end) = (Start(second), End(second));
            _diagnostics.Report(
                Rules.SeveralDocuments,
                start < end ? _lines.Span(start, end) : _lines.Span(start, EndOfLine(start)),
                "a second document begins here; a file holds one network, so remove it or move it to a file of its own");
        }

        if (root.Value is MapValue map)
            return map;
        if (several && root.Value is ScalarValue { IsNull: true })
            return null;
        string found = root.Value switch
        {
            ListValue => "the file holds a list; a spec is a map, with 'input: 4' and the list of layers below 'layers:'",
            ScalarValue { IsNull: true } => "the file holds no network; write at least 'input: 4' and 'layers:' with a list of layers below it",
            ScalarValue { IsPlain: true } scalar when scalar.Text.IndexOf(':') > 0 =>
                "the file holds a text; a spec is a map, and a key's colon needs a space behind it: write 'input: 4' and 'layers:' with a list of layers below it",
            _ => "the file holds a single value; a spec is a map, with 'input: 4' and 'layers:' with a list of layers below it",
        };
        _diagnostics.Report(Rules.NotANetwork, _lines.Span(root.Start, Math.Min(root.End, EndOfLine(root.Start))), found);
        return null;
    }

    /// <summary>A value and where it is used, which for an alias is not where it was written.</summary>
    private readonly record struct Node(SpecValue Value, int Start, int End);

    /// <summary>A value with a name for aliases; null while it is being read, when an alias to it would never end.</summary>
    private readonly record struct Anchored(SpecValue? Value, int Values, int Height);

    /// <summary>Reads the node at the current event, and stands on its last event afterwards.</summary>
    private Node ReadNode(int depth)
    {
        ParsingEvent current = Current;
        if (current is AnchorAlias alias)
            return ReadAlias(alias, depth);
        NodeEvent node = (NodeEvent)current;
        int start = SkipProperties(Start(node), End(node), out int tagStart, out int tagEnd);
        Count(1, depth, node is Scalar ? 0 : 1, start);

        string anchor = node.Anchor.IsEmpty ? "" : node.Anchor.Value;
        if (anchor.Length > 0)
            _anchors[anchor] = default;
        int before = _values;
        (Node result, int height) = node switch
        {
            Scalar scalar => (ReadScalar(scalar, start, tagStart, tagEnd), 0),
            SequenceStart => ReadList((SequenceStart)node, start, tagStart, tagEnd, depth),
            MappingStart => ReadMap((MappingStart)node, start, tagStart, tagEnd, depth),
            _ => throw new InvalidOperationException(),
        };
        _height = height;
        if (anchor.Length > 0)
            _anchors[anchor] = new Anchored(result.Value, _values - before + 1, height);
        return result;
    }

    /// <summary>How many collections lie in the node read last, one in another, itself included.</summary>
    private int _height;

    private Node ReadAlias(AnchorAlias alias, int depth)
    {
        int start = Start(alias);
        int end = End(alias);
        string name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out Anchored anchored))
            throw Refuse(Rules.Syntax, start, end, $"the alias *{name} has no anchor before it; put &{name} in front of the value that it repeats");
        if (anchored.Value is null)
            throw Refuse(Rules.Limits, start, end, $"the alias *{name} stands inside the value that it repeats, which would never end; write the value out");
        Count(anchored.Values, depth, anchored.Height, start);
        _height = anchored.Height;
        return new Node(anchored.Value, start, end);
    }

    private void Count(int values, int depth, int height, int start)
    {
        if (depth + height - 1 > MaxDepth)
            throw Refuse(Rules.Limits, start, start + 1, $"maps and lists are nested more than {MaxDepth} deep here; a spec needs no more than a few");
        _values += values;
        if (_values > MaxValues)
        {
            throw Refuse(Rules.Limits, start, start + 1, string.Format(
                CultureInfo.InvariantCulture, "the spec has more than {0:N0} values from here on, aliases written out; make it smaller", MaxValues));
        }
    }

    private Node ReadScalar(Scalar scalar, int start, int tagStart, int tagEnd)
    {
        int end = End(scalar);
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded || (scalar.Style == ScalarStyle.Plain && scalar.Value.Length == 0))
            end = TrimEnd(start, end);
        if (start > end || scalar.Value.Length == 0 && scalar.Style is ScalarStyle.Plain)
            start = end = TrimEnd(0, Math.Max(start, Math.Min(tagEnd, _text.Length)));
        SourceSpan span = _lines.Span(start, end);
        if (scalar.Value.Length > MaxScalarLength)
        {
            throw Refuse(Rules.Limits, start, Math.Min(end, EndOfLine(start)), string.Format(
                CultureInfo.InvariantCulture, "this text has {0:N0} characters, but a key or value may have {1:N0}", scalar.Value.Length, MaxScalarLength));
        }

        bool plain = scalar.Style == ScalarStyle.Plain;
        ScalarValue value = new(scalar.Value, plain, span);
        if (scalar.Tag.IsEmpty)
            return new Node(value, start, end);

        string tag = ShortTag(scalar.Tag.Value);
        ScalarValue asPlain = value with { IsPlain = true };
        bool fits = tag switch
        {
            "!" or "!!str" => true,
            "!!int" => CoreSchema.TryInteger(asPlain, out _) || CoreSchema.IsIntegerTooLarge(asPlain),
            "!!float" => CoreSchema.TryNumber(asPlain, out _),
            "!!bool" => CoreSchema.TryBoolean(asPlain, out _),
            "!!null" => asPlain.IsNull,
            _ => false,
        };
        if (!fits)
            throw WrongTag(tag, tagStart, tagEnd, $"'{Shorten(scalar.Value)}'");
        return new Node(tag is "!" or "!!str" ? value with { IsPlain = false } : asPlain, start, end);
    }

    private (Node Node, int Height) ReadList(SequenceStart sequence, int start, int tagStart, int tagEnd, int depth)
    {
        CheckTag(sequence.Tag, "!!seq", tagStart, tagEnd, "a list");
        bool brackets = sequence.Style == SequenceStyle.Flow && At(start, '[');
        List<SpecValue> items = [];
        int first = -1;
        int last = start;
        int height = 0;
        Next();
        while (Current is not SequenceEnd)
        {
            Node item = ReadNode(depth + 1);
            height = Math.Max(height, _height);
            items.Add(item.Value);
            first = first < 0 ? item.Start : first;
            last = item.End;
            Next();
        }

        int end = brackets ? EndBracket(']', last) : last;
        start = brackets || first < 0 ? start : first;
        return (new Node(new ListValue(new EquatableArray<SpecValue>(items), _lines.Span(start, end)), start, end), height + 1);
    }

    private (Node Node, int Height) ReadMap(MappingStart mapping, int start, int tagStart, int tagEnd, int depth)
    {
        CheckTag(mapping.Tag, "!!map", tagStart, tagEnd, "a map");
        // A single pair in a list, [a: 1], is a map in flow style too, without braces.
        bool braces = mapping.Style == MappingStyle.Flow && At(start, '{');
        List<SpecEntry> entries = [];
        Dictionary<string, SourceSpan> keys = new(StringComparer.Ordinal);
        int first = -1;
        int last = start;
        int height = 0;
        Next();
        while (Current is not MappingEnd)
        {
            (Spanned<string> key, int keyStart, int keyEnd) = ReadKey(depth + 1);
            first = first < 0 ? keyStart : first;
            Next();
            Node value = ReadNode(depth + 1);
            height = Math.Max(height, _height);
            last = Math.Max(keyEnd, value.End);
            if (keys.TryGetValue(key.Value, out SourceSpan earlier))
            {
                string line = (earlier.StartLine + 1).ToString(CultureInfo.InvariantCulture);
                _diagnostics.Report(
                    Rules.DuplicateKey, key.Span, $"the key '{Shorten(key.Value)}' stands in this map already, on line {line}; keep one of the two");
            }
            else
            {
                keys.Add(key.Value, key.Span);
                entries.Add(new SpecEntry(key, value.Value));
            }

            Next();
        }

        int end = braces ? EndBracket('}', last) : last;
        start = braces || first < 0 ? start : first;
        return (new Node(new MapValue(new EquatableArray<SpecEntry>(entries), _lines.Span(start, end)), start, end), height + 1);
    }

    private (Spanned<string> Key, int Start, int End) ReadKey(int depth)
    {
        Scalar? written = Current as Scalar;
        int keyStart = Start(Current);
        Node node = Current is Scalar or AnchorAlias ? ReadNode(depth) : default;
        if (node.Value is not ScalarValue scalar)
        {
            int start = SkipProperties(keyStart, End(Current), out _, out _);
            throw Refuse(Rules.Syntax, start, start + 1, "a key is a single word, not a list or a map; put the value behind a key and a colon");
        }

        // Keys do not count as values, of which they double the number.
        _values--;
        if (scalar.IsPlain && scalar.Text.Length == 0)
            throw Refuse(Rules.Syntax, node.End, node.End + 1, "a key is missing before this colon");
        if (scalar.Text == "<<" && written is { Style: ScalarStyle.Plain })
        {
            throw Refuse(Rules.Syntax, node.Start, node.End,
                "the merge key << is not part of YAML 1.2; write the keys out, or give the whole map an anchor and repeat it with an alias");
        }

        return (new Spanned<string>(scalar.Text, _lines.Span(node.Start, node.End)), node.Start, node.End);
    }

    private void CheckTag(TagName tag, string right, int tagStart, int tagEnd, string what)
    {
        if (!tag.IsEmpty && ShortTag(tag.Value) is string written && written != right && written != "!")
            throw WrongTag(written, tagStart, tagEnd, what);
    }

    private Refused WrongTag(string tag, int start, int end, string what) =>
        Refuse(Rules.Syntax, start, end, tag is "!!str" or "!!int" or "!!float" or "!!bool" or "!!null" or "!!map" or "!!seq"
            ? $"the tag {tag} does not fit {what}; leave it out"
            : $"the tag {Shorten(tag)} means nothing here; leave it out");

    private static string ShortTag(string tag) =>
        tag.StartsWith(TagPrefix, StringComparison.Ordinal) ? "!!" + tag.Substring(TagPrefix.Length) : tag;

    /// <summary>Where the content of a node begins, behind its anchor and tag, which the parser counts to it.</summary>
    private int SkipProperties(int start, int end, out int tagStart, out int tagEnd)
    {
        tagStart = tagEnd = start;
        int i = start;
        while (i < end && _text[i] is '&' or '!')
        {
            int property = i;
            while (i < end && !IsSpace(_text[i]))
                i++;
            if (_text[property] == '!')
                tagStart = property;
            tagEnd = i;
            int content = SkipSpaceAndComments(i, end);
            if (content >= end)
                return content;
            i = content;
        }

        return i;
    }

    private int SkipSpaceAndComments(int i, int end)
    {
        while (i < end && (IsSpace(_text[i]) || (_text[i] == '#' && IsSpace(_text[i - 1]))))
            i = _text[i] == '#' ? EndOfLine(i) : i + 1;
        return Math.Min(i, end);
    }

    private int EndBracket(char bracket, int last)
    {
        int i = Math.Max(Start(Current), last);
        return At(i, bracket) ? i + 1 : last;
    }

    private int TrimEnd(int start, int end)
    {
        end = Math.Min(end, _text.Length);
        while (end > start && IsSpace(_text[end - 1]))
            end--;
        return end;
    }

    private int EndOfLine(int i)
    {
        while (i < _text.Length && _text[i] is not ('\r' or '\n'))
            i++;
        return i;
    }

    private bool At(int i, char c) => i < _text.Length && _text[i] == c;

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static string Shorten(string text) => text.Length <= 40 ? text : text.Substring(0, 40) + "…";

    private int Start(ParsingEvent e) => Math.Min((int)e.Start.Index + _shift, _text.Length);

    private int End(ParsingEvent e) => Math.Min((int)e.End.Index + _shift, _text.Length);

    private ParsingEvent Current => _parser.Current ?? throw new InvalidOperationException();

    private void Next()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (YamlException e)
        {
            throw RefuseSyntax((int)e.Start.Index, (int)e.End.Index, e.Message);
        }
        catch (Exception e)
        {
            // On some broken texts the parser fails without saying where, and on most of those without saying why.
            int reached = (int)(_parser.Current?.End.Index ?? 0);
            throw RefuseSyntax(reached, reached, e is ArgumentException ? e.Message : null);
        }
    }

    private Refused RefuseSyntax(int start, int end, string? reason)
    {
        (start, end, string message) = SyntaxMessages.Explain(_text, start + _shift, end + _shift, reason);
        return Refuse(Rules.Syntax, start, end, message);
    }

    private Refused Refuse(Rule rule, int start, int end, string message) => new(rule, _lines.Span(start, end), message);

    /// <summary>Ends the reading at a mistake behind which nothing can be read.</summary>
    private sealed class Refused(Rule rule, SourceSpan span, string message) : Exception(message)
    {
        public Rule Rule { get; } = rule;

        public SourceSpan Span { get; } = span;
    }
}
