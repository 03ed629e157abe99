using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using static System.FormattableString;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// What the backward pass of a convolution right below a max pool agrees on: of each window of the pool and each filter, one place alone has a gradient.
/// So its products take that place, not all: of a pool of 2 x 2, a fourth of the multiply-adds.
/// </summary>
/// <param name="Gradient">Of each window of the pool and each filter.</param>
/// <param name="Places">Where the convolution's window begins whose result was the largest, counted from that of the pool's window: see
/// <see cref="PoolArgMax"/>.</param>
internal sealed record SparseGradient(Buffer Gradient, Buffer Places, PoolWindows Pool, ConvolutionGeometry Geometry)
{
    public int Filters => Geometry.Filters;

    /// <summary>Elements that a filter sees.</summary>
    public int Depth => Geometry.WeightSize / Filters;

    public long MultiplyAdds => (long)Gradient.Size * Depth;

    /// <summary>From a window of the pool to the one below it, and to the one beside it, in what the convolution reads.</summary>
    public int Line => Pool.Rows.Stride * Geometry.Line;

    public int Step => Pool.Columns.Stride * Geometry.Step;

    /// <summary>The width of vectors that pieces of a window fill.</summary>
    public Lanes WeightLanes => Geometry.Pieces.Depth > Lanes.Four.Count ? Lanes.Eight : Lanes.Four;

    /// <summary>The same where windows that meet must not do so in half a vector, which processors store and load again slowly.</summary>
    public Lanes InputLanes => Geometry.Channels % Lanes.Eight.Count == 0 ? Lanes.Eight : Lanes.Four;

    /// <summary>Whether the convolution's products have a form that takes places.</summary>
    public static bool Fits(PoolWindows pool, ConvolutionGeometry g, bool needsInput) =>
        g.Groups == 1 && pool.Channels == g.Filters && pool is { Overlaps: false, IsClipped: false, Taps: > 1 and <= 16 }
        && (pool.Rows.Length, pool.Columns.Length) == g.Windows
        && g.WeightSize <= Tuning.Convolutions.MostSparseWeights && (long)g.Pixels * g.Channels < PoolArgMax.Limit
        && (!needsInput || g.Channels % Lanes.Four.Count == 0)
        && new[] { Lanes.Four, Lanes.Eight }.All(lanes => TilesOf(g, lanes) is { Count: > 0 and <= Tuning.Convolutions.MostSparseVectors });

    /// <summary>A vector of what a window sees.</summary>
    /// <param name="At">Where it stands, from the window's start.</param>
    /// <param name="Row">The weight's row of its first lane.</param>
    /// <param name="First">The first lane that is the piece's own.</param>
    /// <param name="Count">Lanes that are, from there on.</param>
    public readonly record struct Tile(int At, int Row, int First, int Count);

    /// <summary>
    /// Vectors that cover the pieces of a window: the last one of a piece is moved back over the one before it; where a piece is shorter than
    /// a vector, over the piece before it, or in the first piece, over what stands behind. None where that reaches beyond the window.
    /// </summary>
    public static IReadOnlyList<Tile> TilesOf(ConvolutionGeometry g, Lanes lanes)
    {
        (int depth, IReadOnlyList<int> starts) = g.Pieces;
        var tiles = new List<Tile>();
        for (int piece = 0; piece < starts.Count; piece++)
        {
            int missing = lanes.Count - depth;
            if (missing <= 0)
            {
                for (int at = 0; at < depth; at += lanes.Count)
                    tiles.Add(new Tile(starts[piece] + Math.Min(at, depth - lanes.Count), (piece * depth) + Math.Min(at, depth - lanes.Count), 0, lanes.Count));
            }
            else if (piece == 0 && starts[starts.Count - 1] + depth >= lanes.Count)
                tiles.Add(new Tile(0, 0, 0, depth));
            // The sums of the turned weight have the lanes before the piece too: of the pieces before it, in the same filter.
            else if (piece > 0 && starts[piece] >= missing && piece * depth >= missing)
                tiles.Add(new Tile(starts[piece] - missing, (piece * depth) - missing, missing, depth));
            else
                return [];
        }

        return tiles;
    }

    /// <summary>Writes code whose vectors cover pieces of a window, for the lanes that it is told: the vectors differ between widths.</summary>
    public static void Emit(KernelWriter w, Lanes widest, Action<VectorCode, Lanes> body) =>
        w.Vectors(widest.Count, v => body(v, new Lanes(v.Widest)), isFew: true);

