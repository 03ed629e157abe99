using System;
using System.IO;

namespace NetGen.Training.Csv;

/// <summary>A text whose comment lines are blank, as Sep knows none.</summary>
internal sealed class CsvText(StrictText text, char? comment) : TextReader
{
    private readonly char[] buffer = new char[1 << 14];
    private int position;
    private int filled;
    private char last = '\n';
    private bool isQuoted;
    private bool isComment;

    /// <summary>
    /// Reads as many characters as there is room for, and fewer only at the end: Sep 0.17.1 loses a line break where a
    /// shorter read ends between two \r.
    /// </summary>
    public override int Read(Span<char> characters)
    {
        int read = 0;
        while (read < characters.Length && (position < filled || Fill()))
        {
            Span<char> next = buffer.AsSpan(position, Math.Min(filled - position, characters.Length - read));
            next.CopyTo(characters[read..]);
            position += next.Length;
            read += next.Length;
        }

        return read;
    }

    private bool Fill()
    {
        (position, filled) = (0, text.Read(buffer));
        if (comment is not null)
            Blank(buffer.AsSpan(0, filled));
        return filled > 0;
    }

    private void Blank(Span<char> characters)
    {
        foreach (ref char c in characters)
        {
            isComment = isComment ? c is not ('\r' or '\n') : c == comment && !isQuoted && last is '\r' or '\n';
            last = c;
            if (isComment)
                c = ' ';
            isQuoted ^= c == '"';
        }
    }
}
