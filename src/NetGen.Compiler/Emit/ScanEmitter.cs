using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>Prints scans: the loop over time around calls of its kernels' methods, which work on the step's rows.</summary>
internal sealed class ScanEmitter(Dialect dialect, KernelMethods methods)
{
    /// <summary>For one sample, as the body of a method that is handed the scan's buffers.</summary>
    public void EmitSample(CodeWriter w, Scan scan)
    {
        void Call(Kernel kernel)
        {
            IEnumerable<string> arguments = kernel.Operands.Select(o => Argument(scan, o.Buffer)).Concat(kernel.Scalars.Select(static s => KernelMethods.NameOf(s)));
            w.Line(kernel.Formula, $"{methods.MethodOf(kernel)}({string.Join(", ", arguments)});");
        }

        Emit(w, scan, KernelNames.Step, kernel => KernelMethods.EmitCalls(w, kernel, Call));
    }

    /// <summary>What the number of a step is called in a scan that stands in so many others.</summary>
    public static string NameOfStep(int depth) => depth == 0 ? KernelNames.Step : Invariant($"{KernelNames.Step}{depth + 1}");

    /// <summary>For a block of samples, in the middle of its method.</summary>
    /// <param name="depth">How many scans it stands in.</param>
    /// <param name="emit">Prints one kernel for the block.</param>
    public void EmitBlock(CodeWriter w, Scan scan, int depth, Action<Kernel> emit)
    {
        foreach (Row row in scan.Rows)
            methods.Rows[row.Part] = row.Of;
        w.Line("// " + scan.Formula);
        using (w.Block(null))
            Emit(w, scan, NameOfStep(depth), emit);
        foreach (Row row in scan.Rows)
            methods.Rows.Remove(row.Part);
    }

    private void Emit(CodeWriter w, Scan scan, string step, Action<Kernel> emit)
    {
        Declare(w, scan, scan.Rows.Where(r => r.Stride == 0), step);
        foreach (Kernel kernel in scan.First)
            emit(kernel);
        using (w.Block(scan.IsReversed ? Invariant($"for (int {step} = {scan.Steps - 1}; {step} >= 0; {step}--)") : KernelWriter.Loop(step, scan.Steps)))
        {
            Declare(w, scan, scan.Rows.Where(r => r.Stride != 0), step);
            foreach (Kernel kernel in scan.Body)
                emit(kernel);
        }

        foreach (Kernel kernel in scan.Last)
            emit(kernel);
    }

    /// <summary>Names for the rows, where references have names; elsewhere they stand in the calls.</summary>
    private void Declare(CodeWriter w, Scan scan, IEnumerable<Row> rows, string step)
    {
        if (!dialect.HasReferences)
            return;
        HashSet<Ir.Buffer> used = [.. scan.Within.SelectMany(static k => k.Operands).Select(static o => o.Buffer)];
        foreach (Row row in rows.Where(r => used.Contains(r.Part)))
            w.Line($"ref float {row.Part.Name} = {VectorDialect.Reference(row.Of.Name, Place(row, step))};");
    }

    private string Argument(Scan scan, Ir.Buffer buffer) => !dialect.HasReferences && scan.RowOf(buffer) is { } row
        ? dialect.PartOf(row.Of.Name, Place(row, KernelNames.Step), Invariant($"{buffer.Size}"))
        : dialect.PassOn(buffer.Name);

    private static string Place(Row row, string step)
    {
        string moved = row.Stride == 0 ? "" : row.Stride == 1 ? step : Invariant($"{step} * {row.Stride}");
        return (moved, row.Offset) switch
        {
            ("", int offset) => Invariant($"{offset}"),
            (_, 0) => moved,
            (_, int offset) => Invariant($"{moved} + {offset}"),
        };
    }
}
