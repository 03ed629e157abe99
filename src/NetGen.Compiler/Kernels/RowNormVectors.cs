using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Normalisation of rows over whole vectors. The mean is corrected by that of what its rounding left, so that a large common offset costs no digits.
/// </summary>
internal static class RowNormVectors
{
    /// <summary>What is known of a row's elements: n = ((x - mean) - off) share.</summary>
    /// <param name="Mean">In all lanes; null where nothing is centred.</param>
    /// <param name="Off">What the mean lacks of the true one.</param>
    private readonly record struct Statistics(Term? Mean, Term? Off, Term Share)
    {
        public Term Normal(Term x) => (Mean is null ? x : x - Mean - Off!) * Share;
    }

    public static void Write(VectorCode v, RowNorm norm) =>
        v.Repeat(norm.Rows, [("xRow", v.Start(norm.X), norm.Size), ("yRow", v.Start(norm.Y), norm.Size)], rows => WriteRow(v, norm, rows), isWrittenOut: false);

    private static void WriteRow(VectorCode v, RowNorm norm, Address[] rows)
    {
        Statistics statistics = StatisticsOf(v, rows[0], norm.Size, norm.Epsilon, norm.Centres);
        List<(string, Address)> places = [("xAt", rows[0]), ("yAt", rows[1])];
        if (norm.Weight is not null)
            places.Add(("weightAt", v.Start(norm.Weight)));
        if (norm.Bias is not null)
            places.Add(("biasAt", v.Start(norm.Bias)));
        v.OverSeveral(norm.Size, Tuning.Norms.RowVectors, once: false, places, parts =>
        {
            foreach ((Address[] at, Part part) in parts)
            {
                Term normal = statistics.Normal(v.Load(at[0], part));
                Term? weight = norm.Weight is null ? null : v.Load(at[2], part), bias = norm.Bias is null ? null : v.Load(at[places.Count - 1], part);
                v.Store(at[1], part, (weight, bias) switch
                {
                    (null, null) => normal,
                    (null, { }) => normal + bias,
                    ({ }, null) => normal * weight,
                    _ => Term.MultiplyAdd(normal, weight, bias),
                });
            }
        });
    }

    public static void Write(VectorCode v, RowNormGradient gradient)
    {
        List<(string, Address, Offset)> moving = [("dyRow", v.Start(gradient.Dy), gradient.Size)];
        if (gradient.Dx is not null || gradient.Dw is not null)
            moving.Add(("xRow", v.Start(gradient.X), gradient.Size));
        if (gradient.Dx is not null)
            moving.Add(("dxRow", v.Start(gradient.Dx), gradient.Size));
        v.Repeat(gradient.Rows, moving, rows => WriteRow(v, gradient, rows), isWrittenOut: false);
    }

