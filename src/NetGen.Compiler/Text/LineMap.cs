using System;
using System.Collections.Generic;

namespace NetGen.Compiler.Text;

/// <summary>
/// Turns offsets of a text into lines and columns. A line ends with LF, CR LF or a lone CR; a byte order mark takes no column,
/// as in an editor.
/// </summary>
internal sealed class LineMap
{
    private readonly List<int> _starts;
    private readonly int _first;
    private readonly int _length;

    public LineMap(string text)
    {
        _first = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        _length = text.Length;
        _starts = [_first];
        for (int i = _first; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                _starts.Add(i + 1);
        }
    }

    /// <summary>The line, from 0, that holds the offset.</summary>
    public int LineOf(int offset)
    {
        int found = _starts.BinarySearch(offset);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The span from <paramref name="start"/> to before <paramref name="end"/>, both brought inside the text.</summary>
    public SourceSpan Span(int start, int end)
    {
        start = Math.Min(Math.Max(start, _first), _length);
        end = Math.Min(Math.Max(end, start), _length);
        int startLine = LineOf(start);
        int endLine = LineOf(end);
        return new SourceSpan(
            start, end - start, startLine, start - _starts[startLine], endLine, end - _starts[endLine]);
    }
}