    /// <summary>The same for a width that is known where the code runs: vectors cover each piece of a window by itself.</summary>
    public void EmitByPieces(KernelWriter w, Action<VectorCode> body) => w.Vectors(IsOfFours ? VectorCode.MostLanes : Geometry.Pieces.Depth, body);

    /// <summary>Pieces that may fill no vector: four floats, which are there whatever a vector holds, and the rest one by one.</summary>
    private bool IsOfFours => Geometry.Pieces.Depth is >= VectorCode.FewestLanes and < 2 * VectorCode.FewestLanes;

    /// <summary>Adds what stands piece by piece without gaps or, in a window, apart from each other, times a place's gradient.</summary>
    public void AddPieces(VectorCode v, Address gradient, Func<int, Address> from, Func<int, Address> to)
    {
        (int depth, IReadOnlyList<int> starts) = Geometry.Pieces;
        Term number = v.Code.Let("g", v.Element(gradient)), all = v.Code.Let("gAll", Term.All(number, IsOfFours ? Kind.Four : Kind.Vector));
        for (int piece = 0; piece < starts.Count; piece++)
        {
            (Address x, Address sum) = (from(piece), to(piece));
            if (!IsOfFours)
            {
                v.Over(depth, once: true, [("xs", x), ("sums", sum)], (at, part) => v.Store(at[1], part, Term.MultiplyAdd(v.Load(at[0]), all, v.Load(at[1]))));
                continue;
            }

            v.Store(sum, Term.MultiplyAdd(v.LoadFour(x, Part.Whole), all, v.LoadFour(sum, Part.Whole)));
            for (int k = VectorCode.FewestLanes; k < depth; k++)
                v.StoreElement(sum + k, v.Element(sum + k) + (v.Element(x + k) * number));
        }
    }

    /// <summary>Runs a body in loops over the pool's windows, with where each begins in what the convolution reads and in the gradient.</summary>
    public void ForEachWindow(VectorCode v, Address x, Address gradient, Address places, Action<Address, Address, Address> body) => v.Repeat(
        Pool.Rows.Windows,
        [("row", x, Line), ("gradients", gradient, Pool.OutputRow), ("placesAt", places, Pool.OutputRow)],
        row => v.Repeat(
            Pool.Columns.Windows,
            [("at", row[0], Step), ("gradientAt", row[1], Filters), ("placeAt", row[2], Filters)],
            at => body(at[0], at[1], at[2]),
            isWrittenOut: false),
        isWrittenOut: false);

    /// <summary>Where the window of a place begins that is the largest.</summary>
    public static Address SeenFrom(VectorCode v, Address window, Address place) =>
        new(v.Code.Enter("seen", window.Memory, v.Number(window.Offset) + Term.Of(Operation.ToInt, v.Element(place))));

    /// <summary>The same in plain loops, for each filter o and each of the elements that it sees: the index of that element, and of its weight.</summary>
    public void EmitScalar(KernelWriter w, Action<string, string> body)
    {
        int depth = Geometry.Pieces.Depth;
        using (w.Code.Block(KernelWriter.Loop("row", Pool.Rows.Windows)))
        using (w.Code.Block(KernelWriter.Loop("column", Pool.Columns.Windows)))
        using (w.Code.Block(KernelWriter.Loop("o", Filters)))
        {
            w.Code.Line(Invariant($"int output = (row * {Pool.Columns.Windows} + column) * {Filters} + o;"));
            w.Code.Line($"float g = {w.At(Gradient, "output")};");
            w.Code.Line(Invariant($"int start = row * {Line} + column * {Step} + (int){w.At(Places, "output")};"));
            (int down, int downStep, int across, int acrossStep) = Geometry.PieceSteps;
            w.ForEachRow("down", down, below => w.ForEachRow("across", across, beside => w.ForEachRow("k", depth, k =>
            {
                string[] seen = [.. new[] { "start", Term(below, downStep), Term(beside, acrossStep), Term(k, 1) }.Where(static t => t != "")];
                string[] row = [.. new[] { Term(below, across * depth), Term(beside, depth), Term(k, 1) }.Where(static t => t != "")];
                body(string.Join(" + ", seen), row.Length == 0 ? "o" : Invariant($"({string.Join(" + ", row)}) * {Filters} + o"));
            })));
        }

        static string Term(string index, int stride) => index == "0" ? "" : stride == 1 ? index : Invariant($"{index} * {stride}");
    }
}

