using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using static System.FormattableString;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// A depthwise <see cref="Correlate"/> over planes, for inference: y[c, p] = φ(b[c] + sum over k of x[c, p, k] w[k, c]). A channel's few weights stay in
/// registers, each in all lanes, while vectors of neighbouring windows run along the rows of its plane, zeros of the padding included.
/// </summary>
internal sealed record DepthwisePlanes(
    string Name, Buffer X, Buffer Weight, Buffer? Bias, Buffer Y, ConvolutionGeometry Geometry, Expr? Epilogue = null, string? EpilogueName = null)
    : Kernel(Name)
{
    /// <summary>So many weights leave registers for sums.</summary>
    private const int MostWeights = 9;

    /// <summary>Rows whose sums are in registers: the multiply-adds of one wait for those of the others.</summary>
    private const int RowsAtOnce = 4;

    public override IEnumerable<Operand> Operands
    {
        get
        {
            yield return new Operand(X, Access.Read);
            yield return new Operand(Weight, Access.Read);
            if (Bias is not null)
                yield return new Operand(Bias, Access.Read);
            yield return new Operand(Y, Access.Overwrite);
        }
    }

    public override long MultiplyAdds => Geometry.MultiplyAdds;

    // Always loops over channels.
    public override long Statements => 0;

    public override string Formula => $"{Y.Name} = " + EpilogueText.Of(EpilogueName, $"{X.Name} ⋆ {Weight.Name}" + (Bias is null ? "" : " + " + Bias.Name));

    /// <summary>Whether windows are neighbours, as many across as a vector holds at least.</summary>
    public static bool Fits(ConvolutionGeometry g) =>
        g is { IsDepthwise: true, Strides: (1, 1), Windows.Width: >= 4 } && g.Kernel.Height * g.Kernel.Width <= MostWeights;

    public override Kernel? WithEpilogue(Buffer x, Buffer y, Expr function, string name) =>
        Epilogue is null && x == Y ? this with { Y = y, Epilogue = function, EpilogueName = name } : null;

    public override void Emit(KernelWriter w)
    {
        if (!w.HasVectors)
        {
            EmitScalar(w);
            return;
        }

        // What is the largest of a sum and a number costs nothing where the sum still is in a register.
        float? floor = Epilogue is Binary { Operator: BinaryOperator.Max, Left: Variable, Right: Constant c } ? (float)c.Value : null;
        w.Vectors(Geometry.Windows.Width, v => Write(v, floor));
        if (Epilogue is not null && floor is null)
            EpilogueText.Emit(w, Y, Epilogue);
    }

    /// <summary>From a window to what it sees, in the order of the weights.</summary>
    private int[] Taps =>
        [.. Enumerable.Range(0, Geometry.Kernel.Height * Geometry.Kernel.Width).Select(k => (k / Geometry.Kernel.Width * Geometry.Dilation.Height * Geometry.Size.Width) + (k % Geometry.Kernel.Width * Geometry.Dilation.Width))];

    private void Write(VectorCode v, float? floor)
    {
        (int height, int width) = Geometry.Windows;
        int line = Geometry.Size.Width;
        int[] taps = Taps;
        Term? least = floor is { } number ? v.Code.Let("least", Term.All(number)) : null;
        List<(string, Address, Offset)> channels =
            [("xOf", v.Start(X), Geometry.Pixels), ("wOf", v.Start(Weight), 1), ("yOf", v.Start(Y), Geometry.WindowCount)];
        if (Bias is not null)
            channels.Add(("bOf", v.Start(Bias), 1));
        v.Repeat(Geometry.Channels, channels, of =>
        {
            Term[] weights = [.. taps.Select((_, k) => v.Code.Let("weight", v.All(of[1] + (k * Geometry.Channels))))];
            Term start = Bias is null ? Term.Zero : v.Code.Let("start", v.All(of[3]));
            void Rows(Address x, Address y, int rows) => v.Over(width, once: false, [("xs", x), ("ys", y)], (at, part) =>
            {
                Local[] sums = [.. Enumerable.Range(0, rows).Select(_ => v.Code.Variable("sum", start))];
                for (int k = 0; k < taps.Length; k++)
                {
                    for (int row = 0; row < rows; row++)
                        v.Code.Set(sums[row], Term.MultiplyAdd(v.Load(at[0] + ((row * line) + taps[k]), part), weights[k], new Get(sums[row])));
                }

                for (int row = 0; row < rows; row++)
                    v.Store(at[1] + (row * width), part, least is null ? new Get(sums[row]) : Term.Of(Operation.MaxNative, least, new Get(sums[row])));
            });

            int whole = height / RowsAtOnce, done = whole * RowsAtOnce;
            v.Repeat(whole, [("xRows", of[0], RowsAtOnce * line), ("yRows", of[2], RowsAtOnce * width)], at => Rows(at[0], at[1], RowsAtOnce), isWrittenOut: false);
            if (done < height)
                Rows(of[0] + (done * line), of[2] + (done * width), height - done);
        }, isWrittenOut: false);
    }

    private void EmitScalar(KernelWriter w)
    {
        (int height, int width) = Geometry.Windows;
        using (w.Code.Block(KernelWriter.Loop("c", Geometry.Channels)))
        using (w.Code.Block(KernelWriter.Loop("row", height)))
        using (w.Code.Block(KernelWriter.Loop("column", width)))
        {
            w.Code.Line(Invariant($"int at = c * {Geometry.Pixels} + row * {Geometry.Size.Width} + column;"));
            w.Code.Line($"float sum = {(Bias is null ? "0f" : w.At(Bias, "c"))};");
            int[] taps = Taps;
            for (int k = 0; k < taps.Length; k++)
                w.Code.Line($"sum += {w.At(X, Invariant($"at + {taps[k]}"))} * {w.At(Weight, Invariant($"{k * Geometry.Channels} + c"))};");
            w.Code.Line($"{w.At(Y, Invariant($"(c * {height} + row) * {width} + column"))} = {(Epilogue is null ? "sum" : w.Print(Epilogue, Precision.Float, static _ => "sum"))};");
        }
    }
}
