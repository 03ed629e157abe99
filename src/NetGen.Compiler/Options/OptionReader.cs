using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Options;

/// <summary>
/// Reads the options of one <see cref="Node"/>: reports unknown keys at once, and each value of the wrong kind or out of
/// range where it is asked for. After an error the reader has failed and gives the default.
/// </summary>
internal sealed class OptionReader
{
    private readonly OptionKeys _keys;
    private readonly HashSet<string> _misspelt = [];
    private bool _hasStranger;

    /// <param name="owner">Who has these options, for messages: <c>layer 'hidden'</c>.</param>
    public OptionReader(Node node, string owner, OptionKeys keys, DiagnosticBag diagnostics, IElsewhere elsewhere)
    {
        Node = node;
        Owner = owner;
        _keys = keys;
        Diagnostics = diagnostics;
        Elsewhere = elsewhere;
        if (node.Main is not null && keys.Main is null)
        {
            // What every layer takes is no remedy.
            bool isLayer = keys.Keys.Contains("trainable");
            string[] own = [.. keys.Keys.Where(k => !isLayer || k is not ("name" or "trainable" or "from"))];
            string remedy = keys.Example is { } example ? $"write e.g. {node.Kind.Value}: {example}"
                : own.Length == 0 ? $"write '{node.Kind.Value}' alone"
                : $"write {node.Kind.Value}: {{ {string.Join(", ", own.Select(static k => k + ": …"))} }}";
            Report(Rules.WrongKind, node.Main.Span, $"{owner} takes no single value, but has {Node.Describe(node.Main)}; {remedy}");
        }

        foreach (SpecEntry option in node.Options)
        {
            if (!keys.Keys.Contains(option.Key.Value))
                ReportUnknownKey(option.Key);
        }
    }

    public Node Node { get; }

    public string Owner { get; }

    public DiagnosticBag Diagnostics { get; }

    public IElsewhere Elsewhere { get; }

    /// <summary>A named thing and its options, as the value of one of these. Null after an error.</summary>
    /// <param name="what"><c>an activation</c>, for messages.</param>
    public Node? ReadNode(SpecValue value, string what, string example)
    {
        if (Node.Of(value) is { } node)
            return node;
        if (value is MapValue { Entries.Count: > 1 } map)
        {
            string first = map.Entries[0].Key.Value;
            Diagnostics.Report(Rules.WrongKind, map.Entries[1].Key.Span,
                $"'{map.Entries[1].Key.Value}' stands beside '{first}', but {what} is one name with its options; write {first}: {{ …, {map.Entries[1].Key.Value}: … }}, or indent the options below '{first}:'");
        }
        else
        {
            Diagnostics.Report(Rules.WrongKind, value.Span, $"{what} is a name, or a name with its options, not {Node.Describe(value)}; write e.g. {example}");
        }

        return null;
    }

    /// <summary>Reads the options of something that stands within these.</summary>
    public OptionReader Within(Node node, string owner, OptionKeys keys) => new(node, owner, keys, Diagnostics, Elsewhere);

    /// <summary>Something was wrong.</summary>
    public bool Failed { get; private set; }

    /// <summary>Marks an error that was reported elsewhere.</summary>
    public void Fail() => Failed = true;

    public SpecValue? Find(string key) => key == _keys.Main && Node.Main is not null ? Node.Main : Node.Find(key);

    public SourceSpan SpanOf(string key) => Find(key)?.Span ?? Node.Kind.Span;

    public void Report(Rule rule, SourceSpan span, string message, params Change[] changes)
    {
        Failed = true;
        Diagnostics.Report(rule, span, message, changes);
    }

    /// <summary>A required key is not there; unless a key that was reported as unknown may be meant for it.</summary>
    public void ReportMissing(string key, string message)
    {
        if (!IsMisspelt(key))
            Report(Rules.MissingKey, Node.Kind.Span, message);
    }

    /// <summary>An unknown key was reported for which this is the nearest, or for which nothing is near.</summary>
    public bool IsMisspelt(string key) => _misspelt.Contains(key) || _hasStranger;

