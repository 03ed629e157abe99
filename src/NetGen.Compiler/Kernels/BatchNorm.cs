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
    string Name, Buffer X, Buffer Mean, Buffer Inverse, Buffer MeanGradient, Buffer VarianceGradient, float Epsilon, int Rows, int Channels) : Kernel(Name)
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
        var sums = new BatchSums(w, Rows, Channels, stride);
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
}

/// <summary>
/// y = (x - mean) w / sqrt(variance + ε) + b, by the batch's statistics.
/// Derivative, where m and v depend on x: with z = (x - mean) / sqrt(variance + ε), db = sum dy, dw = sum dy z over the batch of n values a channel,
/// and dx = w (dy - db / n - z dw / n) / sqrt(variance + ε) (S. Ioffe, C. Szegedy, "Batch Normalization", 2015).
/// </summary>
internal sealed record BatchNormalize(string Name, Buffer X, Buffer Mean, Buffer Inverse, Buffer Weight, Buffer Bias, Buffer Y, int Rows, int Channels) : Kernel(Name)
{
    private static readonly Expr s_centred = Expr.Var("x") - Expr.Var("mean");

    public override IEnumerable<Operand> Operands => Forward.Operands;

    public override long MultiplyAdds => 0;

    public override string Formula => Forward.Formula;

    private ChannelMap Forward => new(
        Name, EquatableArray.Of(new Source("x", X)),
        EquatableArray.Of(new Source("mean", Mean), new Source("inverse", Inverse), new Source("weight", Weight), new Source("bias", Bias)),
        EquatableArray.Of(("factor", Expr.Var("weight") * Expr.Var("inverse"))),
        Y, Access.Overwrite, (s_centred * Expr.Var("factor")) + Expr.Var("bias"), Rows, Channels, $"({X.Name} - {Mean.Name}) {Inverse.Name} {Weight.Name} + {Bias.Name}");

    public override void Differentiate(IGradients gradients)
    {
        Buffer dy = gradients.Of(Y);
        Operand? dx = gradients.Wanted(X);
        Buffer? dw = gradients.WantedParameter(Weight);
        Buffer? db = gradients.WantedParameter(Bias);
        if (dx is null && dw is null && db is null)
            return;
        var meanOfDy = new Buffer(dy.Name + "Mean", Channels, BufferRole.Batch);
        var meanOfProduct = new Buffer(dy.Name + "ProductMean", Channels, BufferRole.Batch);
        gradients.Add(new BatchNormSums(KernelNames.Gradient(Name, "Sums"), X, dy, Mean, Inverse, meanOfDy, meanOfProduct, dw, db, Rows, Channels));
        if (dx is not { } target)
            return;
        // scale (dy - mean of dy - (x - mean) slope), with slope = inverse · mean of dy z.
        Expr function = (Expr.Var("dy") - Expr.Var("dyMean") - (s_centred * Expr.Var("slope"))) * Expr.Var("factor");
        gradients.Add(new ChannelMap(
            KernelNames.Gradient(Name, "Input"), EquatableArray.Of(new Source("dy", dy), new Source("x", X)),
            EquatableArray.Of(new Source("mean", Mean), new Source("inverse", Inverse), new Source("weight", Weight), new Source("dyMean", meanOfDy), new Source("productMean", meanOfProduct)),
            EquatableArray.Of(("factor", Expr.Var("weight") * Expr.Var("inverse")), ("slope", Expr.Var("inverse") * Expr.Var("productMean"))),
            target.Buffer, target.Access, function, Rows, Channels, $"{Weight.Name} {Inverse.Name} ({dy.Name} - its mean - z (mean of {dy.Name} z)), with z = ({X.Name} - {Mean.Name}) {Inverse.Name}"));
    }

    public override void Emit(KernelWriter w) => Forward.Emit(w);
}

/// <summary>
/// Over all samples and rows of them, for each channel with z = (x - mean) · inverse: the means of dy and of dy z, which the gradient of x reads, and
/// their sums, which are the gradients of the bias and of the weight.
/// </summary>
internal sealed record BatchNormSums(
    string Name, Buffer X, Buffer Dy, Buffer Mean, Buffer Inverse, Buffer MeanOfDy, Buffer MeanOfProduct, Buffer? Dw, Buffer? Db, int Rows, int Channels) : Kernel(Name)
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
        var sums = new BatchSums(w, Rows, Channels, stride);
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
}

