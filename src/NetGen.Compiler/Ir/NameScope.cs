using System;
using System.Collections.Generic;
using System.Text;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Ir;

/// <summary>Gives out names, each once.</summary>
internal sealed class NameScope
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The name, or with a word after it where it is taken.</summary>
    public string Unique(string name) => Unique(name, _taken.Add);

    /// <summary>The name, or with a word after it until it is free.</summary>
    public static string Unique(string name, Func<string, bool> isFree)
    {
        string candidate = name;
        for (int n = 2; !isFree(candidate); n++)
            candidate = name + (n == 2 ? "Values" : FormattableString.Invariant($"Values{n - 1}"));
        return candidate;
    }

    /// <summary><c>hidden_layer_2</c> as <c>HiddenLayer2</c>.</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder();
        bool upper = true;
        foreach (char c in name)
        {
            if (c is '_' or NameMark.Value)
            {
                upper = true;
                continue;
            }

            text.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        // A name of underscores and digits alone still has to begin like one.
        return text.Length == 0 || char.IsDigit(text[0]) ? "Layer" + text : text.ToString();
    }

    /// <summary><c>hidden_layer_2</c> as <c>hiddenLayer2</c>.</summary>
    public static string Camel(string name)
    {
        string pascal = Pascal(name);
        return char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
    }
}
