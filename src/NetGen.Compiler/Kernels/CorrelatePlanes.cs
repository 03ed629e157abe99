using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// A <see cref="Correlate"/> over planes, for inference: y[o, p] = φ(b[o] + sum over c and k of x[c, p, k] w[k, c, o]), by vectors of neighbouring windows
/// along the rows of a plane, zeros of the padding included. Of a depthwise one, a channel's few weights stay in registers, each in all lanes; else some
/// filters and rows are summed up at once, and each weight is spread over the lanes as it is read.
/// </summary>
internal sealed record CorrelatePlanes(
    string Name, Buffer X, Buffer Weight, Buffer? Bias, Buffer Y, ConvolutionGeometry Geometry, Expr? Epilogue = null, string? EpilogueName = null)
    : Kernel(Name)
{
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

    /// <summary>Whether windows are neighbours, as many across as vectors need.</summary>
    public static bool Fits(ConvolutionGeometry g) => g.Strides == (1, 1) && (g.IsDepthwise
        ? g.Windows.Width >= VectorCode.FewestLanes && g.Kernel.Height * g.Kernel.Width <= Tuning.Convolutions.MostDepthwiseWeights
        : g.Groups == 1 && g.Channels <= Tuning.Convolutions.MostPlaneChannels && g.Windows.Width >= Tuning.Convolutions.LeastPlaneWidth && g.Filters % Tuning.Convolutions.PlaneFilters == 0);

    public override Kernel? WithEpilogue(Buffer x, Buffer y, Expr function, string name) =>
        Epilogue is null && x == Y ? this with { Y = y, Epilogue = function, EpilogueName = name } : null;

    public override void Emit(KernelWriter w)
    {
        // What is the largest of a sum and a number costs nothing where the sum still is in a register.
        float? floor = Epilogue is Binary { Operator: BinaryOperator.Max, Left: Variable, Right: Constant c } ? (float)c.Value : null;
        w.Vectors(Geometry.Windows.Width, v =>
        {
            Term? least = floor is { } number ? v.Code.Let("least", Term.All(number)) : null;
            if (Geometry.IsDepthwise)
                WriteDepthwise(v, least);
            else
                WriteFilters(v, least);
        });
        if (Epilogue is not null && floor is null)
            EpilogueText.Emit(w, Y, Epilogue);
    }

    /// <summary>From a window to what it sees, in the order of the weights.</summary>
    private int[] Taps =>
        [.. Enumerable.Range(0, Geometry.Kernel.Height * Geometry.Kernel.Width).Select(k => (k / Geometry.Kernel.Width * Geometry.Dilation.Height * Geometry.Size.Width) + (k % Geometry.Kernel.Width * Geometry.Dilation.Width))];

    private void WriteDepthwise(VectorCode v, Term? least)
    {
        (int height, int width) = Geometry.Windows;
        int line = Geometry.Size.Width;
        int[] taps = Taps;
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

            int rowsAtOnce = v.IsOfNumbers ? 1 : Tuning.Convolutions.DepthwiseRows, whole = height / rowsAtOnce, done = whole * rowsAtOnce;
            v.Repeat(whole, [("xRows", of[0], rowsAtOnce * line), ("yRows", of[2], rowsAtOnce * width)], at => Rows(at[0], at[1], rowsAtOnce), isWrittenOut: false, "row");
            if (done < height)
                Rows(of[0] + (done * line), of[2] + (done * width), height - done);
        }, isWrittenOut: false);
    }

    private void WriteFilters(VectorCode v, Term? least)
    {
        ConvolutionGeometry g = Geometry;
        (int height, int width) = g.Windows;
        int line = g.Size.Width, tapsOf = g.Channels * g.Filters, rowsAtOnce = v.IsOfNumbers ? 1 : Tuning.Convolutions.PlaneRows;
        List<(string, Address, Offset)> filters = [("wOf", v.Start(Weight), Tuning.Convolutions.PlaneFilters), ("yOf", v.Start(Y), Tuning.Convolutions.PlaneFilters * g.WindowCount)];
        if (Bias is not null)
            filters.Add(("bOf", v.Start(Bias), Tuning.Convolutions.PlaneFilters));
        v.Repeat(g.Filters / Tuning.Convolutions.PlaneFilters, filters, of =>
        {
            void Rows(Address x, Address y, int rows) => v.Over(width, once: false, [("xs", x), ("ys", y)], (at, part) =>
            {
                var sums = new Local[Tuning.Convolutions.PlaneFilters, rows];
                void ForEachSum(Action<int, int> body)
                {
                    for (int filter = 0; filter < Tuning.Convolutions.PlaneFilters; filter++)
                    {
                        for (int row = 0; row < rows; row++)
                            body(filter, row);
                    }
                }

                ForEachSum((filter, row) => sums[filter, row] = v.Code.Variable("sum", Bias is null ? Term.Zero : v.All(of[2] + filter)));
                v.Repeat(g.Channels, [("xChannel", at[0], g.Pixels), ("wChannel", of[0], g.Filters)], channel =>
                    v.Repeat(g.Kernel.Height, [("xDown", channel[0], g.Dilation.Height * line), ("wDown", channel[1], g.Kernel.Width * tapsOf)], down =>
                        v.Repeat(g.Kernel.Width, [("xTap", down[0], g.Dilation.Width), ("wTap", down[1], tapsOf)], tap =>
                        {
                            Term[] xs = [.. Enumerable.Range(0, rows).Select(row => v.Code.Let("x", v.Load(tap[0] + (row * line), part)))];
                            Term[] weights = [.. Enumerable.Range(0, Tuning.Convolutions.PlaneFilters).Select(filter => v.Code.Let("weight", v.All(tap[1] + filter)))];
                            ForEachSum((filter, row) => v.Code.Set(sums[filter, row], Term.MultiplyAdd(xs[row], weights[filter], new Get(sums[filter, row]))));
                        }, isWrittenOut: false, "across"), isWrittenOut: false, "down"), isWrittenOut: false, "channel");
                ForEachSum((filter, row) => v.Store(
                    at[1] + ((filter * g.WindowCount) + (row * width)), part, least is null ? new Get(sums[filter, row]) : Term.Of(Operation.MaxNative, least, new Get(sums[filter, row]))));
            });

            int whole = height / rowsAtOnce, done = whole * rowsAtOnce;
            v.Repeat(whole, [("xRows", v.Start(X), rowsAtOnce * line), ("yRows", of[1], rowsAtOnce * width)], at => Rows(at[0], at[1], rowsAtOnce), isWrittenOut: false, "row");
            if (done < height)
                Rows(v.Start(X) + (done * line), of[1] + (done * width), height - done);
        }, isWrittenOut: false, "filter");
    }
}
