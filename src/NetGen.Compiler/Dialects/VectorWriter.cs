using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>A place in memory that a kernel reads or writes: a reference and a constant number of elements behind it.</summary>
/// <param name="Readable">How many elements from the reference on may be read, beyond the buffer itself; 0 where nothing is known.</param>
/// <param name="End">Where the buffer ends.</param>
/// <param name="Writable">How many elements may be written, once a vector reaches the buffer's end.</param>
internal readonly record struct Place(string Reference, int Offset, string Type = "float", int Readable = 0, int End = 0, int Writable = 0)
{
    /// <summary>How the elements are kept: anything but floats is widened as it is read.</summary>
    public Storage Storage { get; init; }

    public Place At(int offset) => this with { Offset = Offset + offset };

    public string Element => Storage == Storage.Float32 ? VectorDialect.ElementOf(Reference, Invariant($"{Offset}")) : Widening.Load(this, 1);
}

/// <summary>What a kernel prints vector code with, for one width: loops that may be written out, loads, stores, sums.</summary>
internal sealed class VectorWriter(KernelWriter kernel, Lanes lanes)
{
    public KernelWriter Kernel { get; } = kernel;

    public CodeWriter Code { get; } = kernel.Code;

    public Dialect Dialect { get; } = kernel.Dialect;

    public Lanes Lanes { get; } = lanes;

    /// <summary>Loops are written out: they are few vectors long in this width.</summary>
    public bool IsStraightLine => Kernel.IsStraightLineIn(Lanes);

    /// <summary>Where a buffer begins.</summary>
    public Place Start(Ir.Buffer buffer) => Kernel.Start(buffer);

    /// <summary>How many sums hide the latency of a multiply-add without running out of registers.</summary>
    public int Sums => 8;

    /// <summary>
    /// Runs a body <paramref name="trips"/> times, over places that move on by a stride each time: a loop whose references move,
    /// or written out with constants.
    /// </summary>
    public void Repeat(int trips, IReadOnlyList<(string Name, Place Start, int Stride)> moving, Action<Place[]> body, bool? writtenOut = null)
    {
        if (trips == 1 || (writtenOut ?? IsStraightLine))
        {
            for (int trip = 0; trip < trips; trip++)
                body([.. moving.Select(m => m.Start.At(trip * m.Stride))]);
            return;
        }

        if (trips == 0)
            return;
        moving = [.. moving.Select(m => (Kernel.Local(m.Name), m.Start, m.Stride))];
        foreach ((string name, Place start, int _) in moving)
            Code.Line($"ref {start.Type} {name} = {VectorDialect.Reference(start.Reference, start.Offset)};");
        string index = Kernel.Local("i");
        using (Code.Block(KernelWriter.Loop(index, trips)))
        {
            body([.. moving.Select(m => new Place(m.Name, 0, m.Start.Type) { Storage = m.Start.Storage })]);
            foreach ((string name, Place _, int stride) in moving.Where(static m => m.Stride != 0))
                Code.Line($"{name} = {VectorDialect.Reference(name, stride)};");
        }
    }

    /// <summary>Runs a body for every vector of a stretch: a loop over the whole ones, then what is left. A place is where its vector's offset counts from.</summary>
    public void ForEach(IReadOnlyList<Chunk> chunks, IReadOnlyList<(string Name, Place Start)> places, Action<Place[], Chunk> body)
    {
        int regular = chunks.TakeWhile((c, k) => c.IsWhole && c.Lanes == Lanes && c.Offset == k * Lanes.Count).Count();
        Repeat(regular, [.. places.Select(p => (p.Name, p.Start, Lanes.Count))], at => body(at, new Chunk(0, Lanes, Lanes.Count)), regular <= 4);
        foreach (Chunk chunk in chunks.Skip(regular))
            body([.. places.Select(static p => p.Start)], chunk);
    }

    public string Load(Place place, Chunk chunk) => Load(place.At(chunk.Offset), chunk.Lanes, chunk.Count);

