using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Schema;

/// <summary>An object of JSON: its members in the order in which they were added. One that is null is left out.</summary>
internal sealed class JsonObject : IEnumerable<KeyValuePair<string, object>>
{
    private readonly List<KeyValuePair<string, object>> _members = [];

    public void Add(string key, object? value)
    {
        if (value is not null)
            _members.Add(new KeyValuePair<string, object>(key, value));
    }

    /// <summary>These members, and behind them others.</summary>
    public JsonObject With(params (string Key, object? Value)[] others)
    {
        var all = new JsonObject();
        all._members.AddRange(_members);
        foreach ((string key, object? value) in others)
            all.Add(key, value);
        return all;
    }

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Prints JSON: two spaces for each level, short lists and objects on one line, newline is \n.</summary>
internal static class JsonText
{
    private const int LongestLine = 120;

    public static string Print(JsonObject value)
    {
        var text = new StringBuilder();
        Print(value, 0, text);
        return text.Append('\n').ToString();
    }

    private static void Print(object value, int level, StringBuilder text)
    {
        string line = OnOneLine(value);
        if (line.Length + (2 * level) <= LongestLine || value is not IEnumerable || value is string)
        {
            text.Append(line);
            return;
        }

        bool isObject = value is JsonObject;
        text.Append(isObject ? '{' : '[');
        string separator = "";
        foreach (object item in (IEnumerable)value)
        {
            text.Append(separator).Append('\n').Append(' ', 2 * (level + 1));
            separator = ",";
            if (item is KeyValuePair<string, object> member)
            {
                text.Append(Quoted(member.Key)).Append(": ");
                Print(member.Value, level + 1, text);
            }
            else
                Print(item, level + 1, text);
        }

        text.Append('\n').Append(' ', 2 * level).Append(isObject ? '}' : ']');
    }

    private static string OnOneLine(object value) => value switch
    {
        string s => Quoted(s),
        bool b => b ? "true" : "false",
        int i => i.ToString(CultureInfo.InvariantCulture),
        float f => CSharpLiteral.Shortest(f),
        JsonObject o when !o.Any() => "{}",
        JsonObject o => "{ " + string.Join(", ", o.Select(static m => $"{Quoted(m.Key)}: {OnOneLine(m.Value)}")) + " }",
        _ => "[" + string.Join(", ", ((IEnumerable)value).Cast<object>().Select(OnOneLine)) + "]",
    };

    private static string Quoted(string s)
    {
        var text = new StringBuilder("\"");
        foreach (char c in s)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c < ' ')
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }

        return text.Append('"').ToString();
    }
}
