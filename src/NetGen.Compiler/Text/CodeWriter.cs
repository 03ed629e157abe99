using System;
using System.Text;

namespace NetGen.Compiler.Text;

/// <summary>Writes indented C# with <c>\n</c> line ends.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>One line, or several (each is indented); an empty one stays empty.</summary>
    public void Line(string text = "")
    {
        foreach (string line in text.Split('\n'))
        {
            if (line.Length > 0)
                _text.Append(' ', _depth * 4).Append(line);
            _text.Append('\n');
        }
    }

    /// <summary>A comment and the line it explains.</summary>
    public void Line(string comment, string text)
    {
        Line("// " + comment);
        Line(text);
    }

    /// <summary>A line (or none) and a braced block after it, which ends where the result is disposed.</summary>
    public Scope Block(string? head)
    {
        if (head is not null)
            Line(head);
        Line("{");
        _depth++;
        return new Scope(this, "}");
    }

    /// <summary>A doc comment's summary.</summary>
    public void Summary(string text) => Line(text.Contains("\n")
        ? "/// <summary>\n/// " + text.Replace("\n", "\n/// ").Replace("/// \n", "///\n") + "\n/// </summary>"
        : $"/// <summary>{text}</summary>");

    public bool IsEmpty => _text.Length == 0;

    public override string ToString() => _text.ToString();

    public readonly struct Scope(CodeWriter writer, string close) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line(close);
        }
    }
}
