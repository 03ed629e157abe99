using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// The gradients of all parameters, each a sum over the samples of dy x or dy, where each lane is a sample: eight neighbouring
/// parameters at a time, their sums in registers; then the lanes of each become one number, side by side.
/// </summary>
/// <param name="places">Where the values of a sample are kept, in vectors.</param>
/// <param name="parameters">How many there are.</param>
internal sealed class LaneSums(IReadOnlyDictionary<Ir.Buffer, int> places, int parameters)
{
    private readonly Dictionary<int, List<GradientTerm>> _terms = [];

    /// <summary>What an element of a buffer is called.</summary>
    public static string NameOf(Ir.Buffer buffer, int element) => buffer.Named(Invariant($"_{element}"));

    /// <summary>So many vectors, in floats.</summary>
    public static Term Vectors(int count) => count == 0 ? 0 : count == 1 ? Term.Lanes : (Term)count * Term.Lanes;

    /// <summary>Says that the gradient of a parameter has a term.</summary>
    public void Add(int parameter, GradientTerm term)
    {
        if (!_terms.TryGetValue(parameter, out List<GradientTerm>? terms))
            _terms[parameter] = terms = [];
        terms.Add(term);
    }

    /// <summary>Adds the sums, times a factor, to what stands at <paramref name="sums"/>; a sample has <paramref name="kept"/> floats in memory.</summary>
    public void Write(CodeBuilder code, Dialect dialect, Memory memory, Memory sums, Term samples, Term factor, int kept)
    {
        // Whole vectors of samples; the last ones may stand twice, with no weight.
        Term step = code.Let("step", Vectors(kept)), end = code.Let("end", (samples + Term.Lanes - 1) / Term.Lanes * step);
        for (int first = 0; first < parameters;)
        {
            if (ProductAt(first) is { } product)
            {
                dialect.Use(Helper.AddLaneProducts);
                code.Run("AddLaneProducts",
                    end, step, Passed.At(memory, Vectors(PlaceOf(product.Rows))), (Term)product.RowCount, Passed.At(memory, Vectors(PlaceOf(product.Columns))), (Term)product.ColumnCount, Passed.At(sums, first), factor);
                first += product.RowCount * product.ColumnCount;
                continue;
            }

            if (RowAt(first) is { } row)
            {
                dialect.Use(Helper.AddLaneRows);
                code.Run("AddLaneRows", end, step, Passed.At(memory, Vectors(PlaceOf(row.First))), (Term)row.Count, Passed.At(sums, first), factor);
                first += row.Count;
                continue;
            }

            int count = 1;
            while (count < Tuning.Samples.SumsAtOnce && first + count < parameters && ProductAt(first + count) is null && RowAt(first + count) is null)
                count++;
            WriteSums(code, memory, sums, first, count, step, end, factor);
            first += count;
        }
    }

    /// <summary>Neighbouring values that are summed up as they are, whole groups of them; null where there are none.</summary>
    private ((Ir.Buffer Buffer, int Element) First, int Count)? RowAt(int first)
    {
        (Ir.Buffer Buffer, int Element)? At(int parameter) =>
            _terms.TryGetValue(parameter, out List<GradientTerm>? terms) && terms.Count == 1 && terms[0].X is null ? terms[0].Dy : null;
        if (At(first) is not { } begin)
            return null;
        int count = 1;
        while (At(first + count) == (begin.Buffer, begin.Element + count))
            count++;
        count = count / Tuning.Samples.SumsAtOnce * Tuning.Samples.SumsAtOnce;
        return count == 0 ? null : (begin, count);
    }

    /// <summary>An outer product of neighbouring values: as many columns as fill whole groups of sums.</summary>
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
            columns = columns / Tuning.Samples.SumsAtOnce * Tuning.Samples.SumsAtOnce;
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

    private int PlaceOf((Ir.Buffer Buffer, int Element) value) => places[value.Buffer] + value.Element;

    private void WriteSums(CodeBuilder code, Memory memory, Memory to, int first, int count, Term step, Term end, Term factor)
    {
        int[] summed = [.. Enumerable.Range(0, count).Where(k => _terms.ContainsKey(first + k))];
        if (summed.Length == 0)
            return;
        Dictionary<int, Local> sums = summed.ToDictionary(static k => k, k => code.Variable("sum", Term.Zero));
        code.For("k", end, step, k => WriteTerms(code, code.Enter("at", memory, k), [.. summed.SelectMany(s => _terms[first + s].Select(term => (sums[s], term)))]));
        for (int k = 0; k < count;)
        {
            // Whole groups side by side, where nothing is written that has no gradient.
            int group = new[] { 8, 4 }.FirstOrDefault(g => k + g <= count && Enumerable.Range(k, g).All(sums.ContainsKey));
            if (group == 0)
            {
                if (sums.TryGetValue(k, out Local? one))
                    code.Store(to, first + k, new Load(to, first + k, Kind.Float) + (factor * Term.Of(Operation.Sum, new Get(one))));
                k++;
                continue;
            }

            code.Run(group == 8 ? "AddSums" : "AddSumsOfFour", [.. Enumerable.Range(k, group).Select(s => (Passed)new Get(sums[s])), factor, Passed.At(to, first + k)]);
            k += group;
        }
    }

    private void WriteTerms(CodeBuilder code, Memory at, (Local Sum, GradientTerm Term)[] terms)
    {
        var values = new Dictionary<(Ir.Buffer, int), Term>();
        Term Read((Ir.Buffer Buffer, int Element) value)
        {
            if (values.TryGetValue(value, out Term? known))
                return known;
            Term load = new Load(at, Vectors(PlaceOf(value)), Kind.Vector);
            return terms.Count(t => t.Term.Dy == value || t.Term.X == value) == 1 ? load : values[value] = code.Let(NameOf(value.Buffer, value.Element), load);
        }

        foreach ((Local sum, GradientTerm term) in terms)
        {
            Term dy = Read(term.Dy);
            code.Set(sum, term.X is { } x ? Term.MultiplyAdd(dy, Read(x), new Get(sum)) : new Get(sum) + dy);
        }
    }
}

/// <summary>dy x, or dy alone: what a sample adds to the gradient of a parameter.</summary>
internal readonly record struct GradientTerm((Ir.Buffer Buffer, int Element) Dy, (Ir.Buffer Buffer, int Element)? X);