    /// <summary>The same with 0 in the lanes beyond the count.</summary>
    public static string LoadZeroed(Place place, Chunk chunk)
    {
        string load = Load(place.At(chunk.Offset), chunk.Lanes, chunk.Count);
        return chunk.IsWhole || !CanReadWhole(place.At(chunk.Offset), chunk.Lanes) ? load : $"{chunk.Lanes.Class}.BitwiseAnd({load}, {chunk.Lanes.MaskOf(chunk.Count)})";
    }

    public static bool CanReadWhole(Place place, Lanes lanes) => place.Offset + lanes.Count <= place.Readable;

    /// <summary>A vector from memory; lanes beyond the count hold whatever stands behind, where that may be read, else 0.</summary>
    public static string Load(Place place, Lanes lanes, int? count = null)
    {
        int n = count ?? lanes.Count;
        if ((n == lanes.Count || CanReadWhole(place, lanes)) && place.Storage != Storage.Float32)
            return Widening.Load(place, lanes.Count);
        if (n == lanes.Count || CanReadWhole(place, lanes))
            return $"{lanes.Class}.LoadUnsafe(ref {place.Reference}{(place.Offset == 0 ? "" : Invariant($", {place.Offset}"))})";
        if (n == 1)
            return $"{lanes.Class}.CreateScalar({place.Element})";
        IEnumerable<string> elements = Enumerable.Range(0, lanes.Count).Select(k => k < n ? place.At(k).Element : "0f");
        return $"{lanes.Class}.Create({string.Join(", ", elements)})";
    }

    public void Store(Place place, Chunk chunk, string value) => Store(place.At(chunk.Offset), chunk.Lanes, value, chunk.Count);

    /// <summary>The first lanes of a vector, a local, into memory.</summary>
    public void Store(Place place, Lanes lanes, string value, int? count = null)
    {
        int n = count ?? lanes.Count;
        if (n == lanes.Count || (place.Offset + n >= place.End && place.Offset + lanes.Count <= place.Writable))
        {
            Code.Line($"{lanes.Class}.StoreUnsafe({value}, ref {place.Reference}{(place.Offset == 0 ? "" : Invariant($", {place.Offset}"))});");
            return;
        }

        if (n > 1 && value.IndexOfAny(['(', ' ']) >= 0)
        {
            string local = Kernel.Local("stored");
            Code.Line($"var {local} = {value};");
            value = local;
        }

        for (int k = 0; k < n; k++)
            Code.Line($"{place.At(k).Element} = {lanes.Class}.{(k == 0 ? $"ToScalar({value})" : Invariant($"GetElement({value}, {k})"))};");
    }

    /// <summary>A formula whose variables are all vectors.</summary>
    public string Print(Expr e, Lanes lanes, Func<string, string>? name = null) =>
        new ExprPrinter(Dialect, Precision.Vector, name ?? (static n => n), lanes).Print(e);

    /// <summary>The sums over the lanes of up to eight vectors, side by side in one vector.</summary>
    public (string Value, Lanes Lanes) SideBySide(IReadOnlyList<string> vectors, Lanes of)
    {
        if (vectors.Count == 1)
            return ($"{Lanes.Four.Class}.CreateScalar({of.Class}.Sum({vectors[0]}))", Lanes.Four);
        int count = vectors.Count > 4 ? 8 : 4;
        IEnumerable<string> all = vectors.Concat(Enumerable.Repeat(of.Zero, count - vectors.Count));
        Dialect.Use(count == 8 ? Helper.SumsOfEight : Helper.SumsOfFour);
        return ($"SumsOf{(count == 8 ? "Eight" : "Four")}({string.Join(", ", all)})", new Lanes(count));
    }

    /// <summary>A narrower vector as a wider one with zeros behind it.</summary>
    public static string Widen(string value, Lanes from, Lanes to)
    {
        for (Lanes at = from; at.Count < to.Count; at = new Lanes(2 * at.Count))
            value = Invariant($"{at.Class}.ToVector{2 * at.Bits}({value})");
        return value;
    }
}
