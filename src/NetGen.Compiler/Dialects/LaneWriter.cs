using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// What a kernel writes with when each lane of a vector is a sample: the formulas of one sample, written out, over vectors of any width.
/// Nothing is summed over lanes but, once for a batch, the gradients. For networks so small that all of it stays near the registers.
/// </summary>
/// <param name="parameter">Where a parameter begins in the parameter buffer.</param>
/// <param name="stride">How far apart the same element of neighbouring samples stands in memory.</param>
/// <param name="kept">Where a value is kept between methods, in vectors of the scratch; null where it is not.</param>
internal sealed class LaneWriter(CodeBuilder code, Func<Ir.Buffer, int> parameter, Func<Ir.Buffer, int?> kept, Func<Ir.Buffer, int> stride)
{
    private readonly Dictionary<(string Buffer, int Element), Term> _values = [];

    /// <summary>What is computed where it is first read, and how; no longer once it has been.</summary>
    private readonly Dictionary<string, (Func<Term, Term> Value, bool CanLoop)> _later = [];

    public CodeBuilder Code { get; } = code;

    /// <summary>What the method calls all parameters.</summary>
    public Memory Parameters { get; init; } = new("parameters");

    /// <summary>Where values are kept between methods.</summary>
    public Memory? Scratch { get; init; }

    /// <summary>The samples' weights in the loss that is differentiated, and where their losses are added up.</summary>
    public Term? Weights { get; init; }

    public Local? Losses { get; init; }

    /// <summary>How many kernels read a buffer: what one alone reads, and nobody keeps, needs no memory.</summary>
    public Func<Ir.Buffer, int> Readers { get; init; } = static _ => 1;

    /// <summary>An element of every sample: loaded, where it was kept.</summary>
    public Term Read(Ir.Buffer buffer, int element)
    {
        if (_values.TryGetValue((buffer.Name, element), out Term? value))
            return value;
        if (_later.TryGetValue(buffer.Name, out (Func<Term, Term> Value, bool CanLoop) later))
        {
            Write(buffer, element, later.Value(element));
            return _values[(buffer.Name, element)];
        }

        return _values[(buffer.Name, element)] = Code.Let(LaneSums.NameOf(buffer, element), Kept(buffer, element));
    }

    private Load Kept(Ir.Buffer buffer, Term element) => new(Scratch!, PlaceOf(buffer, element), Kind.Vector);

    private Term PlaceOf(Ir.Buffer buffer, Term element)
    {
        int at = kept(buffer) ?? throw new InvalidOperationException($"{buffer.Name} is not kept");
        return element is IntNumber k ? LaneSums.Vectors(at + k.Value) : ((Term)at + element) * Term.Lanes;
    }

    /// <summary>Gives every sample's element its value.</summary>
    public void Write(Ir.Buffer buffer, int element, Term value)
    {
        Term local = _values[(buffer.Name, element)] = Code.Let(LaneSums.NameOf(buffer, element), value);
        if (kept(buffer) is not null)
            Code.Store(Scratch!, PlaceOf(buffer, element), local);
    }

    /// <summary>Gives every sample's element its value, or adds it to what the element holds.</summary>
    public void Write(Operand to, int element, Term value) =>
        Write(to.Buffer, element, to.Access == Access.Accumulate ? Read(to.Buffer, element) + value : value);

    /// <summary>
    /// Gives every sample's elements their values, or adds to them: where they are first read, or at <see cref="Finish"/>. So what is computed one by one and
    /// read one by one needs few registers, and many are a loop.
    /// </summary>
    /// <param name="reads">Buffers of which the value needs the same element.</param>
    /// <param name="value">Writes what an element's value needs, and gives it.</param>
    public void WriteEach(Operand to, IEnumerable<Ir.Buffer> reads, Func<Term, Term> value)
    {
        Ir.Buffer buffer = to.Buffer;
        if (to.Access == Access.Accumulate)
        {
            // What is there is read before anything replaces it.
            for (int k = 0; k < buffer.Size; k++)
                Write(to, k, value(k));
            return;
        }

        _later[buffer.Name] = (value, reads.All(CanReadAt));
    }

    public void WriteEach(Ir.Buffer buffer, IEnumerable<Ir.Buffer> reads, Func<Term, Term> value) => WriteEach(new Operand(buffer, Access.Overwrite), reads, value);

    /// <summary>Runs a body for every element of a buffer: written out, or in a loop where there are many that need not stay in registers.</summary>
    public void ForEach(Ir.Buffer buffer, Action<Term, Term> body)
    {
        if (!IsLoop(buffer))
        {
            for (int k = 0; k < buffer.Size; k++)
                body(k, Read(buffer, k));
            return;
        }

        // Several at a time, as many as leave none over: the loop itself costs a fifth of one.
        int together = new[] { 4, 3, 2, 1 }.First(n => buffer.Size % n == 0);
        Code.For("k", buffer.Size, together, k =>
        {
            for (int n = 0; n < together; n++)
                body(n + k, ReadAt(buffer, n + k));
        });
        // What is kept is loaded from now on.
        _later.Remove(buffer.Name);
    }

