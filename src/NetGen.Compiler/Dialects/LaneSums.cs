using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// The gradients of all parameters, each a sum over the samples of dy x or dy, where each lane is a sample: as many neighbouring
/// parameters at a time as there are lanes, their sums in registers; then the lanes of each become one number, side by side.
/// </summary>
/// <param name="places">Where the values of a sample are kept, in vectors.</param>
/// <param name="parameters">How many there are.</param>
internal sealed class LaneSums(Lanes lanes, IReadOnlyDictionary<Ir.Buffer, int> places, int parameters)
{
    private readonly Dictionary<int, List<GradientTerm>> _terms = [];

    /// <summary>Says that the gradient of a parameter has a term.</summary>
    public void Add(int parameter, GradientTerm term)
    {
        if (!_terms.TryGetValue(parameter, out List<GradientTerm>? terms))
            _terms[parameter] = terms = [];
        terms.Add(term);
    }

    /// <summary>Adds the sums, times <c>factor</c>, to what stands at <c>sums</c>; a sample has <paramref name="kept"/> floats in <c>memory</c>.</summary>
    public void Emit(CodeWriter w, Dialect dialect, int kept)
    {
        dialect.Use(lanes == Lanes.Eight ? Helper.SumsOfEight : Helper.SumsOfFour);
        w.Line($"var factors = {lanes.Broadcast("factor")};");
        w.Line(Invariant($"int end = (samples + {lanes.Count - 1}) / {lanes.Count} * {lanes.Count * kept};"));
        for (int first = 0; first < parameters;)
        {
            if (ProductAt(first) is { } product)
            {
                dialect.Use(Helper.AddLaneProducts);
                w.Line(Invariant($"AddLaneProducts(end, {lanes.Count * kept}, {Kept("memory", product.Rows)}, {product.RowCount}, {Kept("memory", product.Columns)}, {product.ColumnCount}, {VectorDialect.Reference("sums", first)}, factors);"));
                first += product.RowCount * product.ColumnCount;
                continue;
            }

            int count = 1;
            while (count < lanes.Count && first + count < parameters && ProductAt(first + count) is null)
                count++;
            EmitSums(w, first, count, lanes.Count * kept);
            first += count;
        }
    }

    /// <summary>An outer product of neighbouring values: as many columns as fill whole vectors of sums.</summary>
    private readonly record struct Product((Ir.Buffer Buffer, int Element) Rows, int RowCount, (Ir.Buffer Buffer, int Element) Columns, int ColumnCount);

    /// <summary>The outer product that begins at a parameter, or null where the neighbours' gradients are none.</summary>
    private Product? ProductAt(int first)
    {
        foreach (bool isRowX in new[] { true, false })
        {
            if (Factors(first, isRowX) is not var (row, column))
                continue;
            bool Holds(int at, int r, int c) => Factors(at, isRowX) is var (x, y) && x == (row.Buffer, row.Element + r) && y == (column.Buffer, column.Element + c);
            int columns = 1;
            while (Holds(first + columns, 0, columns))
                columns++;
            columns = columns / lanes.Count * lanes.Count;
            if (columns == 0)
                continue;
            int rows = 1;
            while (Enumerable.Range(0, columns).All(c => Holds(first + (rows * columns) + c, rows, c)))
                rows++;
            return new Product(row, rows, column, columns);
        }

        return null;
    }

    private ((Ir.Buffer Buffer, int Element) Row, (Ir.Buffer Buffer, int Element) Column)? Factors(int parameter, bool isRowX) =>
        _terms.TryGetValue(parameter, out List<GradientTerm>? terms) && terms.Count == 1 && terms[0].X is { } x
            ? (isRowX ? (x, terms[0].Dy) : (terms[0].Dy, x)) : null;

    private string Kept(string reference, (Ir.Buffer Buffer, int Element) value) =>
        VectorDialect.Reference(reference, (places[value.Buffer] + value.Element) * lanes.Count);

    private void EmitSums(CodeWriter w, int first, int count, int step)
    {
        int[] summed = [.. Enumerable.Range(0, count).Where(k => _terms.ContainsKey(first + k))];
        if (summed.Length == 0)
            return;
        using (w.Block(null))
        {
            foreach (int k in summed)
                w.Line(Invariant($"var sum{k} = {lanes.Zero};"));
            using (w.Block(Invariant($"for (int k = 0; k < end; k += {step})")))
                EmitTerms(w, [.. summed.SelectMany(k => _terms[first + k].Select(term => (Invariant($"sum{k}"), term)))]);
            string all = $"SumsOf{(lanes == Lanes.Eight ? "Eight" : "Four")}({string.Join(", ", Enumerable.Range(0, lanes.Count).Select(k => summed.Contains(k) ? Invariant($"sum{k}") : lanes.Zero))})";
            if (count == lanes.Count)
            {
                w.Line($"ref float of = {VectorDialect.Reference("sums", first)};");
                w.Line($"{lanes.Class}.StoreUnsafe({lanes.MultiplyAdd(all, "factors", $"{lanes.Class}.LoadUnsafe(ref of)")}, ref of);");
                return;
            }

            w.Line($"var rest = factors * {all};");
            foreach (int k in summed)
                w.Line($"{VectorDialect.ElementOf("sums", Invariant($"{first + k}"))} += {lanes.Class}.GetElement(rest, {k});");
        }
    }

    private void EmitTerms(CodeWriter w, (string Sum, GradientTerm Term)[] terms)
    {
        w.Line($"ref float at = {VectorDialect.Reference("memory", "k")};");
        var locals = new Dictionary<(Ir.Buffer, int), string>();
        string Read((Ir.Buffer Buffer, int Element) value)
        {
            if (locals.TryGetValue(value, out string? local))
                return local;
            string load = $"{lanes.Class}.LoadUnsafe({Kept("at", value)})";
            if (terms.Count(t => t.Term.Dy == value || t.Term.X == value) == 1)
                return load;
            local = value.Buffer.Named(Invariant($"{value.Element}"));
            locals[value] = local += terms.Any(t => t.Sum == local) ? "Value" : "";
            w.Line($"var {local} = {load};");
            return local;
        }

        foreach ((string sum, GradientTerm term) in terms)
        {
            string dy = Read(term.Dy);
            w.Line(term.X is { } x ? $"{sum} = {lanes.MultiplyAdd(dy, Read(x), sum)};" : $"{sum} += {dy};");
        }
    }
}

/// <summary>dy x, or dy alone: what a sample adds to the gradient of a parameter.</summary>
internal readonly record struct GradientTerm((Ir.Buffer Buffer, int Element) Dy, (Ir.Buffer Buffer, int Element)? X);
