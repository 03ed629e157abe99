using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// What a kernel prints with when each lane of a vector is a sample: the formulas of one sample, written out, over vectors.
/// Nothing is summed over lanes but, once for a batch, the gradients. For networks so small that all of it stays near the registers.
/// </summary>
/// <param name="parameter">Where a parameter begins in the parameter buffer.</param>
/// <param name="stride">How far apart the same element of neighbouring samples stands in memory.</param>
/// <param name="kept">Where a value is kept between methods, in vectors of the scratch; null where it is not.</param>
internal sealed class LaneWriter(
    CodeWriter code, Dialect dialect, Lanes lanes, Func<Ir.Buffer, int> parameter, Func<Ir.Buffer, int?> kept, Func<Ir.Buffer, int> stride)
{
    private readonly Dictionary<(string Buffer, int Element), string> _locals = [];

    public CodeWriter Code { get; } = code;

    public Lanes Lanes { get; } = lanes;

    public Dialect Dialect { get; } = dialect;

    /// <summary>An element of every sample: a local, loaded where another method kept it.</summary>
    public string Read(Ir.Buffer buffer, int element)
    {
        if (_locals.TryGetValue((buffer.Name, element), out string? local))
            return local;
        if (_later.TryGetValue((buffer.Name, element), out Action? compute))
        {
            _later.Remove((buffer.Name, element));
            compute();
            return _locals[(buffer.Name, element)];
        }

        int at = kept(buffer) ?? throw new InvalidOperationException($"{buffer.Name} is not kept");
        return Declare(buffer, element, $"{Lanes.Class}.LoadUnsafe(ref {VectorDialect.ElementOf("scratch", Invariant($"{(at + element) * Lanes.Count}"))})");
    }

    /// <summary>Gives every sample's element its value.</summary>
    public void Write(Ir.Buffer buffer, int element, string value)
    {
        string local = Declare(buffer, element, value);
        if (kept(buffer) is { } at)
            Code.Line($"{Lanes.Class}.StoreUnsafe({local}, ref {VectorDialect.ElementOf("scratch", Invariant($"{(at + element) * Lanes.Count}"))});");
    }

    /// <summary>Gives every sample's element its value, or adds it to what the element holds.</summary>
    public void Write(Operand to, int element, string value) =>
        Write(to.Buffer, element, to.Access == Access.Accumulate ? $"{Read(to.Buffer, element)} + ({value})" : value);

    /// <summary>
    /// Gives every sample's element its value where it is first read, or at <see cref="Finish"/>: so what is computed one by one and
    /// read one by one needs few registers.
    /// </summary>
    /// <param name="value">Prints what the value needs, and gives it.</param>
    public void WriteLater(Ir.Buffer buffer, int element, Func<string> value) =>
        _later[(buffer.Name, element)] = () => Write(buffer, element, value());

    private readonly Dictionary<(string Buffer, int Element), Action> _later = [];

    /// <summary>Computes what was put off of a buffer that is kept.</summary>
    public void Finish(Ir.Buffer buffer)
    {
        for (int k = 0; k < buffer.Size; k++)
        {
            if (_later.ContainsKey((buffer.Name, k)))
                Read(buffer, k);
        }
    }

    /// <summary>A parameter in all lanes.</summary>
    public string Parameter(Ir.Buffer buffer, int element) =>
        Lanes.Broadcast(VectorDialect.ElementOf("parameters", Invariant($"{parameter(buffer) + element}")));

    /// <summary>Says that the gradient of a parameter has a term; it is summed up elsewhere.</summary>
    public void AddGradient(Ir.Buffer gradient, int element, GradientTerm term) => Sums!.Add(parameter(gradient) + element, term);

    /// <summary>Where the gradients of parameters are summed up.</summary>
    public LaneSums? Sums { get; init; }

    public string Print(Expr e, Func<string, string> name) => new ExprPrinter(Dialect, Precision.Vector, name, Lanes).Print(e);

    /// <summary>A local of a kernel's own.</summary>
    public string Local(string name, string value)
    {
        string local = name;
        for (int n = 2; !_names.Add(local); n++)
            local = name + Invariant($"{n}");
        Code.Line($"var {local} = {value};");
        return local;
    }

    private readonly HashSet<string> _names = [];

    /// <summary>
    /// The columns in which rows are read and written four at a time. The last four are moved back over columns that come
    /// twice; a row that is padded to four has them beyond its end.
    /// </summary>
    private IEnumerable<int> Fours(Ir.Buffer buffer)
    {
        if (Lanes != Lanes.Eight)
            yield break;
        int padded = (buffer.Size + 3) / 4 * 4;
        for (int k = 0; k < padded; k += 4)
        {
            if (k + 4 <= buffer.Size || padded <= stride(buffer))
                yield return k;
            else if (buffer.Size > 4)
                yield return buffer.Size - 4;
        }
    }

    /// <summary>Reads the samples' rows from memory.</summary>
    public void Gather(Ir.Buffer buffer)
    {
        int step = stride(buffer);
        if (buffer.Role == BufferRole.Labels)
        {
            Write(buffer, 0, $"{Lanes.Class}.ConvertToSingle({Lanes.Class}.LoadUnsafe(ref {buffer.Name}))");
            return;
        }

        string Four(int at) => $"{Lanes.Four.Class}.LoadUnsafe(ref {VectorDialect.ElementOf(buffer.Name, Invariant($"{at}"))})";
        if (Lanes == Lanes.Eight && buffer.Size == 2 && step == 2)
        {
            string even = Local("pairs", $"{Lanes.Class}.Create({Four(0)}, {Four(8)})"), odd = Local("pairs", $"{Lanes.Class}.Create({Four(4)}, {Four(12)})");
            Write(buffer, 0, $"{Avx}.Shuffle({even}, {odd}, 0x88)");
            Write(buffer, 1, $"{Avx}.Shuffle({even}, {odd}, 0xDD)");
            return;
        }

        var done = new HashSet<int>();
        foreach (int first in Fours(buffer))
        {
            string[] rows = [.. Enumerable.Range(0, 4).Select(s => Local("rows", $"{Lanes.Class}.Create({Row(s)}, {Row(s + 4)})"))];
            string Row(int sample) => Four((sample * step) + first);
            string[] columns = Transposed(rows);
            for (int k = 0; k < 4; k++)
            {
                if (first + k < buffer.Size && done.Add(first + k))
                    Write(buffer, first + k, columns[k]);
            }
        }

        if (Lanes == Lanes.Eight && buffer.Size == 3 && step == 3)
        {
            // A column more than there is, the next row's first; where no row follows, one less, and the others moved up.
            string Row(int sample) => sample < 7 ? Four(sample * step) : $"{Lanes.Four.Class}.Shuffle({Four((sample * step) - 1)}, {Lanes.Four.Class}.Create(1, 2, 3, 3))";
            string[] columns = Transposed([.. Enumerable.Range(0, 4).Select(s => Local("rows", $"{Lanes.Class}.Create({Row(s)}, {Row(s + 4)})"))]);
            for (int k = 0; k < buffer.Size; k++)
                Write(buffer, k, columns[k]);
            return;
        }

        for (int k = 0; k < buffer.Size; k++)
        {
            if (!done.Add(k))
                continue;
            IEnumerable<string> elements = Enumerable.Range(0, Lanes.Count).Select(s => VectorDialect.ElementOf(buffer.Name, Invariant($"{(s * step) + k}")));
            Write(buffer, k, step == 1 ? $"{Lanes.Class}.LoadUnsafe(ref {buffer.Name})" : $"{Lanes.Class}.Create({string.Join(", ", elements)})");
        }
    }

    /// <summary>Writes the samples' rows to memory.</summary>
    public void Scatter(Ir.Buffer buffer)
    {
        int step = stride(buffer);
        if (step == 1)
        {
            Code.Line($"{Lanes.Class}.StoreUnsafe({Read(buffer, 0)}, ref {buffer.Name});");
            return;
        }

        var done = new HashSet<int>();
        foreach (int first in Fours(buffer))
        {
            string[] columns = [.. Enumerable.Range(first, 4).Select(k => k < buffer.Size ? Read(buffer, k) : Lanes.Zero)];
            done.UnionWith(Enumerable.Range(first, 4));
            StoreRows(buffer, first, Transposed(columns), whole: true);
        }

        if (Lanes == Lanes.Eight && buffer.Size == 3 && done.Count == 0)
        {
            // One column more than there is, which the next row overwrites.
            StoreRows(buffer, 0, Transposed([Read(buffer, 0), Read(buffer, 1), Read(buffer, 2), Lanes.Zero]), whole: false);
            return;
        }

        for (int k = 0; k < buffer.Size; k++)
        {
            if (!done.Add(k))
                continue;
            for (int s = 0; s < Lanes.Count; s++)
                Code.Line($"{VectorDialect.ElementOf(buffer.Name, Invariant($"{(s * step) + k}"))} = {Lanes.Class}.GetElement({Read(buffer, k)}, {s});");
        }
    }

    private void StoreRows(Ir.Buffer buffer, int first, string[] vectors, bool whole)
    {
        string[] rows = [.. vectors.Select(v => Local("rows", v))];
        for (int s = 0; s < 8; s++)
        {
            string row = $"{Lanes.Class}.Get{(s < 4 ? "Lower" : "Upper")}({rows[s % 4]})";
            int at = (s * stride(buffer)) + first;
            if (whole || s < 7)
            {
                Code.Line($"{Lanes.Four.Class}.StoreUnsafe({row}, ref {VectorDialect.ElementOf(buffer.Name, Invariant($"{at}"))});");
                continue;
            }

            string last = Local("last", row);
            for (int k = 0; k < buffer.Size - first; k++)
                Code.Line($"{VectorDialect.ElementOf(buffer.Name, Invariant($"{at + k}"))} = {Lanes.Four.Class}.GetElement({last}, {k});");
        }
    }

    /// <summary>Rows of four (the first and the fifth in one vector, and so on) as columns of eight, and back.</summary>
    private string[] Transposed(string[] rows)
    {
        string low01 = Local("low", $"{Avx}.UnpackLow({rows[0]}, {rows[1]})"), high01 = Local("high", $"{Avx}.UnpackHigh({rows[0]}, {rows[1]})");
        string low23 = Local("low", $"{Avx}.UnpackLow({rows[2]}, {rows[3]})"), high23 = Local("high", $"{Avx}.UnpackHigh({rows[2]}, {rows[3]})");
        return
        [
            $"{Avx}.Shuffle({low01}, {low23}, 0x44)", $"{Avx}.Shuffle({low01}, {low23}, 0xEE)",
            $"{Avx}.Shuffle({high01}, {high23}, 0x44)", $"{Avx}.Shuffle({high01}, {high23}, 0xEE)",
        ];
    }

    private const string Avx = "global::System.Runtime.Intrinsics.X86.Avx";

    private string Declare(Ir.Buffer buffer, int element, string value)
    {
        string local = Local(buffer.Named(Invariant($"{element}")), value);
        _locals[(buffer.Name, element)] = local;
        return local;
    }
}
