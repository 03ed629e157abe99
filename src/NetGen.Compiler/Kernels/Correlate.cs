using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y[p, o] = φ(b[o] + sum over k of x[p, k] w[k, o]), where x[p, k] is what window p sees of x: the cross-correlation of a convolutional layer.
/// Derivative: write the network with all its edges, each window with weights of its own; the gradient of a shared weight is the sum over
/// the edges that share it. So dw[k, o] = sum over p of x[p, k] dy[p, o] (<see cref="CorrelateWeightGradient"/>), and db[o] the sum over p of
/// dy[p, o] (<see cref="AffineBiasGradient"/>); dx adds up dy[p, o] w[k, o] over all the windows that see it (<see cref="CorrelateTransposed"/>).
/// </summary>
internal sealed record Correlate(
    string Name, Buffer X, Buffer Weight, Buffer? Bias, Buffer Y, Access YAccess, ConvolutionGeometry Geometry, Expr? Epilogue = null, string? EpilogueName = null)
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
            yield return new Operand(Y, YAccess);
        }
    }

    public override long MultiplyAdds => Geometry.MultiplyAdds;

    // Always loops: what is written out would be long, and no faster.
    public override long Statements => 0;

    public override string Formula =>
        KernelNames.Assign(Y, YAccess, EpilogueText.Of(EpilogueName, $"{X.Name} ⋆ {Weight.Name}" + (Bias is null ? "" : " + " + Bias.Name)));

    public override Kernel? WithEpilogue(Buffer x, Buffer y, Expr function, string name) =>
        Epilogue is null && YAccess == Access.Overwrite && x == Y ? this with { Y = y, Epilogue = function, EpilogueName = name } : null;

    public override void Differentiate(IGradients gradients)
    {
        Buffer dy = gradients.Of(Y);
        if (gradients.Wanted(X) is { } dx)
            gradients.Add(new CorrelateTransposed(KernelNames.Gradient(Name, "Input"), dy, Weight, null, dx.Buffer, dx.Access, Geometry));
        if (gradients.WantedParameter(Weight) is { } dw)
            gradients.Add(new CorrelateWeightGradient(Name, X, dy, dw, Geometry));
        if (gradients.WantedParameter(Bias) is { } db)
            gradients.Add(new AffineBiasGradient(Name, dy, db, Geometry.WindowCount, Geometry.Filters));
    }

    public override void Emit(KernelWriter w)
    {
        if (!w.HasVectors)
        {
            EmitScalar(w);
            return;
        }

        // What is the largest of a sum and a number costs nothing where the sum still is in a register.
        float? floor = Epilogue is Binary { Operator: BinaryOperator.Max, Left: Variable, Right: Constant c } ? (float)c.Value : null;
        if (YAccess == Access.Overwrite && !w.IsPortable && CorrelateEight.Fits(Geometry))
        {
            using (w.Code.Block($"if ({Lanes.Eight.Class}.IsHardwareAccelerated)"))
                CorrelateEight.Emit(w, this, floor);
            using (w.Code.Block("else"))
                EmitProduct(w, floor);
        }
        else
            EmitProduct(w, floor);
        if (Epilogue is not null && floor is null)
            EpilogueText.Emit(w, Y, Epilogue);
    }

    private void EmitProduct(KernelWriter w, float? floor)
    {
        string adds = YAccess == Access.Accumulate ? "true" : "false";
        string least = CSharpLiteral.Float(floor ?? float.NegativeInfinity);
        w.Dialect.Use(Geometry.IsDepthwise ? Helper.Depthwise : Helper.Correlate);
        Geometry.EmitCalls(w.Code, w.Dialect, at =>
        {
            string from = Bias is null ? ((VectorDialect)w.Dialect).Nothing : at(Bias, Geometry.GroupFilters);
            return Geometry.IsDepthwise
                ? Invariant($"CorrelateDepthwise(window, {Geometry.Channels}, {at(X, 0)}, {at(Weight, 0)}, {from}, {adds}, {at(Y, 0)}, {least})")
                : Invariant($"Correlate(window, {Geometry.GroupFilters}, {at(X, Geometry.GroupChannels)}, {at(Weight, Geometry.GroupFilters)}, {Geometry.Filters}, ")
                    + Invariant($"{from}, {adds}, {at(Y, Geometry.GroupFilters)}, {Geometry.Filters}, {least})");
        });
    }

    private void EmitScalar(KernelWriter w)
    {
        Geometry.Loop(w, ["row", "column", "group", "o"], () =>
        {
            w.Code.Line($"float sum = {(Bias is null ? "0f" : w.At(Bias, Geometry.FilterIndex))};");
            Geometry.Loop(w, ["down", "across", "c"], () =>
                w.Code.Line($"sum += {w.At(X, Geometry.InputIndex)} * {w.At(Weight, Geometry.WeightIndex)};"));
            w.Code.Line($"{w.At(Y, Geometry.OutputIndex)} {(YAccess == Access.Accumulate ? "+=" : "=")} {(Epilogue is null ? "sum" : w.Print(Epilogue, Precision.Float, static _ => "sum"))};");
        });
    }
}

/// <summary>An elementwise function of what a kernel computes, done by the kernel itself.</summary>
internal static class EpilogueText
{
    public static string Of(string? name, string value) => name is null ? value : $"{name}({value})";

    /// <summary>Applies the function to all of what was written.</summary>
    public static void Emit(KernelWriter w, Buffer y, Expr function) =>
        w.Elementwise(y.Size, new Dictionary<string, Buffer> { ["x"] = y }, [new Assignment("y", y, function)]);
}
