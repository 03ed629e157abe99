using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y = φ(b + what all windows add): window p adds the sum over o of x[p, o] w[k, o] to its place k of y. It is the input gradient of a
/// <see cref="Correlate"/>, and what a transposed convolution computes.
/// Derivative: dx[p, o] = sum over k of dy[p, k] w[k, o], which is a <see cref="Correlate"/>; dw as there, with x and y in each other's place
/// (the gradient of a shared weight is the sum over the edges that share it); db the sum over the places of y.
/// </summary>
/// <param name="YAccess">Whether it writes y, or adds to it.</param>
internal sealed record CorrelateTransposed(
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
        KernelNames.Assign(Y, YAccess, EpilogueText.Of(EpilogueName, $"{X.Name} ⋆ᵀ {Weight.Name}" + (Bias is null ? "" : " + " + Bias.Name)));

    public override Kernel? WithEpilogue(Buffer x, Buffer y, Expr function, string name) =>
        Epilogue is null && YAccess == Access.Overwrite && x == Y ? this with { Y = y, Epilogue = function, EpilogueName = name } : null;

    public override void Differentiate(IGradients gradients)
    {
        Buffer dy = gradients.Of(Y);
        if (gradients.Wanted(X) is { } dx)
            gradients.Add(new Correlate(KernelNames.Gradient(Name, "Input"), dy, Weight, null, dx.Buffer, dx.Access, Geometry));
        if (gradients.WantedParameter(Weight) is { } dw)
            gradients.Add(new CorrelateWeightGradient(Name, dy, X, dw, Geometry));
        if (gradients.WantedParameter(Bias) is { } db)
            gradients.Add(new AffineBiasGradient(Name, dy, db, Geometry.Pixels, Geometry.Channels));
    }

    public override void Emit(KernelWriter w)
    {
        if (YAccess == Access.Overwrite)
            EmitStart(w);
        if (w.HasVectors)
        {
            w.Dialect.Use(Geometry.IsDepthwise ? Helper.Depthwise : Helper.CorrelateInputGradient);
            Geometry.EmitCalls(w.Code, w.Dialect, at => Geometry.IsDepthwise
                ? Invariant($"DepthwiseInputGradient(window, {Geometry.Channels}, {at(X, 0)}, {at(Weight, 0)}, {at(Y, 0)})")
                : Invariant($"CorrelateInputGradient(window, {Geometry.GroupFilters}, {at(X, Geometry.GroupFilters)}, {Geometry.Filters}, {at(Weight, Geometry.GroupFilters)}, {Geometry.Filters}, {at(Y, Geometry.GroupChannels)})"));
        }
        else
        {
            Geometry.Loop(w, ["row", "column", "down", "across", "group", "c"], () =>
            {
                w.Code.Line("float sum = 0f;");
                Geometry.Loop(w, ["o"], () => w.Code.Line($"sum += {w.At(X, Geometry.OutputIndex)} * {w.At(Weight, Geometry.WeightIndex)};"));
                w.Code.Line($"{w.At(Y, Geometry.InputIndex)} += sum;");
            });
        }

        if (Epilogue is not null)
            EpilogueText.Emit(w, Y, Epilogue);
    }

    /// <summary>What the windows add to: the bias at every place, or 0.</summary>
    private void EmitStart(KernelWriter w)
    {
        if (w.HasVectors)
        {
            w.Dialect.Use(Helper.FillRows);
            w.Code.Line(Invariant($"FillRows({(Bias is null ? 1 : Geometry.Pixels)}, {(Bias is null ? Y.Size : Geometry.Channels)}, {(Bias is null ? ((VectorDialect)w.Dialect).Nothing : "ref " + Bias.Name)}, ref {Y.Name});"));
            return;
        }

        if (Bias is null)
        {
            using (w.Code.Block(KernelWriter.Loop("k", Y.Size)))
                w.Code.Line($"{w.At(Y, "k")} = 0f;");
            return;
        }

        using (w.Code.Block(KernelWriter.Loop("pixel", Geometry.Pixels)))
        using (w.Code.Block(KernelWriter.Loop("k", Geometry.Channels)))
            w.Code.Line($"{w.At(Y, KernelWriter.Index("pixel", Geometry.Channels, "k"))} = {w.At(Bias, "k")};");
    }
}

/// <summary>
/// dw[k, o] += sum over p of x[p, k] dy[p, o], where x[p, k] is what window p sees: the weight is shared by all windows, so its gradient is
/// the sum over them.
/// </summary>
internal sealed record CorrelateWeightGradient(string Of, Buffer X, Buffer Dy, Buffer Dw, ConvolutionGeometry Geometry)
    : Kernel(KernelNames.Gradient(Of, "Weight"))
{
    public override IEnumerable<Operand> Operands =>
        [new(X, Access.Read), new(Dy, Access.Read), new(Dw, Access.Accumulate)];

    public override long MultiplyAdds => Geometry.MultiplyAdds;

    // Always loops: what is written out would be long, and no faster.
    public override long Statements => 0;

    public override string Formula => $"{Dw.Name} += {Dy.Name} of each window, times what it sees of {X.Name}";

    public override bool EmitBlock(BlockWriter w)
    {
        // Its method chooses between vectors and numbers.
        if (!w.Dialect.HasVectors)
            return false;
        (string reference, string factor) = w.Gradient(Dw);
        w.ForEachSample(at => EmitCalls(w.Code, w.Dialect, Dw with { Name = reference }, factor, b => b.Role is BufferRole.Activation or BufferRole.Input ? at(b) : null));
        return true;
    }

    public override void Emit(KernelWriter w)
    {
        if (w.HasVectors)
        {
            EmitCalls(w.Code, w.Dialect, Dw, "1f", null);
            return;
        }

        Geometry.Loop(w, ["down", "across", "c", "group", "o"], () =>
        {
            w.Code.Line("float sum = 0f;");
            Geometry.Loop(w, ["row", "column"], () => w.Code.Line($"sum += {w.At(X, Geometry.InputIndex)} * {w.At(Dy, Geometry.OutputIndex)};"));
            w.Code.Line($"{w.At(Dw, Geometry.WeightIndex)} += sum;");
        });
    }

    private void EmitCalls(CodeWriter code, Dialect dialect, Buffer dw, string factor, System.Func<Buffer, string?>? offset)
    {
        dialect.Use(Geometry.IsDepthwise ? Helper.Depthwise : Helper.CorrelateWeightGradient);
        Geometry.EmitCalls(code, dialect, at => Geometry.IsDepthwise
            ? Invariant($"DepthwiseWeightGradient(window, {Geometry.Channels}, {at(X, 0)}, {at(Dy, 0)}, {at(dw, 0)}, {factor})")
            : Invariant($"CorrelateWeightGradient(window, {Geometry.GroupFilters}, {at(X, Geometry.GroupChannels)}, {at(Dy, Geometry.GroupFilters)}, {Geometry.Filters}, {at(dw, Geometry.GroupFilters)}, {Geometry.Filters}, {factor})"), offset);
    }
}
