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
        var sums = new BatchSums(Rows, Channels, stride);
        if (IsPlanes)
            w.Vectors(Rows, v => WritePlanes(v, sums));
        else
            w.Vectors(Channels, v => WriteChannels(v, sums));
    }

    private void WriteChannels(VectorCode v, BatchSums sums)
    {
        Term one = new DoubleNumber(1), count = sums.Count(v), share = v.Code.Let("share", Term.All(one / count, Kind.Doubles));
        Term unbiased = v.Code.Let("unbiased", Term.All(Term.Of(Operation.ToFloat, count / (count - one))));
        List<(string, Address)> places =
        [
            ("xs", v.Start(X)), ("means", v.Start(Mean)), ("inverses", v.Start(Inverse)),
            ("meanGradients", v.Start(MeanGradient)), ("varianceGradients", v.Start(VarianceGradient)),
        ];
        v.Over(Channels, once: false, places, (at, part) =>
        {
            Term mean = v.Code.Let("mean", sums.OfChannels(v, part, [(X, at[0])], ["sum"], static x => x)[0].Narrow(share));
            Term variance = v.Code.Let("variance", sums.OfChannels(v, part, [(X, at[0])], ["squares"], x => [SquareFrom(v, x[0], mean)])[0].Narrow(share));
            v.Store(at[1], part, mean);
            v.Store(at[2], part, Term.One / Term.Of(Operation.Sqrt, variance + Term.All(Epsilon)));
            v.Store(at[3], part, mean);
            v.Store(at[4], part, variance * unbiased);
        });
    }

    private void WritePlanes(VectorCode v, BatchSums sums)
    {
        Term one = new DoubleNumber(1), count = sums.Count(v);
        List<(string, Address, Offset)> moving =
        [
            ("xOf", v.Start(X), Rows), ("meanOf", v.Start(Mean), 1), ("inverseOf", v.Start(Inverse), 1),
            ("meanGradientOf", v.Start(MeanGradient), 1), ("varianceGradientOf", v.Start(VarianceGradient), 1),
        ];
        v.Repeat(Channels, moving, at =>
        {
            Term sum = sums.OfPlanes(v, [(X, at[0])], ["sum"], static x => x)[0];
            Term mean = v.Code.Let("mean", Term.Of(Operation.ToFloat, sum / count)), means = v.Code.Let("means", Term.All(mean));
            Term squares = sums.OfPlanes(v, [(X, at[0])], ["squares"], x => [SquareFrom(v, x[0], means)])[0];
            v.StoreElement(at[1], mean);
            v.StoreElement(at[2], Term.Of(Operation.ToFloat, one / Term.Of(Operation.Sqrt, (squares / count) + new DoubleNumber(Epsilon))));
            v.StoreElement(at[3], mean);
            v.StoreElement(at[4], Term.Of(Operation.ToFloat, squares / (count - one)));
        }, isWrittenOut: false);
    }

    private static Term SquareFrom(VectorCode v, Term x, Term mean)
    {
        Term from = v.Code.Let("from", x - mean);
        return from * from;
    }
}

