using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using static System.FormattableString;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Each channel's mean over all samples and rows of them, and 1 / sqrt(variance + ε): what the batch is normalized by. The mean and the
/// unbiased variance are left in the places of the running statistics' gradients too.
/// It has no derivative of its own: <see cref="BatchNormalize"/>'s counts that both depend on x.
/// </summary>
/// <param name="Mean">One value for each channel, of the batch.</param>
/// <param name="Inverse">The same for 1 / sqrt(variance + ε).</param>
/// <param name="MeanGradient">The place of running_mean in the gradients.</param>
/// <param name="VarianceGradient">The place of running_var in the gradients.</param>
internal sealed record BatchStatistics(
    string Name, Buffer X, Buffer Mean, Buffer Inverse, Buffer MeanGradient, Buffer VarianceGradient, float Epsilon, int Rows, int Channels, bool IsPlanes = false) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands =>
        [new(X, Access.Read), new(Mean, Access.Overwrite), new(Inverse, Access.Overwrite), new(MeanGradient, Access.Overwrite), new(VarianceGradient, Access.Overwrite)];

    public override bool IsOverBatch => true;

    public override long MultiplyAdds => 0;

    public override string Formula => $"{Mean.Name}, {Inverse.Name} = mean({X.Name}), 1 / sqrt(variance({X.Name}) + {CSharpLiteral.Shortest(Epsilon)}), over all samples";

    public override void Differentiate(IGradients gradients)
    {
    }

    public override void EmitOverBatch(KernelWriter w, Func<Buffer, int> stride)
    {
        var sums = new BatchSums(w, Rows, Channels, IsPlanes, stride);
        w.Code.Line(Invariant($"double count = (double)samples * {Rows};"));
        if (!w.HasVectors)
        {
            using (w.Code.Block(KernelWriter.Loop("k", Channels)))
            {
                sums.Scalar([X], ["sum"], at => [at[0]]);
                w.Code.Line("float mean = (float)(sum / count);");
                sums.Scalar([X], ["squares"], at => [$"({at[0]} - mean) * ({at[0]} - mean)"]);
                w.Code.Line($"{w.At(Mean, "k")} = mean;");
                w.Code.Line($"{w.At(Inverse, "k")} = (float)(1.0 / global::System.Math.Sqrt(squares / count + {CSharpLiteral.Double(Epsilon)}));");
                w.Code.Line($"{w.At(MeanGradient, "k")} = mean;");
                w.Code.Line($"{w.At(VarianceGradient, "k")} = (float)(squares / (count - 1.0));");
            }

            return;
        }

        if (IsPlanes)
        {
            EmitPlanes(w, sums);
            return;
        }

        w.PerWidth(Channels, Lanes.Eight, v => ChannelLoop.ForEach(v, Channels, canRepeat: true,
            [v.Start(X), v.Start(Mean), v.Start(Inverse), v.Start(MeanGradient), v.Start(VarianceGradient)], (at, chunk) =>
        {
            string sum = sums.Vectors(v, chunk, [(X, at[0])], ["sum"], x => [x[0]])[0];
            string mean = v.Kernel.Local("mean");
            v.Code.Line($"var {mean} = {BatchSums.Narrow(chunk.Lanes, sum, "(1.0 / count)")};");
            string squares = sums.Vectors(v, chunk, [(X, at[0])], ["squares"], x => [$"({x[0]} - {mean}) * ({x[0]} - {mean})"])[0];
            string variance = v.Kernel.Local("variance");
            v.Code.Line($"var {variance} = {BatchSums.Narrow(chunk.Lanes, squares, "(1.0 / count)")};");
            v.Store(at[1], chunk, mean);
            v.Store(at[2], chunk, $"{chunk.Lanes.Type}.One / {chunk.Lanes.Class}.Sqrt({variance} + {chunk.Lanes.Broadcast(CSharpLiteral.Float(Epsilon))})");
            v.Store(at[3], chunk, mean);
            v.Store(at[4], chunk, $"{variance} * {chunk.Lanes.Broadcast("(float)(count / (count - 1.0))")}");
        }));
    }

    private void EmitPlanes(KernelWriter w, BatchSums sums) => w.PerWidth(Rows, Lanes.Eight, v =>
        v.Repeat(Channels, [("xOf", v.Start(X), Rows), ("meanOf", v.Start(Mean), 1), ("inverseOf", v.Start(Inverse), 1), ("meanGradientOf", v.Start(MeanGradient), 1), ("varianceGradientOf", v.Start(VarianceGradient), 1)], at =>
        {
            string sum = sums.OfPlanes(v, [(X, at[0])], ["sum"], (x, _) => [x[0]])[0];
            string mean = v.Kernel.Local("mean");
            v.Code.Line($"float {mean} = (float)({sum} / count);");
            string squares = sums.OfPlanes(v, [(X, at[0])], ["squares"], (x, lanes) => [$"({x[0]} - {lanes.Broadcast(mean)}) * ({x[0]} - {lanes.Broadcast(mean)})"])[0];
            v.Code.Line($"{at[1].Element} = {mean};");
            v.Code.Line($"{at[2].Element} = (float)(1.0 / global::System.Math.Sqrt({squares} / count + {CSharpLiteral.Double(Epsilon)}));");
            v.Code.Line($"{at[3].Element} = {mean};");
            v.Code.Line($"{at[4].Element} = (float)({squares} / (count - 1.0));");
        }, writtenOut: false));
}