/// <summary>
/// dw[k, o] += sum over the pool's windows p of x[p, k] dy[p, o], where x[p, k] is what the window of the convolution sees whose result was p's
/// largest: the gradient of a shared weight is the sum over the edges that share it, of which all others have none.
/// </summary>
internal sealed record SparseWeightGradient(string Of, Buffer X, SparseGradient Dy, Buffer Dw) : Kernel(KernelNames.Gradient(Of, "Weight"))
{
    public override IEnumerable<Operand> Operands =>
        [new(X, Access.Read), new(Dy.Gradient, Access.Read), new(Dy.Places, Access.Read), new(Dw, Access.Accumulate)];

    public override long MultiplyAdds => Dy.MultiplyAdds;

    // Always loops: what is written out would be long, and no faster.
    public override long Statements => 0;

    public override string Formula => $"{Dw.Name} += {Dy.Gradient.Name} of each place, times what its window sees of {X.Name}";

    public override void Emit(KernelWriter w)
    {
        if (!w.HasVectors)
        {
            Dy.EmitScalar(w, (x, weight) => w.Code.Line($"{w.At(Dw, weight)} += g * {w.At(X, x)};"));
            return;
        }

        w.Dialect.Use(Helper.Transpose);
        if (w.IsPortable)
            Dy.EmitByPieces(w, WritePieces);
        else
            SparseGradient.Emit(w, Dy.WeightLanes, Write);
    }

    /// <summary>As <see cref="Write"/>, with the sums in memory.</summary>
    private void WritePieces(VectorCode v)
    {
        (int depth, IReadOnlyList<int> starts) = Dy.Geometry.Pieces;
        Memory sums = v.Code.Reserve("sums", Dw.Size), turned = v.Code.Reserve("turned", Dw.Size);
        Kernels.Fill.Write(v, new Address(sums), Dw.Size, 0);
        v.Code.For("o", Dy.Filters, 1, o =>
        {
            var to = new Address(v.Code.Enter("to", sums, o * Dy.Depth));
            var gradients = new Address(v.Code.Enter("gradientOf", v.Start(Dy.Gradient).Memory, o));
            var places = new Address(v.Code.Enter("placesOf", v.Start(Dy.Places).Memory, o));
            Dy.ForEachWindow(v, v.Start(X), gradients, places, (x, gradient, place) =>
            {
                Address seen = SparseGradient.SeenFrom(v, x, place);
                Dy.AddPieces(v, gradient, piece => seen + starts[piece], piece => to + (piece * depth));
            });
        });
        v.Code.Call("Transpose", Dy.Filters, Dy.Depth, Passed.At(sums), Dy.Depth, Passed.At(turned), Dy.Filters);
        VectorCopy.Write(v, Dw.Size, new Address(turned), v.Start(Dw), adds: true);
    }

    private void Write(VectorCode v, Lanes lanes)
    {
        // Filters apart, so that what neighbours see is one vector: the sums are of the weight turned.
        Memory sums = v.Code.Reserve("sums", Dw.Size + lanes.Count), turned = v.Code.Reserve("turned", Dw.Size);
        IReadOnlyList<SparseGradient.Tile> tiles = SparseGradient.TilesOf(Dy.Geometry, lanes);
        v.Code.For("o", Dy.Filters, 1, o =>
        {
            var to = new Address(v.Code.Enter("to", sums, o * Dy.Depth));
            var gradient = new Address(v.Code.Enter("gradientOf", v.Start(Dy.Gradient).Memory, o));
            var places = new Address(v.Code.Enter("placesOf", v.Start(Dy.Places).Memory, o));
            // From the last on: where a vector of a short piece reaches into the piece before, that one is stored later.
            int passes = (tiles.Count + Tuning.Convolutions.SparseSums - 1) / Tuning.Convolutions.SparseSums;
            int size = (tiles.Count + passes - 1) / passes;
            for (int end = tiles.Count; end > 0; end -= size)
                WritePass(v, lanes, [.. tiles.Skip(Math.Max(0, end - size)).Take(Math.Min(size, end))], gradient, places, to);
        });
        v.Code.Call("Transpose", Dy.Filters, Dy.Depth, Passed.At(sums), Dy.Depth, Passed.At(turned), Dy.Filters);
        VectorCopy.Write(v, Dw.Size, new Address(turned), v.Start(Dw), adds: true);
    }