    /// <summary>A whole number that must be there; null after an error.</summary>
    public int? RequiredInteger(string key, int min, int max, string example)
    {
        if (Find(key) is null)
        {
            ReportMissing(key, $"{Owner} needs '{key}'; write {(key == _keys.Main ? $"{Node.Kind.Value}: {example}" : $"{key}: {example}")}");
            return null;
        }

        return Integer(key, min, max, example);
    }

    /// <summary>
    /// Whole numbers, one for each axis: a list of so many, or one number that all axes share. Where the key is absent, the default;
    /// where there is none, it has to be there. Null after an error.
    /// </summary>
    /// <param name="axes">What the axes are called, in order: <c>height</c>, <c>width</c>.</param>
    /// <param name="example">A number for messages: <c>3</c>.</param>
    public EquatableArray<int>? Sizes(string key, EquatableArray<string> axes, int? @default, int min, int max, string example)
    {
        SpecValue? value = Find(key);
        if (value is null)
        {
            if (@default is { } all)
                return Enumerable.Repeat(all, axes.Count).ToEquatable();
            ReportMissing(key, $"{Owner} needs '{key}'; write {(key == _keys.Main ? $"{Node.Kind.Value}: {example}" : $"{key}: {example}")}");
            return null;
        }

        if (value is not ListValue list)
            return Integer(value, key, min, max, example, axes.Count > 1 ? " or a list of them" : "") is { } one ? Enumerable.Repeat(one, axes.Count).ToEquatable() : null;
        if (list.Items.Count != axes.Count)
        {
            string each = axes.Count == 1 ? "only one axis" : $"{axes.Count} axes, {string.Join(" and ", axes)}";
            Report(Rules.OutOfRange, value.Span,
                $"{Owner}: '{key}' lists {list.Items.Count} numbers, but there {(axes.Count == 1 ? "is" : "are")} {each}; write {key}: {example}{(axes.Count == 1 ? "" : $", or {key}: [{string.Join(", ", axes.Select(_ => example))}]")}");
            return null;
        }

        int?[] sizes = [.. list.Items.Select(item => Integer(item, key, min, max, example, ""))];
        return sizes.Contains(null) ? null : sizes.Select(static s => s!.Value).ToEquatable();
    }

    /// <summary>A whole number, or null where it is absent or wrong.</summary>
    public int? Integer(string key, int min, int max, string example) =>
        Find(key) is { } value ? Integer(value, key, min, max, example, "") : null;

    private int? Integer(SpecValue value, string key, int min, int max, string example, string orElse)
    {
        if (value is ScalarValue scalar)
        {
            if (CoreSchema.TryInteger(scalar, out long number))
            {
                if (number >= min && number <= max)
                    return (int)number;
                Report(Rules.OutOfRange, value.Span, $"{Owner}: '{key}' is {scalar.Text}, but must be from {min} to {CSharpLiteral.Grouped(max)}");
                return null;
            }

            if (CoreSchema.IsIntegerTooLarge(scalar))
            {
                Report(Rules.OutOfRange, value.Span, $"{Owner}: '{key}' is {Node.Shorten(scalar.Text)}, but must be from {min} to {CSharpLiteral.Grouped(max)}");
                return null;
            }
        }

        Report(Rules.WrongKind, value.Span, $"{Owner}: '{key}' is a whole number{orElse}, not {Node.Describe(value)}; write e.g. {key}: {example}");
        return null;
    }

    /// <summary>A number, rounded to float; the default where it is absent or wrong.</summary>
    /// <param name="isLegal">Which values are right.</param>
    /// <param name="range">The same in words: <c>at least 0</c>.</param>
    public float Number(string key, float @default, System.Func<float, bool> isLegal, string range) => Number(key, @default, isLegal, range, "a number, not");

    private float Number(string key, float @default, System.Func<float, bool> isLegal, string range, string kind) =>
        Find(key) is { } value ? Number(value, key, @default, isLegal, range, kind) : @default;