/// <summary>
/// y = (x - mean) w / sqrt(variance + ε) + b, by the batch's statistics.
/// Derivative, where m and v depend on x: with z = (x - mean) / sqrt(variance + ε), db = sum dy, dw = sum dy z over the batch of n values a channel,
/// and dx = w (dy - db / n - z dw / n) / sqrt(variance + ε) (S. Ioffe, C. Szegedy, "Batch Normalization", 2015).
/// </summary>
internal sealed record BatchNormalize(string Name, Buffer X, Buffer Mean, Buffer Inverse, Buffer Weight, Buffer Bias, Buffer Y, int Rows, int Channels, bool IsPlanes = false) : Kernel(Name)
{
    private static readonly Expr s_centred = Expr.Var("x") - Expr.Var("mean");

    public override IEnumerable<Operand> Operands => Forward.Operands;

    public override long MultiplyAdds => 0;

    public override string Formula => Forward.Formula;

    private ChannelMap Forward => new(
        Name, EquatableArray.Of(new Source("x", X)),
        EquatableArray.Of(new Source("mean", Mean), new Source("inverse", Inverse), new Source("weight", Weight), new Source("bias", Bias)),
        EquatableArray.Of(("factor", Expr.Var("weight") * Expr.Var("inverse"))),
        Y, Access.Overwrite, (s_centred * Expr.Var("factor")) + Expr.Var("bias"), Rows, Channels, $"({X.Name} - {Mean.Name}) {Inverse.Name} {Weight.Name} + {Bias.Name}", IsPlanes);

    public override void Differentiate(IGradients gradients)
    {
        Buffer dy = gradients.Of(Y);
        Operand? dx = gradients.Wanted(X);
        Buffer? dw = gradients.WantedParameter(Weight);
        Buffer? db = gradients.WantedParameter(Bias);
        if (dx is null && dw is null && db is null)
            return;
        var meanOfDy = new Buffer(dy.Named("Mean"), Channels, BufferRole.Batch);
        var meanOfProduct = new Buffer(dy.Named("ProductMean"), Channels, BufferRole.Batch);
        gradients.Add(new BatchNormSums(KernelNames.Gradient(Name, "Sums"), X, dy, Mean, Inverse, meanOfDy, meanOfProduct, dw, db, Rows, Channels, IsPlanes));
        if (dx is not { } target)
            return;
        // scale (dy - mean of dy - (x - mean) slope), with slope = inverse · mean of dy z.
        Expr function = (Expr.Var("dy") - Expr.Var("dyMean") - (s_centred * Expr.Var("slope"))) * Expr.Var("factor");
        gradients.Add(new ChannelMap(
            KernelNames.Gradient(Name, "Input"), EquatableArray.Of(new Source("dy", dy), new Source("x", X)),
            EquatableArray.Of(new Source("mean", Mean), new Source("inverse", Inverse), new Source("weight", Weight), new Source("dyMean", meanOfDy), new Source("productMean", meanOfProduct)),
            EquatableArray.Of(("factor", Expr.Var("weight") * Expr.Var("inverse")), ("slope", Expr.Var("inverse") * Expr.Var("productMean"))),
            target.Buffer, target.Access, function, Rows, Channels, $"{Weight.Name} {Inverse.Name} ({dy.Name} - its mean - z (mean of {dy.Name} z)), with z = ({X.Name} - {Mean.Name}) {Inverse.Name}", IsPlanes));
    }

    public override void Emit(KernelWriter w) => Forward.Emit(w);

    public override bool EmitBlock(BlockWriter w) => Forward.EmitBlock(w);
}