    private void WritePass(VectorCode v, Lanes lanes, SparseGradient.Tile[] tiles, Address gradients, Address places, Address to)
    {
        Local[] sums = [.. tiles.Select(_ => v.Code.Variable("sum", Term.Zero))];
        Dy.ForEachWindow(v, v.Start(X), gradients, places, (x, gradient, place) =>
        {
            Term g = v.Code.Let("g", v.All(gradient));
            Address seen = SparseGradient.SeenFrom(v, x, place);
            for (int k = 0; k < tiles.Length; k++)
                v.Code.Set(sums[k], Term.MultiplyAdd(v.Load(seen + tiles[k].At), g, new Get(sums[k])));
        });
        for (int k = tiles.Length - 1; k >= 0; k--)
        {
            // The first piece, if it is short, has another's elements behind it.
            bool isWhole = tiles[k].First + tiles[k].Count == lanes.Count;
            Address row = to + tiles[k].Row;
            v.Store(row, isWhole ? new Get(sums[k]) : Term.Of(Operation.Select, new FirstLanes(tiles[k].Count), new Get(sums[k]), v.Load(row)));
        }
    }
}

/// <summary>What the window of each place sees of dx += dy[p, o] w[k, o].</summary>
internal sealed record SparseInputGradient(string Of, SparseGradient Dy, Buffer Weight, Buffer Dx, Access DxAccess)
    : Kernel(KernelNames.Gradient(Of, "Input"))
{
    public override IEnumerable<Operand> Operands =>
        [new(Dy.Gradient, Access.Read), new(Dy.Places, Access.Read), new(Weight, Access.Read), new(Dx, DxAccess)];

    public override long MultiplyAdds => Dy.MultiplyAdds;

    // Always loops: what is written out would be long, and no faster.
    public override long Statements => 0;

    public override string Formula => KernelNames.Assign(Dx, DxAccess, $"{Weight.Name} of each place of {Dy.Places.Name}, times {Dy.Gradient.Name}");

    public override void Emit(KernelWriter w)
    {
        if (DxAccess == Access.Overwrite)
            Fill.Emit(w, Dx, 0);
        if (!w.HasVectors)
        {
            Dy.EmitScalar(w, (x, weight) => w.Code.Line($"{w.At(Dx, x)} += g * {w.At(Weight, weight)};"));
            return;
        }

        w.Dialect.Use(Helper.Transpose);
        if (w.IsPortable)
            Dy.EmitByPieces(w, WritePieces);
        else
            SparseGradient.Emit(w, Dy.InputLanes, Write);
    }

    private void WritePieces(VectorCode v)
    {
        (int depth, IReadOnlyList<int> starts) = Dy.Geometry.Pieces;
        WriteWindows(v, (dx, place, weights, gradient) =>
        {
            Address seen = SparseGradient.SeenFrom(v, dx, place);
            Dy.AddPieces(v, gradient, piece => weights + (piece * depth), piece => seen + starts[piece]);
        });
    }

    private void Write(VectorCode v, Lanes lanes)
    {
        IReadOnlyList<SparseGradient.Tile> tiles = SparseGradient.TilesOf(Dy.Geometry, lanes);
        WriteWindows(v, (dx, place, weights, gradient) =>
        {
            Term g = v.Code.Let("g", v.All(gradient));
            Address seen = SparseGradient.SeenFrom(v, dx, place);
            foreach (SparseGradient.Tile tile in tiles)
                v.Store(seen + tile.At, Term.MultiplyAdd(v.Load(weights + tile.Row), g, v.Load(seen + tile.At)));
        });
    }

    /// <summary>Runs a body for each place, with where the window of the pool begins, the place, the weights of its filter, and its gradient.</summary>
    private void WriteWindows(VectorCode v, Action<Address, Address, Address, Address> body)
    {
        Memory turned = v.Code.Reserve("turned", Weight.Size);
        v.Code.Call("Transpose", Dy.Depth, Dy.Filters, Passed.At(v.Start(Weight).Memory), Dy.Filters, Passed.At(turned), Dy.Depth);
        Dy.ForEachWindow(v, v.Start(Dx), v.Start(Dy.Gradient), v.Start(Dy.Places), (dx, gradient, place) => v.Repeat(
            Dy.Filters,
            [("gradientOf", gradient, 1), ("placeOf", place, 1), ("weights", new Address(turned), Dy.Depth)],
            at => body(dx, at[1], at[2], at[0]),
            isWrittenOut: false));
    }
}