/// <summary>Sums over the rows of all samples: in float over one sample's, in double over the samples.</summary>
internal sealed class BatchSums(KernelWriter w, int rows, int channels, Func<Buffer, int> stride)
{
    /// <summary>For channel k: declares the sums as doubles.</summary>
    /// <param name="terms">What is added, from one element of each buffer.</param>
    public void Scalar(Buffer[] buffers, string[] sums, Func<string[], string[]> terms)
    {
        foreach (string sum in sums)
            w.Code.Line($"double {sum} = 0.0;");
        using (w.Code.Block("for (int sample = 0; sample < samples; sample++)"))
        {
            w.ForEachRow("row", rows, row =>
            {
                string inSample = rows == 1 ? "k" : channels == 1 ? row : Invariant($"{row} * {channels} + k");
                string[] values = terms([.. buffers.Select(b => w.At(b, stride(b) == 1 ? "sample" : Invariant($"sample * {stride(b)} + {inSample}")))]);
                for (int s = 0; s < sums.Length; s++)
                    w.Code.Line($"{sums[s]} += {values[s]};");
            });
        }
    }

    /// <summary>For a vector of channels: gives back the names of the sums, each of which is two vectors of doubles, its name with Low and High.</summary>
    public string[] Vectors(VectorWriter v, Chunk chunk, (Buffer Buffer, Place Start)[] values, string[] names, Func<string[], string[]> terms)
    {
        Lanes lanes = chunk.Lanes;
        string[] sums = [.. names.Select(v.Kernel.Local)];
        foreach (string sum in sums)
        {
            v.Code.Line($"var {sum}Low = {lanes.DoubleType}.Zero;");
            v.Code.Line($"var {sum}High = {lanes.DoubleType}.Zero;");
        }

        string[] starts = [.. values.Select(x => v.Kernel.Local("ofSample"))];
        for (int k = 0; k < values.Length; k++)
            v.Code.Line($"ref float {starts[k]} = {VectorDialect.Reference(values[k].Start.Reference, values[k].Start.Offset + chunk.Offset)};");
        string sample = v.Kernel.Local("sample");
        using (v.Code.Block($"for (int {sample} = 0; {sample} < samples; {sample}++)"))
        {
            string[] parts = [.. names.Select(n => v.Kernel.Local(n + "OfSample"))];
            foreach (string part in parts)
                v.Code.Line($"var {part} = {lanes.Zero};");
            v.Repeat(rows, [.. values.Select((x, k) => ("row", new Place(starts[k], 0), channels))], at =>
            {
                string[] read = [.. values.Select(x => v.Kernel.Local("x"))];
                for (int k = 0; k < values.Length; k++)
                    v.Code.Line($"var {read[k]} = {VectorWriter.Load(at[k], lanes, chunk.Count)};");
                string[] added = terms(read);
                for (int s = 0; s < parts.Length; s++)
                    v.Code.Line($"{parts[s]} += {added[s]};");
            }, writtenOut: rows <= 4);
            for (int s = 0; s < sums.Length; s++)
            {
                string wide = v.Kernel.Local("wide");
                v.Code.Line($"var {wide} = {lanes.Class}.Widen({parts[s]});");
                v.Code.Line($"{sums[s]}Low += {wide}.Lower;");
                v.Code.Line($"{sums[s]}High += {wide}.Upper;");
            }

            for (int k = 0; k < values.Length; k++)
                v.Code.Line($"{starts[k]} = {VectorDialect.Reference(starts[k], stride(values[k].Buffer))};");
        }

        return sums;
    }

    /// <summary>A sum times a factor, as floats.</summary>
    public static string Narrow(Lanes lanes, string sum, string factor) => factor == "1.0"
        ? $"{lanes.Class}.Narrow({sum}Low, {sum}High)"
        : $"{lanes.Class}.Narrow({sum}Low * {factor}, {sum}High * {factor})";
}
