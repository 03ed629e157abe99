using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>Normalisation of rows over whole vectors.</summary>
internal static class RowNormVectors
{
    /// <summary>Sums at a time, so that few additions wait for each other.</summary>
    private const int Sums = 4;

    /// <summary>A row in vectors, of which the last may be moved back over elements that the one before it holds, or hold fewer than its lanes.</summary>
    private sealed class Row
    {
        private readonly VectorWriter _v;
        private readonly List<Chunk> _chunks;
        private readonly int _regular;
        private readonly string _once;

        public Row(VectorWriter v, int size)
        {
            _v = v;
            Size = size;
            _chunks = Chunk.Overlapping(size, v.Lanes);
            int repeated = _chunks.Count > 1 ? _chunks[_chunks.Count - 2].End - _chunks[_chunks.Count - 1].Offset : 0;
            _regular = repeated > 0 || !_chunks[0].IsWhole ? _chunks.Count - 1 : _chunks.Count;
            _once = "";
            if (_regular == _chunks.Count)
                return;
            // Zero in the lanes that must not count.
            _once = v.Kernel.Local("once");
            IEnumerable<string> bits = Enumerable.Range(0, Lanes.Count).Select(k => (repeated > 0 ? k < repeated : k >= size) ? "0" : "-1");
            v.Code.Line($"var {_once} = {Lanes.Class}.AsSingle({Lanes.Class}.Create({string.Join(", ", bits)}));");
        }

        public int Size { get; }

        public Lanes Lanes => _chunks[0].Lanes;

        public string Share => CSharpLiteral.Float((float)(1.0 / Size));

        /// <summary>Runs a body for every vector. It is told how to keep lanes that do not count at 0, and which of several sums is its.</summary>
        public void ForEach(IReadOnlyList<(string Name, Place Start)> places, Action<Place[], Chunk, Func<string, string>, int> body)
        {
            var whole = new Chunk(0, Lanes, Lanes.Count);
            int trips = _regular <= 2 * Sums ? 0 : _regular / Sums;
            void Several(Place[] at, int count)
            {
                for (int k = 0; k < count; k++)
                    body([.. at.Select(p => p.At(k * Lanes.Count))], whole, static value => value, k % Sums);
            }

            _v.Repeat(trips, [.. places.Select(p => (p.Name, p.Start, Sums * Lanes.Count))], at => Several(at, Sums), writtenOut: false);
            Several([.. places.Select(p => p.Start.At(trips * Sums * Lanes.Count))], _regular - (trips * Sums));
            if (_regular < _chunks.Count)
                body([.. places.Select(static p => p.Start)], _chunks[_regular], value => $"({value} & {_once})", _regular % Sums);
        }

        /// <summary>Sums over the row, each in several vectors of sums until its end.</summary>
        public string[][] DeclareSums(params string[] names)
        {
            string[][] sums = [.. names.Select(name => Enumerable.Range(0, Math.Min(Sums, _chunks.Count)).Select(_ => _v.Kernel.Local(name)).ToArray())];
            foreach (string sum in sums.SelectMany(static s => s))
                _v.Code.Line($"var {sum} = {Lanes.Zero};");
            return sums;
        }

        public string Total(string[] sums) => $"{Lanes.Class}.Sum({PoolVectors.JoinAll(Lanes, false, sums)})";

        public string Declare(string name, string value)
        {
            string local = _v.Kernel.Local(name);
            _v.Code.Line($"var {local} = {value};");
            return local;
        }
    }

    /// <summary>What is known of a row's elements: n = ((x - mean) - off) share.</summary>
    /// <param name="Mean">In all lanes; empty where nothing is centred.</param>
    /// <param name="Off">What the mean lacks of the true one.</param>
    private readonly record struct Statistics(string Mean, string Off, string Share)
    {
        public string Normal(string x) => Mean == "" ? $"{x} * {Share}" : $"({x} - {Mean} - {Off}) * {Share}";
    }

    public static void Emit(KernelWriter w, RowNorm norm) => w.PerWidth(norm.Size, Lanes.Eight, v =>
    {
        var row = new Row(v, norm.Size);
        v.Repeat(norm.Rows, [("xRow", v.Start(norm.X), norm.Size), ("yRow", v.Start(norm.Y), norm.Size)], rows =>
        {
            Statistics statistics = EmitStatistics(v, row, rows[0], norm.Epsilon, norm.Centres);
            List<(string, Place)> places = [("xs", rows[0]), ("ys", rows[1]), ("ws", v.Start(norm.Weight))];
            if (norm.Bias is not null)
                places.Add(("bs", v.Start(norm.Bias)));
            row.ForEach(places, (at, chunk, _, _) =>
            {
                string normal = statistics.Normal(v.Load(at[0], chunk)), weight = v.Load(at[2], chunk);
                v.Store(at[1], chunk, norm.Bias is null ? $"{normal} * {weight}" : row.Lanes.MultiplyAdd(normal, weight, v.Load(at[3], chunk)));
            });
        }, writtenOut: false);
    });

