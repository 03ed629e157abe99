using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Cells;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Layers;

/// <summary>
/// The weight of another layer that a dense layer reads as its own (<c>weights_of</c>). It is a parameter once, whose gradient is the sum over all that read it.
/// O. Press, L. Wolf, "Using the Output Embedding to Improve Language Models" (2017).
/// </summary>
/// <param name="Owner">The layer that has it.</param>
/// <param name="IsTransposed">The one's rows are the other's columns, as they are presented.</param>
/// <param name="HasRowsOfOutputs">How the owner keeps it: as [out][in] for the layer that shares it.</param>
internal sealed record SharedWeight(string Owner, bool IsTransposed, bool HasRowsOfOutputs)
{
    private const string Key = "weights_of";

    /// <summary>What the layer says of it, <c>weights_of: embedding_1</c>; null where it has its own weights.</summary>
    public static string? Stated(LayerBinder b) =>
        b.Options.Find(Key) is { } value ? $"{Key}: {(value is ScalarValue name ? Node.Shorten(name.Text) : "…")}" : null;

    /// <summary>The layer that <c>weights_of</c> names; null where it is absent, or after an error.</summary>
    /// <param name="initializers">The keys that mean nothing beside it.</param>
    public static Layer? OwnerOf(LayerBinder b, params string[] initializers)
    {
        if (b.Options.Find(Key) is not { } value)
            return null;
        if (value is not ScalarValue { IsNull: false } name)
        {
            string example = b.Above.LastOrDefault()?.Header?.Name ?? "embedding_1";
            b.Report(Rules.WrongKind, value.Span, $"{b.Options.Owner}: '{Key}' names a layer above, not {Node.Describe(value)}; write e.g. {Key}: {example}");
            return null;
        }

        foreach (string key in initializers)
        {
            if (b.Options.Find(key) is { } unused)
            {
                b.Report(Rules.UnknownKey, unused.Span,
                    $"{b.Options.Owner} shares the weights of '{Node.Shorten(name.Text)}', which begin as that layer says; leave '{key}' out");
            }
        }

        if (b.Above.FirstOrDefault(a => a.Header?.Name == name.Text) is not { Header: not null } above)
        {
            ReportUnknown(b, name);
            return null;
        }

        // What is wrong with that layer was reported.
        if (above.Layer is null)
            b.Options.Fail();
        return above.Layer;
    }

    private static void ReportUnknown(LayerBinder b, ScalarValue name)
    {
        string owner = b.Options.Owner;
        string[] names = [.. b.Above.Where(static a => a.Layer is Dense or Embedding or Recurrent).Select(static a => a.Header!.Name)];
        string listed = names.Length == 0 ? "nothing above it has weights that can be shared" : "above it stand " + string.Join(", ", names);
        if (name.Text == "input" || name.Text == b.Name)
        {
            b.Report(Rules.UnknownSource, name.Span,
                $"{owner} shares the weights of {(name.Text == "input" ? "'input', which has none" : "itself")}; name a layer above: {listed}");
        }
        else
        {
            var meant = Suggestion.Of(name.Text, names, Glossary.Empty);
            b.Report(Rules.UnknownSource, name.Span,
                $"{owner} shares the weights of '{Node.Shorten(name.Text)}', but no layer above it has that name; {meant.Remedy(listed)}", meant.Spell(name.Span));
        }
    }

    /// <summary>The weight of an embedding or a dense layer for a dense one of so many inputs and units; null after an error.</summary>
    public static SharedWeight? Of(LayerBinder b, Layer owner, int inputs, int units)
    {
        // As it is presented, and whether neighbours in a row of that are neighbours in memory.
        (string Owner, int Rows, int Columns, bool IsTransposed, bool HasRows)? weight = owner switch
        {
            Embedding e => (e.Name, e.Rows, e.Output.Last, false, true),
            Dense { Weight: { } shared } d => (shared.Owner, d.Output.Last, d.Input.Last, shared.IsTransposed, shared.HasRowsOfOutputs),
            Dense d => (d.Name, d.Output.Last, d.Input.Last, false, !Affine.KeepsOutputsTogether(d.Input.Last, d.Output.Last)),
            _ => null,
        };
        if (weight is not var (name, rows, columns, isTransposed, hasRows))
        {
            ReportKind(b, owner, "an embedding or of another dense layer");
            return null;
        }

        if ((rows, columns) == (units, inputs))
            return new SharedWeight(name, isTransposed, hasRows);
        if ((rows, columns) == (inputs, units))
            return new SharedWeight(name, !isTransposed, !hasRows);
        string what = $"{b.Options.Owner} shares the weight of '{owner.Name}', [{rows}, {columns}]";
        int? right = columns == inputs ? rows : rows == inputs ? columns : null;
        if (right is { } n)
        {
            SourceSpan at = b.Options.SpanOf("units");
            b.Report(Rules.ShapeMismatch, at, $"{what}, but has units: {units}; for {inputs} inputs that weight gives {n} outputs: write units: {n}",
                new Change.Replace($"Write units: {n}", at, $"{n}"));
        }
        else
        {
            b.Report(Rules.ShapeMismatch, b.Options.SpanOf(Key),
                $"{what}, but '{b.Before}' before it gives {inputs} features; put dense: {columns} before it, or leave '{Key}' out", b.InsertBefore("dense", $"{columns}"));
        }

        return null;
    }

    /// <summary>A recurrent layer with the weights of another; null after an error.</summary>
    public static Recurrent? Share(LayerBinder b, Recurrent layer, Layer owner)
    {
        if (owner is not Recurrent other || other.Kind != layer.Kind)
        {
            ReportKind(b, owner, $"another {layer.Kind}");
            return null;
        }

        string what = $"{b.Options.Owner} shares the weights of '{other.Name}'";
        static bool Resets(Recurrent of) => of.Cell is GruCell { ResetsState: true };
        if (other.Units != layer.Units)
        {
            SourceSpan at = b.Options.SpanOf("units");
            b.Report(Rules.ShapeMismatch, at, $"{what}, which has units: {other.Units}, but has units: {layer.Units}; write units: {other.Units}",
                new Change.Replace($"Write units: {other.Units}", at, $"{other.Units}"));
        }
        else if (other.Features != layer.Features)
        {
            b.Report(Rules.ShapeMismatch, b.Options.SpanOf(Key),
                $"{what}, which are for {other.Features} features, but '{b.Before}' before it gives {layer.Features}; "
                + $"put dense: {other.Features} before it, or leave '{Key}' out", b.InsertBefore("dense", $"{other.Features}"));
        }
        else if (Resets(other) != Resets(layer))
        {
            b.Report(Rules.ShapeMismatch, b.Options.SpanOf(b.Options.Find("reset_after") is null ? Key : "reset_after"),
                $"{what}, which has reset_after: {(Resets(other) ? "false" : "true")}; write that in both");
        }
        else
            return layer with { WeightsOf = other.WeightOwner };
        return null;
    }

    private static void ReportKind(LayerBinder b, Layer owner, string right) =>
        b.Report(Rules.UnknownSource, b.Options.SpanOf(Key),
            $"{b.Options.Owner} shares the weights of '{owner.Name}', which is a layer '{owner.Kind}'; it can share those of {right}");
}
