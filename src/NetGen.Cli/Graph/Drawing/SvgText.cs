using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using NetGen.Cli.Output;

namespace NetGen.Cli.Graph.Drawing;

/// <summary>Writes SVG: elements on lines of their own, numbers with two digits at most, texts escaped.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>An element that stays open until <see cref="Close"/>.</summary>
    public void Open(string element, params (string Name, object Value)[] attributes)
    {
        Begin(element, attributes);
        _text.Append(">\n");
        _open.Push(element);
    }

    public void Close() => Indent(-1).Append("</").Append(_open.Pop()).Append(">\n");

    /// <summary>An element without content.</summary>
    public void Empty(string element, params (string Name, object Value)[] attributes)
    {
        Begin(element, attributes);
        _text.Append("/>\n");
    }

    /// <summary>An element around a text.</summary>
    public void Text(string element, string content, params (string Name, object Value)[] attributes)
    {
        Begin(element, attributes);
        _text.Append('>').Append(XmlText.Escape(content)).Append("</").Append(element).Append(">\n");
    }

    public override string ToString() => _text.ToString();

    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private void Begin(string element, (string Name, object Value)[] attributes)
    {
        Indent(0).Append('<').Append(element);
        foreach ((string name, object value) in attributes)
            _text.Append(' ').Append(name).Append("=\"").Append(XmlText.Escape(value is double number ? Number(number) : (string)value)).Append('"');
    }

    private StringBuilder Indent(int by) => _text.Append(' ', 2 * (_open.Count + by));
}