    public static void Emit(KernelWriter w, RowNormGradient gradient) => w.PerWidth(gradient.Size, Lanes.Eight, v =>
    {
        var row = new Row(v, gradient.Size);
        List<(string, Place, int)> moving = [("dyRow", v.Start(gradient.Dy), gradient.Size)];
        if (gradient.Dx is not null || gradient.Dw is not null)
            moving.Add(("xRow", v.Start(gradient.X), gradient.Size));
        if (gradient.Dx is not null)
            moving.Add(("dxRow", v.Start(gradient.Dx), gradient.Size));
        v.Repeat(gradient.Rows, moving, rows => EmitRow(v, row, gradient, rows), writtenOut: false);
    });

    private static void EmitRow(VectorWriter v, Row row, RowNormGradient gradient, Place[] rows)
    {
        bool reads = rows.Length > 1;
        Statistics statistics = reads ? EmitStatistics(v, row, rows[1], gradient.Epsilon, gradient.Centres) : default;
        List<(string, Place)> places = [("dys", rows[0])];
        int Also(string name, Place? start)
        {
            if (start is { } place)
                places.Add((name, place));
            return start is null ? -1 : places.Count - 1;
        }

        int x = Also("xs", reads ? rows[1] : null), weight = Also("ws", gradient.Dx is null ? null : v.Start(gradient.Weight));
        int dw = Also("dws", gradient.Dw is null ? null : v.Start(gradient.Dw)), db = Also("dbs", gradient.Db is null ? null : v.Start(gradient.Db));
        string[][] sums = gradient.Dx is null ? [] : gradient.Centres ? row.DeclareSums("along", "gs") : row.DeclareSums("along");
        row.ForEach(places, (at, chunk, once, sum) =>
        {
            // Lanes that hold no element hold 0, so that no sum meets what stands there.
            string dy = row.Declare("dy", once(VectorWriter.LoadZeroed(at[0], chunk)));
            string n = reads ? row.Declare("n", statistics.Normal(VectorWriter.LoadZeroed(at[x], chunk))) : "";
            if (dw >= 0)
                v.Store(at[dw], chunk, row.Lanes.MultiplyAdd(dy, n, v.Load(at[dw], chunk)));
            if (db >= 0)
                v.Store(at[db], chunk, $"{v.Load(at[db], chunk)} + {dy}");
            if (gradient.Dx is null)
                return;
            string g = row.Declare("g", $"{dy} * {VectorWriter.LoadZeroed(at[weight], chunk)}");
            v.Code.Line($"{sums[0][sum]} = {row.Lanes.MultiplyAdd(g, n, sums[0][sum])};");
            if (gradient.Centres)
                v.Code.Line($"{sums[1][sum]} += {g};");
        });
        if (gradient.Dx is null)
            return;

        string along = row.Declare("alongMean", row.Lanes.Broadcast($"{row.Total(sums[0])} * {row.Share}"));
        string mean = gradient.Centres ? row.Declare("gMean", row.Lanes.Broadcast($"{row.Total(sums[1])} * {row.Share}")) : "";
        bool adds = gradient.DxAccess == Access.Accumulate;
        row.ForEach([("dys", rows[0]), ("xs", rows[1]), ("ws", v.Start(gradient.Weight)), ("dxs", rows[2])], (at, chunk, once, _) =>
        {
            string n = statistics.Normal(v.Load(at[1], chunk));
            string g = $"{v.Load(at[0], chunk)} * {v.Load(at[2], chunk)}";
            string value = $"({g}{(mean == "" ? "" : $" - {mean}")} - {n} * {along}) * {statistics.Share}";
            v.Store(at[3], chunk, adds ? $"{v.Load(at[3], chunk)} + {once($"({value})")}" : value);
        });
    }

    /// <summary>
    /// The mean, then what its rounding left of it (of numbers far from 0 that is more than the variance may bear), then the mean of the squares about both.
    /// </summary>
    private static Statistics EmitStatistics(VectorWriter v, Row row, Place x, float epsilon, bool centres)
    {
        Lanes lanes = row.Lanes;
        string mean = "", off = "", about = "";
        if (centres)
        {
            string[][] total = row.DeclareSums("sums");
            row.ForEach([("xs", x)], (at, chunk, once, sum) => v.Code.Line($"{total[0][sum]} += {once(v.Load(at[0], chunk))};"));
            mean = row.Declare("mean", lanes.Broadcast($"{row.Total(total[0])} * {row.Share}"));
        }

        string[][] sums = centres ? row.DeclareSums("squares", "offs") : row.DeclareSums("squares");
        row.ForEach([("xs", x)], (at, chunk, once, sum) =>
        {
            string from = row.Declare("from", once(centres ? $"({v.Load(at[0], chunk)} - {mean})" : v.Load(at[0], chunk)));
            v.Code.Line($"{sums[0][sum]} = {lanes.MultiplyAdd(from, from, sums[0][sum])};");
            if (centres)
                v.Code.Line($"{sums[1][sum]} += {from};");
        });
        string squares = $"{row.Total(sums[0])} * {row.Share}";
        if (centres)
        {
            string offMean = v.Kernel.Local("offMean");
            v.Code.Line($"float {offMean} = {row.Total(sums[1])} * {row.Share};");
            off = row.Declare("off", lanes.Broadcast(offMean));
            about = $"global::System.Math.Max({squares} - {offMean} * {offMean}, 0f)";
        }

        string share = row.Declare("share", lanes.Broadcast(Invariant($"1f / global::System.MathF.Sqrt({(centres ? about : squares)} + {CSharpLiteral.Float(epsilon)})")));
        return new Statistics(mean, off, share);
    }
}