/// <summary>
/// y = (x - mean) w / sqrt(variance + ε) + b, by the batch's statistics.
/// Derivative, where m and v depend on x: with z = (x - mean) / sqrt(variance + ε), db = sum dy, dw = sum dy z over the batch of n values a channel,
/// and dx = w (dy - db / n - z dw / n) / sqrt(variance + ε) (S. Ioffe, C. Szegedy, "Batch Normalization", 2015).
/// </summary>
internal sealed record BatchNormalize(string Name, Buffer X, Buffer Mean, Buffer Inverse, Buffer? Weight, Buffer? Bias, Buffer Y, int Rows, int Channels,
    bool IsPlanes = false) : Kernel(Name)
{
    private static readonly Expr s_centred = Expr.Var("x") - Expr.Var("mean");

    public override IEnumerable<Operand> Operands => Forward.Operands;

    public override long MultiplyAdds => 0;

    public override string Formula => Forward.Formula;

    /// <summary>What is multiplied by, as a formula of what has a value for each channel.</summary>
    private Expr Factor => Weight is null ? Expr.Var("inverse") : Expr.Var("weight") * Expr.Var("inverse");

    private Source[] OfWeight => Weight is null ? [] : [new Source("weight", Weight)];

    private ChannelMap Forward
    {
        get
        {
            Expr formula = s_centred * Expr.Var("factor");
            return new ChannelMap(
                Name, EquatableArray.Of(new Source("x", X)),
                EquatableArray.Of<Source>([new("mean", Mean), new("inverse", Inverse), .. OfWeight,
                    .. Bias is null ? System.Array.Empty<Source>() : [new("bias", Bias)]]),
                EquatableArray.Of(("factor", Factor)), Y, Access.Overwrite, Bias is null ? formula : formula + Expr.Var("bias"), Rows, Channels,
                $"({X.Name} - {Mean.Name}) {Inverse.Name}{(Weight is null ? "" : " " + Weight.Name)}{(Bias is null ? "" : " + " + Bias.Name)}", IsPlanes);
        }
    }

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
            EquatableArray.Of<Source>([new("mean", Mean), new("inverse", Inverse), .. OfWeight, new("dyMean", meanOfDy), new("productMean", meanOfProduct)]),
            EquatableArray.Of(("factor", Factor), ("slope", Expr.Var("inverse") * Expr.Var("productMean"))),
            target.Buffer, target.Access, function, Rows, Channels,
                $"{(Weight is null ? "" : Weight.Name + " ")}{Inverse.Name} ({dy.Name} - its mean - z (mean of {dy.Name} z)), with z = ({X.Name} - {Mean.Name}) {Inverse.Name}", IsPlanes));
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
        var sums = new BatchSums(Rows, Channels, stride);
        if (IsPlanes)
            w.Vectors(Rows, v => WritePlanes(v, sums));
        else
            w.Vectors(Channels, v => WriteChannels(v, sums));
    }

    /// <summary>What has a value for each channel, with what a reader would call it.</summary>
    private (string Hint, Buffer Buffer)[] PerChannel =>
    [
        ("mean", Mean), ("inverse", Inverse), ("dyMean", MeanOfDy), ("productMean", MeanOfProduct),
        .. Dw is null ? System.Array.Empty<(string, Buffer)>() : [("dw", Dw)], .. Db is null ? System.Array.Empty<(string, Buffer)>() : [("db", Db)],
    ];

    private void WriteChannels(VectorCode v, BatchSums sums)
    {
        Term share = v.Code.Let("share", Term.All(new DoubleNumber(1) / sums.Count(v), Kind.Doubles));
        (string Hint, Buffer Buffer)[] perChannel = PerChannel;
        v.Over(Channels, once: true, [("xs", v.Start(X)), ("dys", v.Start(Dy)), .. perChannel.Select(c => (c.Hint + "s", v.Start(c.Buffer)))], (at, part) =>
        {
            Address Of(Buffer buffer) => at[2 + Array.FindIndex(perChannel, c => c.Buffer == buffer)];
            Term mean = v.Code.Let("mean", v.Load(Of(Mean), part));
            WideSum[] both = sums.OfChannels(v, part, [(X, at[0]), (Dy, at[1])], ["sum", "product"], x => [x[1], x[1] * (x[0] - mean)]);
            Term inverse = v.Code.Let("inverse", v.Load(Of(Inverse), part));
            v.Store(Of(MeanOfDy), part, both[0].Narrow(share));
            v.Store(Of(MeanOfProduct), part, inverse * both[1].Narrow(share));
            if (Dw is not null)
                v.Store(Of(Dw), part, v.Load(Of(Dw), part) + (inverse * both[1].Narrow()));
            if (Db is not null)
                v.Store(Of(Db), part, v.Load(Of(Db), part) + both[0].Narrow());
        });
    }

    private void WritePlanes(VectorCode v, BatchSums sums)
    {
        Term count = sums.Count(v);
        (string Hint, Buffer Buffer)[] perChannel = PerChannel;
        List<(string, Address, Offset)> moving =
            [("xOf", v.Start(X), Rows), ("dyOf", v.Start(Dy), Rows), .. perChannel.Select(c => (c.Hint + "Of", v.Start(c.Buffer), (Offset)1))];
        v.Repeat(Channels, moving, at =>
        {
            Address Of(Buffer buffer) => at[2 + Array.FindIndex(perChannel, c => c.Buffer == buffer)];
            Term means = v.Code.Let("means", v.All(Of(Mean)));
            Term[] both = sums.OfPlanes(v, [(X, at[0]), (Dy, at[1])], ["sum", "product"], x => [x[1], x[1] * (x[0] - means)]);
            Term product = v.Code.Let("scaled", both[1] * v.Element(Of(Inverse)));
            v.StoreElement(Of(MeanOfDy), Term.Of(Operation.ToFloat, both[0] / count));
            v.StoreElement(Of(MeanOfProduct), Term.Of(Operation.ToFloat, product / count));
            if (Dw is not null)
                v.StoreElement(Of(Dw), v.Element(Of(Dw)) + Term.Of(Operation.ToFloat, product));
            if (Db is not null)
                v.StoreElement(Of(Db), v.Element(Of(Db)) + Term.Of(Operation.ToFloat, both[0]));
        }, isWrittenOut: false);
    }
}
