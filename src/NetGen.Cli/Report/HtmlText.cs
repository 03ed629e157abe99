using System;
using System.Collections.Generic;
using System.Text;
using NetGen.Cli.Output;

namespace NetGen.Cli.Report;

/// <summary>
/// Writes HTML that is XML as well: every element is closed, every text and attribute is escaped. Elements are written
/// as they come; what is read on one line, such as a paragraph, belongs into one call of <see cref="Text"/>.
/// </summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>An element that ends with the returned value.</summary>
    public IDisposable Element(string element, params (string Name, string Value)[] attributes)
    {
        Begin(element, attributes);
        _text.Append(">\n");
        _open.Push(element);
        return new Closing(this);
    }

    /// <summary>An element around a text. An element without content is written so as well: HTML knows no other form.</summary>
    public void Text(string element, string content, params (string Name, string Value)[] attributes)
    {
        Begin(element, attributes);
        _text.Append('>').Append(XmlText.Escape(content)).Append("</").Append(element).Append(">\n");
    }

    /// <summary>An element that never has content: an image, a line.</summary>
    public void Void(string element, params (string Name, string Value)[] attributes)
    {
        Begin(element, attributes);
        _text.Append("/>\n");
    }

    /// <summary>A text that came from outside: its direction stays its own.</summary>
    public void Foreign(string element, string content, params (string Name, string Value)[] attributes)
    {
        Begin(element, attributes);
        _text.Append("><bdi>").Append(XmlText.Escape(content)).Append("</bdi></").Append(element).Append(">\n");
    }

    /// <summary>What is HTML already.</summary>
    public void Markup(string html) => _text.Append(html);

    public override string ToString() => _text.ToString();

    private void Begin(string element, (string Name, string Value)[] attributes)
    {
        _text.Append('<').Append(element);
        foreach ((string name, string value) in attributes)
            _text.Append(' ').Append(name).Append("=\"").Append(XmlText.Escape(value)).Append('"');
    }

    private sealed class Closing(HtmlText html) : IDisposable
    {
        public void Dispose() => html._text.Append("</").Append(html._open.Pop()).Append(">\n");
    }
}
