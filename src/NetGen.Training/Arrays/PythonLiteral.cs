using System;
using System.Collections.Generic;
using System.Globalization;

namespace NetGen.Training.Arrays;

/// <summary>Reads the literal of Python that a .npy header is.</summary>
internal sealed class PythonLiteral(string text)
{
    private int position;

    /// <summary>The whole text.</summary>
    public string Text => text;

    /// <summary>Reads a dictionary with exactly the keys descr, fortran_order and shape, in any order.</summary>
    public bool TryReadHeader(out string? type, out bool isFortranOrder, out List<long>? shape)
    {
        (type, isFortranOrder, shape) = (null, false, null);
        bool hasOrder = false;
        if (!Take('{'))
            return false;

        while (!Take('}'))
        {
            if (TakeString() is not { } key || !Take(':'))
                return false;
            bool isRead = key switch
            {
                "descr" => type is null && (type = TakeString()) is not null,
                "fortran_order" => !hasOrder && (hasOrder = TryTakeBoolean(out isFortranOrder)),
                "shape" => shape is null && (shape = TakeTuple()) is not null,
                _ => false,
            };
            if (!isRead || (!Take(',') && Peek() != '}'))
                return false;
        }

        return type is not null && hasOrder && shape is not null && Peek() == '\0';
    }

    private char Peek()
    {
        while (position < text.Length && text[position] is ' ' or '\n' or '\r' or '\t')
            position++;
        return position < text.Length ? text[position] : '\0';
    }

    private bool Take(char c)
    {
        if (Peek() != c)
            return false;
        position++;
        return true;
    }

    private string? TakeString()
    {
        char quote = Peek();
        if (quote is not ('\'' or '"'))
            return null;

        int end = text.IndexOf(quote, position + 1);
        if (end < 0)
            return null;
        string taken = text[(position + 1)..end];
        position = end + 1;
        return taken.Contains('\\') ? null : taken;
    }

    private bool TryTakeBoolean(out bool value)
    {
        value = Peek() == 'T';
        string word = value ? "True" : "False";
        if (string.CompareOrdinal(text, position, word, 0, word.Length) != 0)
            return false;
        position += word.Length;
        return true;
    }

    // Python 2 writes a long integer as 3L.
    private List<long>? TakeTuple()
    {
        if (!Take('('))
            return null;

        var sizes = new List<long>();
        while (!Take(')'))
        {
            int start = Peek() == '\0' ? text.Length : position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
                position++;
            if (!long.TryParse(text.AsSpan()[start..position], NumberStyles.None, CultureInfo.InvariantCulture, out long size))
                return null;
            sizes.Add(size);
            Take('L');
            if (!Take(',') && Peek() != ')')
                return null;
        }

        return sizes;
    }
}
