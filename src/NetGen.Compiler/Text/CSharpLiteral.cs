using System;
using System.Globalization;
using System.Text;

namespace NetGen.Compiler.Text;

/// <summary>Numbers, strings and names as C# writes them.</summary>
internal static class CSharpLiteral
{
    /// <summary>The shortest digits that give the float back, with its suffix: <c>0.1f</c>.</summary>
    public static string Float(float value) => value switch
    {
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        0 when 1 / value < 0 => "-0f",
        _ => Shortest(value) + "f",
    };

    /// <summary>The shortest digits that give the double back; always a double, never an int: <c>2.0</c>.</summary>
    public static string Double(double value)
    {
        if (double.IsNaN(value))
            return "double.NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        string digits = Shortest(value);
        return digits.IndexOfAny(['.', 'E']) < 0 ? digits + ".0" : digits;
    }

    /// <summary>Digits as a person would write the number, for comments and messages.</summary>
    public static string Shortest(float value)
    {
        // "R" rounds trips on .NET Core; .NET Framework, which also hosts compilers, needs the search.
        for (int precision = 6; precision < 9; precision++)
        {
            string text = value.ToString("G" + precision, CultureInfo.InvariantCulture);
            if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float back) && back == value)
                return text;
        }

        return value.ToString("G9", CultureInfo.InvariantCulture);
    }

    public static string Shortest(double value)
    {
        for (int precision = 15; precision < 17; precision++)
        {
            string text = value.ToString("G" + precision, CultureInfo.InvariantCulture);
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double back) && back == value)
                return text;
        }

        return value.ToString("G17", CultureInfo.InvariantCulture);
    }

    /// <summary>With thousands separated: <c>100,352</c>.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A quoted string.</summary>
    public static string String(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                < ' ' or > '~' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return text.Append('"').ToString();
    }

    /// <summary>A name as an identifier: with <c>@</c>, which is harmless before any identifier, where it is a keyword.</summary>
    public static string Identifier(string name) => IsKeyword(name) ? "@" + name : name;

    /// <summary>The name means something else in C#, or reads so.</summary>
    public static bool IsKeyword(string name) => Array.IndexOf(Keywords, name) >= 0;

    private static readonly string[] Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue",
        "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally",
        "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long",
        "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public",
        "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch",
        "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while",
        // Contextual ones that a type cannot be called, or that read as something else where generated code uses names.
        "record", "required", "scoped", "file", "field", "var", "await", "async", "dynamic", "nint", "nuint", "notnull",
        "unmanaged", "partial", "where", "yield", "value", "get", "set", "init", "add", "remove", "global", "when", "extension",
    ];
}
