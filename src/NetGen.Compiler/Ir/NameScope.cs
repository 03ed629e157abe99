using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Ir;

/// <summary>Gives out identifiers, each once.</summary>
internal sealed class NameScope(params string[] taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>The name, or with a word after it where it is taken or a keyword.</summary>
    /// <param name="name">The name that is wanted.</param>
    /// <param name="endings">What others will add to it: those names are given out with it.</param>
    public string Unique(string name, params string[] endings)
    {
        string candidate = name;
        for (int n = 2; CSharpLiteral.Identifier(candidate)[0] == '@' || _taken.Contains(candidate) || endings.Any(e => _taken.Contains(candidate + e)); n++)
            candidate = name + (n == 2 ? "Values" : FormattableString.Invariant($"Values{n - 1}"));
        _taken.Add(candidate);
        _taken.UnionWith(endings.Select(e => candidate + e));
        return candidate;
    }

    /// <summary><c>hidden_layer_2</c> as <c>HiddenLayer2</c>.</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder();
        bool upper = true;
        foreach (char c in name)
        {
            if (c == '_')
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
