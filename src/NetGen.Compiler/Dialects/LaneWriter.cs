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
/// <param name="kept">Where a value is kept between methods, in vectors of the scratch; null where it is not.</param>
internal sealed class LaneWriter(CodeWriter code, Dialect dialect, Lanes lanes, Func<Ir.Buffer, int> parameter, Func<Ir.Buffer, int?> kept)
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

    /// <summary>A parameter in all lanes.</summary>
    public string Parameter(Ir.Buffer buffer, int element) =>
        Lanes.Broadcast(VectorDialect.ElementOf("parameters", Invariant($"{parameter(buffer) + element}")));

    /// <summary>Adds to the gradient of a parameter, lane by lane.</summary>
    public void AddGradient(Ir.Buffer gradient, int element, Func<string, string> sum)
    {
        string at = VectorDialect.ElementOf("gradients", Invariant($"{(parameter(gradient) + element) * Lanes.Count}"));
        Code.Line($"{Lanes.Class}.StoreUnsafe({sum($"{Lanes.Class}.LoadUnsafe(ref {at})")}, ref {at});");
    }

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

    /// <summary>Reads the samples' rows of the caller's memory, four columns at a time where there are as many.</summary>
    public void Gather(Ir.Buffer buffer)
    {
        int done = 0;
        if (Lanes == Lanes.Eight)
        {
            for (; done + 4 <= buffer.Size; done += 4)
            {
                string[] rows = [.. Enumerable.Range(0, 4).Select(s => Local("rows", $"{Lanes.Class}.Create({Row(s)}, {Row(s + 4)})"))];
                string Row(int sample) => $"{Lanes.Four.Class}.LoadUnsafe(ref {VectorDialect.ElementOf(buffer.Name, Invariant($"{(sample * buffer.Size) + done}"))})";
                string low01 = Local("low", $"{Avx}.UnpackLow({rows[0]}, {rows[1]})"), high01 = Local("high", $"{Avx}.UnpackHigh({rows[0]}, {rows[1]})");
                string low23 = Local("low", $"{Avx}.UnpackLow({rows[2]}, {rows[3]})"), high23 = Local("high", $"{Avx}.UnpackHigh({rows[2]}, {rows[3]})");
                Write(buffer, done, $"{Avx}.Shuffle({low01}, {low23}, 0x44)");
                Write(buffer, done + 1, $"{Avx}.Shuffle({low01}, {low23}, 0xEE)");
                Write(buffer, done + 2, $"{Avx}.Shuffle({high01}, {high23}, 0x44)");
                Write(buffer, done + 3, $"{Avx}.Shuffle({high01}, {high23}, 0xEE)");
            }
        }

        for (; done < buffer.Size; done++)
        {
            IEnumerable<string> elements = Enumerable.Range(0, Lanes.Count).Select(s => VectorDialect.ElementOf(buffer.Name, Invariant($"{(s * buffer.Size) + done}")));
            Write(buffer, done, buffer.Size == 1 ? $"{Lanes.Class}.LoadUnsafe(ref {buffer.Name})" : $"{Lanes.Class}.Create({string.Join(", ", elements)})");
        }
    }

    /// <summary>Writes the samples' rows to the caller's memory.</summary>
    public void Scatter(Ir.Buffer buffer)
    {
        if (buffer.Size == 1)
        {
            Code.Line($"{Lanes.Class}.StoreUnsafe({Read(buffer, 0)}, ref {buffer.Name});");
            return;
        }

        int done = 0;
        if (Lanes == Lanes.Eight)
        {
            // Fewer than four columns are written with one behind them, which the next row overwrites.
            for (; done < buffer.Size && (done + 4 <= buffer.Size || buffer.Size == 3); done += 4)
            {
                string[] columns = [.. Enumerable.Range(done, 4).Select(k => k < buffer.Size ? Read(buffer, k) : Lanes.Zero)];
                string low01 = Local("low", $"{Avx}.UnpackLow({columns[0]}, {columns[1]})"), high01 = Local("high", $"{Avx}.UnpackHigh({columns[0]}, {columns[1]})");
                string low23 = Local("low", $"{Avx}.UnpackLow({columns[2]}, {columns[3]})"), high23 = Local("high", $"{Avx}.UnpackHigh({columns[2]}, {columns[3]})");
                string[] rows =
                [
                    Local("rows", $"{Avx}.Shuffle({low01}, {low23}, 0x44)"), Local("rows", $"{Avx}.Shuffle({low01}, {low23}, 0xEE)"),
                    Local("rows", $"{Avx}.Shuffle({high01}, {high23}, 0x44)"), Local("rows", $"{Avx}.Shuffle({high01}, {high23}, 0xEE)"),
                ];
                for (int s = 0; s < 8; s++)
                {
                    string row = $"{Lanes.Class}.Get{(s < 4 ? "Lower" : "Upper")}({rows[s % 4]})";
                    int at = (s * buffer.Size) + done;
                    if (s < 7 || buffer.Size - done >= 4)
                    {
                        Code.Line($"{Lanes.Four.Class}.StoreUnsafe({row}, ref {VectorDialect.ElementOf(buffer.Name, Invariant($"{at}"))});");
                        continue;
                    }

                    string last = Local("last", row);
                    for (int k = 0; k < buffer.Size - done; k++)
                        Code.Line($"{VectorDialect.ElementOf(buffer.Name, Invariant($"{at + k}"))} = {Lanes.Four.Class}.GetElement({last}, {k});");
                }
            }
        }

        for (; done < buffer.Size; done++)
        {
            for (int s = 0; s < Lanes.Count; s++)
                Code.Line($"{VectorDialect.ElementOf(buffer.Name, Invariant($"{(s * buffer.Size) + done}"))} = {Lanes.Class}.GetElement({Read(buffer, done)}, {s});");
        }
    }

    private const string Avx = "global::System.Runtime.Intrinsics.X86.Avx";

    private string Declare(Ir.Buffer buffer, int element, string value)
    {
        string local = Local(Invariant($"{buffer.Name}{element}"), value);
        _locals[(buffer.Name, element)] = local;
        return local;
    }
}
