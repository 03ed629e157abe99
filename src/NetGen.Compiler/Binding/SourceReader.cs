using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Binding;

/// <summary>
/// Reads what each layer reads: what stands before it, or what <c>from</c> names. A layer names layers that stand before it, or
/// <c>input</c>; so there are no cycles.
/// </summary>
/// <param name="input">The shape of the network's input, or null after an error in it.</param>
/// <param name="headers">Every layer with its name.</param>
internal sealed class SourceReader(Shape? input, IReadOnlyList<LayerHeader?> headers)
{
    private readonly List<Shape?> _shapes = [];

    /// <summary>The output of the next layer, as far as it is known.</summary>
    public void Add(Shape? output) => _shapes.Add(output);

    /// <summary>The places of what the next layer reads, -1 for the input, and the same with shapes; null after an error.</summary>
    public (EquatableArray<int> Places, IReadOnlyList<LayerInput>? Inputs) Read(OptionReader options, bool takesSeveral)
    {
        if (options.Find("from") is not { } from)
        {
            if (!takesSeveral)
                return Known([_shapes.Count - 1], _ => options.Node.Kind.Span);
            options.ReportMissing("from", $"{options.Owner} needs 'from', the names of what it reads; write {options.Node.Kind.Value}: {{ from: [{string.Join(", ", Example())}] }}");
            return default;
        }

        if (from is ListValue list ? list.Items.Count < (takesSeveral ? 2 : 1) : takesSeveral && from is ScalarValue)
        {
            options.Report(Rules.OutOfRange, from.Span, $"{options.Owner} reads {(from is ListValue { Items.Count: 0 } ? "nothing" : "one value")}, but takes at least {(takesSeveral ? "two" : "one")}; write from: [{string.Join(", ", Example())}]");
            return default;
        }

        if (from is ListValue { Items.Count: > 1 } several && !takesSeveral)
        {
            options.Report(Rules.OutOfRange, from.Span, $"{options.Owner} reads one value, but 'from' lists {several.Items.Count}; put add, multiply or concat before it, which join them");
            return default;
        }

        IReadOnlyList<SpecValue> items = from is ListValue l ? l.Items : [from];
        int?[] places = [.. items.Select(item => Find(options, item))];
        return places.All(static p => p is not null) ? Known([.. places.Select(static p => p!.Value)], k => items[k].Span) : default;
    }

    private (EquatableArray<int>, IReadOnlyList<LayerInput>) Known(int[] places, Func<int, SourceSpan> span) => (
        places.ToEquatable(),
        [.. places.Select((p, k) => p < 0 ? new LayerInput("input", input, span(k)) : new LayerInput(headers[p]?.Name ?? "", _shapes[p], span(k)))]);

    private int? Find(OptionReader options, SpecValue item)
    {
        if (item is not ScalarValue { IsNull: false } name)
        {
            options.Report(Rules.WrongKind, item.Span, $"{options.Owner}: 'from' names a layer or a list of them, not {Node.Describe(item)}; write e.g. from: {Example().First()}");
            return null;
        }

        if (name.Text == "input")
            return -1;
        for (int k = 0; k < _shapes.Count; k++)
        {
            if (headers[k]?.Name == name.Text)
                return k;
        }

        LayerHeader?[] below = [.. headers.Skip(_shapes.Count)];
        if (below.Any(h => h?.Name == name.Text))
        {
            string where = below[0]?.Name == name.Text ? "is this layer itself" : "stands below it";
            options.Report(Rules.UnknownSource, item.Span, $"{options.Owner} reads from '{name.Text}', which {where}; a layer reads what stands before it: {Listed()}");
            return null;
        }

        string? near = Nearest.Find(name.Text, Before());
        string remedy = near is not null ? $"did you mean '{near}'?" : $"before it stand {Listed()}";
        options.Report(Rules.UnknownSource, item.Span, $"{options.Owner} reads from '{Node.Shorten(name.Text)}', but no layer before it has that name; {remedy}", Change.Spell(item.Span, near));
        return null;
    }

    private IEnumerable<string> Before() => ["input", .. headers.Take(_shapes.Count).Where(static h => h is not null).Select(static h => h!.Name)];

    /// <summary>The nearest of what it could read.</summary>
    private IEnumerable<string> Example() => Before().Reverse().Take(2).Reverse();

    private string Listed()
    {
        string[] names = [.. Before()];
        return string.Join(", ", names.Take(1).Concat(names.Skip(1).Reverse().Take(5).Reverse())) + (names.Length > 6 ? ", …" : "");
    }
}