    /// <summary>Many elements, which are computed in a loop, or loaded.</summary>
    public bool IsLoop(Ir.Buffer buffer) => buffer.Size > Tuning.Samples.ElementsWrittenOut && !_values.ContainsKey((buffer.Name, 0)) && CanReadAt(buffer);

    /// <summary>Whether an element whose number is known at run time can be read: it is loaded, or computed for the one that reads it.</summary>
    private bool CanReadAt(Ir.Buffer buffer) => _later.TryGetValue(buffer.Name, out (Func<Term, Term> Value, bool CanLoop) later)
        ? later.CanLoop && (kept(buffer) is not null || Readers(buffer) == 1)
        : kept(buffer) is not null;

    /// <summary>An element whose number is known at run time.</summary>
    public Term ReadAt(Ir.Buffer buffer, Term element)
    {
        if (element is IntNumber k)
            return Read(buffer, k.Value);
        if (!_later.TryGetValue(buffer.Name, out (Func<Term, Term> Value, bool CanLoop) later))
            return Code.Let(buffer.Named("_k"), Kept(buffer, element));
        Term value = Code.Let(buffer.Named("_k"), later.Value(element));
        if (kept(buffer) is not null)
            Code.Store(Scratch!, PlaceOf(buffer, element), value);
        return value;
    }

    /// <summary>Computes what is put off, and loads what is few: before a loop, in which each element is read again and again.</summary>
    public void Settle(Ir.Buffer buffer)
    {
        if (IsLoop(buffer) && kept(buffer) is not null)
            Finish(buffer);
        else
        {
            for (int k = 0; k < buffer.Size; k++)
                Read(buffer, k);
        }
    }

    /// <summary>Computes what was put off of a buffer that is kept.</summary>
    public void Finish(Ir.Buffer buffer)
    {
        if (_later.ContainsKey(buffer.Name))
            ForEach(buffer, static (_, _) => { });
    }

    /// <summary>A parameter in all lanes.</summary>
    public Term Parameter(Ir.Buffer buffer, Term element) => Term.All(new Load(Parameters, element is IntNumber k ? parameter(buffer) + k.Value : (Term)parameter(buffer) + element, Kind.Float));

    /// <summary>Says that the gradient of a parameter has a term; it is summed up elsewhere.</summary>
    public void AddGradient(Ir.Buffer gradient, int element, GradientTerm term) => Sums!.Add(parameter(gradient) + element, term);

    /// <summary>Where the gradients of parameters are summed up.</summary>
    public LaneSums? Sums { get; init; }

    /// <summary>Adds to the losses of the samples.</summary>
    public void AddLoss(Term loss) => Code.Increase(Losses!, loss);

    /// <summary>
    /// The columns in which rows are read and written four at a time. The last four are moved back over columns that come
    /// twice; a row that is padded to four has them beyond its end.
    /// </summary>
    private IEnumerable<int> Fours(Ir.Buffer buffer)
    {
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
    public void Gather(Ir.Buffer buffer, Memory rows)
    {
        int step = stride(buffer);
        if (step == 1)
        {
            Write(buffer, 0, new Load(rows, 0, Kind.Vector));
            return;
        }

        if (buffer.Size == step && step is 2 or 3)
        {
            Term[] columns = Code.Run(step == 2 ? "ColumnsOfTwo" : "ColumnsOfThree", [Passed.At(rows)], [.. Enumerable.Range(0, step).Select(NameOf)]);
            for (int k = 0; k < step; k++)
                Write(buffer, k, columns[k]);
            return;
        }

        var done = new HashSet<int>();
        foreach (int first in Fours(buffer))
        {
            Term[] columns = Code.Run("Columns", [Passed.At(rows, first), (Term)step], [.. Enumerable.Range(first, 4).Select(NameOf)]);
            for (int k = 0; k < 4; k++)
            {
                if (first + k < buffer.Size && done.Add(first + k))
                    Write(buffer, first + k, columns[k]);
            }
        }

        foreach (int k in Enumerable.Range(0, buffer.Size).Where(done.Add))
            Write(buffer, k, new Gathered("Column", rows, k, step));

        string NameOf(int element) => LaneSums.NameOf(buffer, element);
    }

    /// <summary>Writes the samples' rows to memory.</summary>
    public void Scatter(Ir.Buffer buffer, Memory rows)
    {
        int step = stride(buffer);
        if (step == 1)
        {
            Code.Store(rows, 0, Read(buffer, 0));
            return;
        }

        if (buffer.Size == step && step is 2 or 3)
        {
            Code.Run(step == 2 ? "StoreColumnsOfTwo" : "StoreColumnsOfThree", [.. Enumerable.Range(0, step).Select(k => (Passed)Read(buffer, k)), Passed.At(rows)]);
            return;
        }

        var done = new HashSet<int>();
        foreach (int first in Fours(buffer))
        {
            done.UnionWith(Enumerable.Range(first, 4));
            Passed[] columns = [.. Enumerable.Range(first, 4).Select(k => (Passed)(k < buffer.Size ? Read(buffer, k) : Term.Zero))];
            Code.Run("StoreColumns", [.. columns, Passed.At(rows, first), (Term)step]);
        }

        foreach (int k in Enumerable.Range(0, buffer.Size).Where(done.Add))
            Code.Run("StoreColumn", Read(buffer, k), Passed.At(rows, k), (Term)step);
    }
}
