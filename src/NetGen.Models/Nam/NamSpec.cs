using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace NetGen.Models.Nam;

/// <summary>A spec as it is written, with the weights of its layers.</summary>
/// <param name="architecture">Of the model.</param>
/// <param name="description">What the comment on top says.</param>
/// <param name="steps">Samples of a signal.</param>
internal sealed class NamSpec(string architecture, IReadOnlyList<string> description, int steps)
{
    private readonly StringBuilder _layers = new();
    private readonly List<string> _comments = [.. description];
    private readonly List<NamedTensor> _weights = [];
    private readonly List<string> _notes = [];

    public string Architecture => architecture;

    public int Steps => steps;

    /// <summary>The input, behind its key.</summary>
    public string Input { get; set; } = "";

    public IReadOnlyList<NamedTensor> Weights => _weights;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>A line of the comment on top.</summary>
    public void Comment(string line) => _comments.Add(line);

    public void Note(string note) => _notes.Add(note);

    /// <summary>A comment between the layers.</summary>
    public void Section(string text)
    {
        if (_layers.Length > 0)
            _layers.Append('\n');
        _layers.Append("  # ").Append(text).Append('\n');
    }

    /// <summary>A layer, as it stands behind its dash.</summary>
    public void Layer(string text) => _layers.Append("  - ").Append(text).Append('\n');

    public void Weight(string name, int[] shape, float[] values) => _weights.Add(new NamedTensor(name, shape, values));

    /// <summary>A number as YAML has it: a point makes it no whole number, a sign before the exponent no text.</summary>
    public static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (string comment in _comments)
            text.Append("# ").Append(comment).Append('\n');
        return text.Append("input: ").Append(Input).Append("\nlayers:\n").Append(_layers).ToString();
    }
}
