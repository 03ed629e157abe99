using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y[t] = w[x[t]]: rows of a table, by indices that floats hold; the members have checked them.
/// Derivative: dw[x[t]] += dy[t] (<see cref="Scatter"/>); an index has none.
/// </summary>
internal sealed record Gather(string Name, Buffer X, Buffer Weight, Buffer Y, int Indices, int Columns) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Weight, Access.Read), new(Y, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override long Statements => 0;

    public override string Formula => $"{Y.Name} = rows of {Weight.Name} at {X.Name}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.WantedParameter(Weight) is { } dw)
            gradients.Add(new Scatter(KernelNames.Gradient(Name, "Weight"), X, gradients.Of(Y), dw, Indices, Columns));
    }

    public override void Emit(KernelWriter w) => GatheredRows.Emit(w, X, Weight, Y, Indices, Columns, adds: false);
}

/// <summary>dw[x[t]] += dy[t].</summary>
internal sealed record Scatter(string Name, Buffer X, Buffer Dy, Buffer Dw, int Indices, int Columns) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Dy, Access.Read), new(Dw, Access.Accumulate)];

    public override long MultiplyAdds => 0;

    public override long Statements => 0;

    public override string Formula => $"rows of {Dw.Name} at {X.Name} += {Dy.Name}";

    public override void Emit(KernelWriter w) => GatheredRows.Emit(w, X, Dw, Dy, Indices, Columns, adds: true);
}

/// <summary>The loop over rows of a table that indices name.</summary>
internal static class GatheredRows
{
    /// <param name="adds">The rows are added to those of the table; else the table's are copied.</param>
    public static void Emit(KernelWriter w, Buffer indices, Buffer table, Buffer rows, int count, int columns, bool adds) =>
        w.Vectors(columns, v => Write(v, indices, table, rows, count, columns, adds));

    private static void Write(VectorCode v, Buffer indices, Buffer table, Buffer rows, int count, int columns, bool adds) =>
        v.Repeat(count, [("index", v.Start(indices), 1), ("rowAt", v.Start(rows), columns)], at =>
        {
            Term start = v.Code.Let("start", Term.Of(Operation.ToInt, v.Element(at[0])) * columns);
            var ofTable = new Address(v.Code.Enter("tableAt", v.Start(table).Memory, start));
            VectorCopy.Write(v, columns, adds ? at[1] : ofTable, adds ? ofTable : at[1], adds);
        });
}