    private static void WriteRow(VectorCode v, RowNormGradient gradient, Address[] rows)
    {
        bool reads = rows.Length > 1;
        // Four sums in all: what is read and written besides takes as long as an addition waits.
        int size = gradient.Size, chains = v.ChainsFor(size, gradient.Centres ? Tuning.Norms.RowVectors / 2 : Tuning.Norms.RowVectors);
        Statistics statistics = reads ? StatisticsOf(v, rows[1], size, gradient.Epsilon, gradient.Centres) : default;
        List<(string, Address)> places = [("dyAt", rows[0])];
        int Also(string name, Address? start)
        {
            if (start is { } place)
                places.Add((name, place));
            return start is null ? -1 : places.Count - 1;
        }

        int x = Also("xAt", reads ? rows[1] : null),
            weight = Also("weightAt", gradient.Dx is null || gradient.Weight is null ? null : v.Start(gradient.Weight));
        int dw = Also("dwAt", gradient.Dw is null ? null : v.Start(gradient.Dw)), db = Also("dbAt", gradient.Db is null ? null : v.Start(gradient.Db));
        Local[] alongs = gradient.Dx is null ? [] : SumsOf(v, "along", chains), gs = gradient.Dx is null || !gradient.Centres ? [] : SumsOf(v, "gs", chains);
        v.OverInChains(size, chains, places, (at, part, chain) =>
        {
            // Lanes that hold no element hold 0, so that no sum meets what stands there.
            Term dy = v.Code.Let("dy", v.LoadZeroed(at[0], part));
            Term? n = reads ? v.Code.Let("n", statistics.Normal(v.LoadZeroed(at[x], part))) : null;
            if (dw >= 0)
                v.Store(at[dw], part, Term.MultiplyAdd(dy, n!, v.Load(at[dw], part)));
            if (db >= 0)
                v.Store(at[db], part, v.Load(at[db], part) + dy);
            if (gradient.Dx is null)
                return;
            Term g = weight < 0 ? dy : v.Code.Let("g", dy * v.LoadZeroed(at[weight], part));
            v.Code.Set(alongs[chain], Term.MultiplyAdd(g, n!, new Get(alongs[chain])));
            if (gradient.Centres)
                v.Code.Increase(gs[chain], g);
        });
        if (gradient.Dx is null)
            return;

        Term along = v.Code.Let("alongMean", Term.All(MeanOf(alongs, size)));
        Term? mean = gradient.Centres ? v.Code.Let("gMean", Term.All(MeanOf(gs, size))) : null;
        bool adds = gradient.DxAccess == Access.Accumulate;
        List<(string, Address)> read = [("dyAt", rows[0]), ("xAt", rows[1])];
        if (gradient.Weight is not null)
            read.Add(("weightAt", v.Start(gradient.Weight)));
        v.OverSeveral(size, Tuning.Norms.RowVectors, once: adds, [.. read, ("dxAt", rows[2])], parts =>
        {
            foreach ((Address[] at, Part part) in parts)
            {
                Term n = statistics.Normal(v.Load(at[1], part)), g = gradient.Weight is null ? v.Load(at[0], part) : v.Load(at[0], part) * v.Load(at[2], part);
                Term value = ((mean is null ? g : g - mean) - (n * along)) * statistics.Share;
                Address dx = at[at.Length - 1];
                v.Store(dx, part, adds ? v.Load(dx, part) + value : value);
            }
        });
    }

    /// <summary>
    /// The mean, then what its rounding left of it (of numbers far from 0 that is more than the variance may bear), then the mean of the squares about both.
    /// </summary>
    private static Statistics StatisticsOf(VectorCode v, Address x, int size, float epsilon, bool centres)
    {
        int chains = v.ChainsFor(size, Tuning.Norms.RowVectors);
        Term? mean = null, off = null;
        if (centres)
        {
            Local[] sums = SumsOf(v, "sums", chains);
            v.OverInChains(size, chains, [("xAt", x)], (at, part, chain) => v.Code.Increase(sums[chain], v.LoadZeroed(at[0], part)));
            mean = v.Code.Let("mean", Term.All(MeanOf(sums, size)));
        }

        Local[] squares = SumsOf(v, "squares", chains), offs = centres ? SumsOf(v, "offs", chains) : [];
        v.OverInChains(size, chains, [("xAt", x)], (at, part, chain) =>
        {
            Term value = mean is null ? v.Load(at[0], part) : v.Load(at[0], part) - mean;
            Term from = v.Code.Let("from", VectorCode.Counted(value, part));
            v.Code.Set(squares[chain], Term.MultiplyAdd(from, from, new Get(squares[chain])));
            if (centres)
                v.Code.Increase(offs[chain], from);
        });
        Term variance = MeanOf(squares, size);
        if (centres)
        {
            Term offMean = v.Code.Let("offMean", MeanOf(offs, size));
            off = v.Code.Let("off", Term.All(offMean));
            variance = Term.Of(Operation.Max, variance - (offMean * offMean), new FloatNumber(0f));
        }

        Term deviation = Term.Of(Operation.Sqrt, variance + new FloatNumber(epsilon));
        return new Statistics(mean, off, v.Code.Let("share", Term.All(new FloatNumber(1f) / deviation)));
    }

    /// <summary>Sums over a row, one for each chain.</summary>
    private static Local[] SumsOf(VectorCode v, string name, int chains) => [.. Enumerable.Range(0, chains).Select(_ => v.Code.Variable(name, Term.Zero))];

    private static Term MeanOf(Local[] sums, int size) => Term.Of(Operation.Sum, VectorCode.Joined(sums)) * new FloatNumber((float)(1.0 / size));
}