    /// <param name="kind">What the value should be, up to what it is.</param>
    private float Number(SpecValue value, string key, float @default, System.Func<float, bool> isLegal, string range, string kind)
    {
        if (value is not ScalarValue scalar || !CoreSchema.TryNumber(scalar, out double number))
        {
            Report(Rules.WrongKind, value.Span, $"{Owner}: '{key}' is {kind} {Node.Describe(value)}; write e.g. {key}: {CSharpLiteral.Shortest(@default)}");
            return @default;
        }

        float rounded = (float)number;
        if (float.IsNaN(rounded) || float.IsInfinity(rounded) || !isLegal(rounded))
        {
            Report(Rules.OutOfRange, value.Span, $"{Owner}: '{key}' is {Node.Shorten(scalar.Text)}, but must be {range}");
            return @default;
        }

        return rounded;
    }

    /// <summary>Numbers, rounded to float: a list of at least one, or one number alone, which the absent default is too.</summary>
    public EquatableArray<float> Numbers(string key, float @default, System.Func<float, bool> isLegal, string range) => Find(key) switch
    {
        ListValue list => ReadNumbers(list, key, @default, isLegal, range),
        _ => EquatableArray.Of(Number(key, @default, isLegal, range, "a number, or a list of them, not")),
    };

    private EquatableArray<float> ReadNumbers(ListValue list, string key, float @default, System.Func<float, bool> isLegal, string range)
    {
        if (list.Items.Count == 0)
        {
            Report(Rules.OutOfRange, list.Span, $"{Owner}: '{key}' is an empty list; write a number, or leave it out");
            return EquatableArray.Of(@default);
        }

        return list.Items.Select(item => Number(item, key, @default, isLegal, range, "a number, or a list of them, but lists")).ToEquatable();
    }

    public bool Boolean(string key, bool @default)
    {
        SpecValue? value = Find(key);
        if (value is null)
            return @default;
        if (value is ScalarValue scalar && CoreSchema.TryBoolean(scalar, out bool flag))
            return flag;
        Report(Rules.WrongKind, value.Span, $"{Owner}: '{key}' is true or false, not {Node.Describe(value)}");
        return @default;
    }

    /// <summary>One of some words; the first where it is absent or wrong.</summary>
    public string Word(string key, params string[] words)
    {
        SpecValue? value = Find(key);
        if (value is null)
            return words[0];
        if (value is ScalarValue scalar && words.Contains(scalar.Text))
            return scalar.Text;
        Suggestion? meant = value is ScalarValue { Text: var text } ? Suggestion.Of(text, words, ValueWords.Words) : null;
        Report(Rules.UnknownWord, value.Span, $"{Owner}: '{key}' is {string.Join(" or ", words)}, not {Node.Describe(value)}{meant?.Hint}", meant?.Spell(value.Span) ?? []);
        return words[0];
    }

    private void ReportUnknownKey(Spanned<string> key)
    {
        string written = key.Value;
        // {units:3} is one word to YAML.
        int colon = written.IndexOf(':');
        string name = colon > 0 ? written.Substring(0, colon) : written;
        var meant = Suggestion.Of(name, _keys.Keys, _keys.Words, () => Elsewhere.OfKey(name, _keys));
        if (meant.IsEmpty)
            _hasStranger = true;
        _misspelt.UnionWith(meant.Names);
        string remedy = colon > 0 ? $"put a space after the colon: {(meant.Names.Count == 1 ? meant.Names[0] : Node.Shorten(name))}: {Node.Shorten(written.Substring(colon + 1))}"
            : meant.Remedy(_keys.Keys.Count == 0 ? "it takes none" : "it takes " + string.Join(", ", _keys.Keys));
        Report(Rules.UnknownKey, key.Span, $"{Owner} has no option '{Node.Shorten(key.Value)}'; {remedy}", colon > 0 ? [] : meant.Spell(key.Span));
    }
}