/// <summary>
/// Over all samples and rows of them, for each channel with z = (x - mean) · inverse: the means of dy and of dy z, which the gradient of x reads, and
/// their sums, which are the gradients of the bias and of the weight.
/// </summary>
internal sealed record BatchNormSums(
    string Name, Buffer X, Buffer Dy, Buffer Mean, Buffer Inverse, Buffer MeanOfDy, Buffer MeanOfProduct, Buffer? Dw, Buffer? Db, int Rows, int Channels, bool IsPlanes = false) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands
    {
        get
        {
            foreach (Buffer read in new[] { X, Dy, Mean, Inverse })
                yield return new Operand(read, Access.Read);
            yield return new Operand(MeanOfDy, Access.Overwrite);
            yield return new Operand(MeanOfProduct, Access.Overwrite);
            if (Dw is not null)
                yield return new Operand(Dw, Access.Accumulate);
            if (Db is not null)
                yield return new Operand(Db, Access.Accumulate);
        }
    }

    public override bool IsOverBatch => true;

    public override long MultiplyAdds => 0;

    public override string Formula => string.Join(", ", new[]
    {
        Db is null ? "" : $"{Db.Name} += sum {Dy.Name}", Dw is null ? "" : $"{Dw.Name} += sum {Dy.Name} ({X.Name} - {Mean.Name}) {Inverse.Name}",
        "their means over the batch",
    }.Where(static s => s != ""));

    public override void EmitOverBatch(KernelWriter w, Func<Buffer, int> stride)
    {
        var sums = new BatchSums(w, Rows, Channels, IsPlanes, stride);
        w.Code.Line(Invariant($"double count = (double)samples * {Rows};"));
        if (!w.HasVectors)
        {
            using (w.Code.Block(KernelWriter.Loop("k", Channels)))
            {
                w.Code.Line($"float mean = {w.At(Mean, "k")};");
                sums.Scalar([X, Dy], ["sum", "product"], at => [at[1], $"{at[1]} * ({at[0]} - mean)"]);
                w.Code.Line($"product *= {w.At(Inverse, "k")};");
                w.Code.Line($"{w.At(MeanOfDy, "k")} = (float)(sum / count);");
                w.Code.Line($"{w.At(MeanOfProduct, "k")} = (float)(product / count);");
                if (Dw is not null)
                    w.Code.Line($"{w.At(Dw, "k")} += (float)product;");
                if (Db is not null)
                    w.Code.Line($"{w.At(Db, "k")} += (float)sum;");
            }

            return;
        }

        if (IsPlanes)
        {
            EmitPlanes(w, sums);
            return;
        }

        Buffer[] buffers = [X, Dy, Mean, Inverse, MeanOfDy, MeanOfProduct, .. new[] { Dw, Db }.OfType<Buffer>()];
        w.PerWidth(Channels, Lanes.Eight, v => ChannelLoop.ForEach(v, Channels, canRepeat: false, [.. buffers.Select(v.Start)], (at, chunk) =>
        {
            Place Of(Buffer buffer) => at[Array.IndexOf(buffers, buffer)];
            string mean = v.Kernel.Local("mean");
            v.Code.Line($"var {mean} = {v.Load(Of(Mean), chunk)};");
            string[] both = sums.Vectors(v, chunk, [(X, Of(X)), (Dy, Of(Dy))], ["sum", "product"], x => [x[1], $"{x[1]} * ({x[0]} - {mean})"]);
            string inverse = v.Kernel.Local("inverse");
            v.Code.Line($"var {inverse} = {v.Load(Of(Inverse), chunk)};");
            v.Store(Of(MeanOfDy), chunk, BatchSums.Narrow(chunk.Lanes, both[0], "(1.0 / count)"));
            v.Store(Of(MeanOfProduct), chunk, $"{inverse} * {BatchSums.Narrow(chunk.Lanes, both[1], "(1.0 / count)")}");
            if (Dw is not null)
                v.Store(Of(Dw), chunk, $"{v.Load(Of(Dw), chunk)} + {inverse} * {BatchSums.Narrow(chunk.Lanes, both[1], "1.0")}");
            if (Db is not null)
                v.Store(Of(Db), chunk, $"{v.Load(Of(Db), chunk)} + {BatchSums.Narrow(chunk.Lanes, both[0], "1.0")}");
        }));
    }

    private void EmitPlanes(KernelWriter w, BatchSums sums)
    {
        Buffer[] perChannel = [Mean, Inverse, MeanOfDy, MeanOfProduct, .. new[] { Dw, Db }.OfType<Buffer>()];
        w.PerWidth(Rows, Lanes.Eight, v =>
            v.Repeat(Channels, [("xOf", v.Start(X), Rows), ("dyOf", v.Start(Dy), Rows), .. perChannel.Select((b, k) => (Invariant($"at{k}"), v.Start(b), 1))], at =>
            {
                string Of(Buffer buffer) => at[2 + Array.IndexOf(perChannel, buffer)].Element;
                string mean = v.Kernel.Local("mean");
                v.Code.Line($"float {mean} = {Of(Mean)};");
                string[] both = sums.OfPlanes(v, [(X, at[0]), (Dy, at[1])], ["sum", "product"], (x, lanes) => [x[1], $"{x[1]} * ({x[0]} - {lanes.Broadcast(mean)})"]);
                v.Code.Line($"{both[1]} *= {Of(Inverse)};");
                v.Code.Line($"{Of(MeanOfDy)} = (float)({both[0]} / count);");
                v.Code.Line($"{Of(MeanOfProduct)} = (float)({both[1]} / count);");
                if (Dw is not null)
                    v.Code.Line($"{Of(Dw)} += (float){both[1]};");
                if (Db is not null)
                    v.Code.Line($"{Of(Db)} += (float){both[0]};");
            }, writtenOut: false));
    }
}
