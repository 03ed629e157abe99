using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>How values of several groups of channels stand, each channel with some places.</summary>
/// <param name="Channels">Of each group.</param>
/// <param name="IsPlanes">The places of a channel stand together; else the channels of a place.</param>
internal sealed record GroupedChannels(int Groups, int Channels, int Places, bool IsPlanes)
{
    /// <summary>Values that are normalized together.</summary>
    public int Members => Channels * Places;

    public int AllChannels => Groups * Channels;

    /// <summary>
    /// What a group has one of is needed once for each channel: the channels of a group are few neighbours, those of all groups are many.
    /// </summary>
    private bool Spreads => !IsPlanes && Groups > 1 && Channels > 1 && Places > 1;

    private int[] Sizes => [Groups, Channels, Places];

    private int[] Strides => IsPlanes || Places == 1 ? [Members, Places, 1] : [Channels, 1, AllChannels];

    private static PlacedSource Source(string variable, Buffer buffer, params int[] strides) => new(variable, buffer, EquatableArray.Of(strides));

    public PlacedSource OfValues(string variable, Buffer buffer) => new(variable, buffer, Strides.ToEquatable());

    /// <summary>A value for each channel.</summary>
    public PlacedSource OfChannels(string variable, Buffer buffer) => Source(variable, buffer, Channels, 1, 0);

    /// <summary>A value for each group, to be read at each place.</summary>
    /// <param name="what">What it is, to name a buffer by.</param>
    public PlacedSource OfGroups(Action<Kernel> add, string name, string what, string variable, Buffer buffer)
    {
        if (!Spreads)
            return Source(variable, buffer, 1, 0, 0);
        var spread = new Buffer(buffer.Named("OfChannels"), AllChannels, BufferRole.Activation);
        PlacedSource one = Source(variable, buffer, 1, 0, 0);
        add(new Broadcast(name + what + "OfChannels", PlacedAxes.Of([Groups, Channels], [Channels, 1], [one], [Channels, 1]), spread, Access.Overwrite,
            Expr.Var(variable), $"{buffer.Name} of each channel"));
        return OfChannels(variable, spread);
    }

    /// <summary>A formula of every value, with a result for each.</summary>
    public Broadcast Each(string name, IReadOnlyList<PlacedSource> sources, Operand y, Expr formula, string text) =>
        new(name, PlacedAxes.Of(Sizes, Strides, sources, Strides), y.Buffer, y.Access, formula, text);

    /// <summary>The sum over the places of each channel.</summary>
    public Kernel SumOfChannels(string name, IReadOnlyList<PlacedSource> sources, Buffer y, Expr formula, string text)
    {
        var axes = PlacedAxes.Of(Sizes, [Channels, 1, 0], sources, Strides);
        return Places == 1
            ? new Broadcast(name, axes, y, Access.Overwrite, formula, text)
            : new Reduction(name, ReductionKind.Sum, axes, y, Access.Overwrite, formula, 1, $"sums of {text}");
    }

    /// <summary>The mean over each group of a formula of every value.</summary>
    public void AddMean(Action<Kernel> add, string name, IReadOnlyList<PlacedSource> sources, Buffer y, Expr formula, string text)
    {
        if (!Spreads)
        {
            add(new Reduction(name, ReductionKind.Sum, PlacedAxes.Of(Sizes, [1, 0, 0], sources, Strides), y, Access.Overwrite, formula,
                (float)(1.0 / Members), "mean of " + text));
            return;
        }

        var sums = new Buffer(y.Named("Sums"), AllChannels, BufferRole.Activation);
        add(SumOfChannels(name + "Sums", sources, sums, formula, text));
        add(MeanOfSums(name, [OfChannels("sum", sums)], y, Expr.Var("sum"), text));
    }

    /// <summary>From sums over the places of each channel, the mean over each group.</summary>
    public Kernel MeanOfSums(string name, IReadOnlyList<PlacedSource> sums, Buffer y, Expr formula, string text)
    {
        var axes = PlacedAxes.Of([Groups, Channels], [1, 0], sums, [Channels, 1]);
        return Channels == 1
            ? new Broadcast(name, axes, y, Access.Overwrite, (1.0 / Members) * formula, "mean of " + text)
            : new Reduction(name, ReductionKind.Sum, axes, y, Access.Overwrite, formula, (float)(1.0 / Members), "mean of " + text);
    }

    /// <summary>y += x for each channel.</summary>
    public Broadcast Accumulated(string name, Buffer x, Buffer y) =>
        new(name, PlacedAxes.Of([AllChannels], [1], [Source("x", x, 1)], [1]), y, Access.Accumulate, Expr.Var("x"), x.Name);
}

/// <summary>
/// y = (x - mean) inverse weight + bias, where mean and inverse = 1 / √(variance + ε) are those of the group of x's channel.
/// Derivative, where both depend on x: with n = (x - mean) inverse, g = weight dy and means over each group, dx = inverse (g - mean(g) - n mean(g n));
/// dweight = the sum of dy n over the places, dbias = that of dy (Y. Wu, K. He, "Group Normalization", 2018).
/// </summary>
/// <param name="Mean">As <see cref="GroupedChannels.OfGroups"/> gives it, as is the inverse.</param>
/// <param name="Weight">Null where there is none, as is the bias.</param>
internal sealed record GroupNormalize(string Name, GroupedChannels Channels, Buffer X, PlacedSource Mean, PlacedSource Inverse, Buffer? Weight, Buffer? Bias,
    Buffer Y) : Kernel(Name)
{
    private static readonly Expr s_normal = (Expr.Var("x") - Expr.Var("mean")) * Expr.Var("inverse"), s_dy = Expr.Var("dy");

    /// <summary>An elementwise function, over one variable, of what it computes.</summary>
    public Expr? Epilogue { get; init; }

    /// <summary>What that is called.</summary>
    public string? EpilogueName { get; init; }

    public override IEnumerable<Operand> Operands => Forward.Operands;

    public override long MultiplyAdds => 0;

    public override string Formula => Forward.Formula;

    private Broadcast Forward
    {
        get
        {
            List<PlacedSource> sources = [Channels.OfValues("x", X), Mean, Inverse];
            Expr formula = s_normal;
            string text = $"({X.Name} - {Mean.Buffer.Name}) {Inverse.Buffer.Name}";
            if (Weight is not null)
            {
                sources.Add(Channels.OfChannels("weight", Weight));
                formula *= Expr.Var("weight");
                text += " " + Weight.Name;
            }

            if (Bias is not null)
            {
                sources.Add(Channels.OfChannels("bias", Bias));
                formula += Expr.Var("bias");
                text += " + " + Bias.Name;
            }

            return Channels.Each(Name, sources, new Operand(Y, Access.Overwrite), formula,
                EpilogueName is null ? text : $"{EpilogueName}({text})") with { Epilogue = Epilogue };
        }
    }

    public override Kernel? WithEpilogue(Buffer x, Buffer y, Expr function, string name) =>
        x != Y || Epilogue is not null ? null : this with { Y = y, Epilogue = function, EpilogueName = name };

    public override void Differentiate(IGradients gradients)
    {
        Buffer dy = gradients.Of(Y);
        Operand? dx = gradients.Wanted(X);
        Buffer? dw = gradients.WantedParameter(Weight), db = gradients.WantedParameter(Bias);
        Buffer Temporary(string what, int size) => new(dy.Named(what), size, BufferRole.Activation);
        string Method(string what) => KernelNames.Gradient(Name, what);
        PlacedSource x = Channels.OfValues("x", X), ofY = Channels.OfValues("dy", dy);
        Buffer sums = Temporary("Sums", Channels.AllChannels), products = Temporary("Products", Channels.AllChannels);
        if (dx is not null || db is not null)
            gradients.Add(Channels.SumOfChannels(Method("Sums"), [ofY], sums, s_dy, dy.Name));
        if (dx is not null || dw is not null)
            gradients.Add(Channels.SumOfChannels(Method("Products"), [ofY, x, Mean, Inverse], products, s_dy * s_normal,
                $"{dy.Name} n, with n = ({X.Name} - {Mean.Buffer.Name}) {Inverse.Buffer.Name}"));
        if (db is not null)
            gradients.Add(Channels.Accumulated(Method("Bias"), sums, db));
        if (dw is not null)
            gradients.Add(Channels.Accumulated(Method("Weight"), products, dw));
        if (dx is not { } target)
            return;

        PlacedSource[] weight = Weight is null ? [] : [Channels.OfChannels("weight", Weight)];
        Expr Weighted(Expr e) => Weight is null ? e : e * Expr.Var("weight");
        PlacedSource MeanOf(string variable, Buffer from, string what)
        {
            Buffer mean = Temporary(what, Channels.Groups);
            gradients.Add(Channels.MeanOfSums(Method(what), [Channels.OfChannels("sum", from), .. weight], mean, Weighted(Expr.Var("sum")), from.Name));
            return Channels.OfGroups(gradients.Add, Method(""), what, variable, mean);
        }

        PlacedSource mean = MeanOf("gMean", sums, "Mean"), along = MeanOf("along", products, "Along");
        gradients.Add(Channels.Each(
            Method("Input"), [ofY, x, Mean, Inverse, .. weight, mean, along], target,
            Expr.Var("inverse") * (Weighted(s_dy) - Expr.Var("gMean") - (s_normal * Expr.Var("along"))),
            $"{Inverse.Buffer.Name} (g - {mean.Buffer.Name} - n {along.Buffer.Name}), with g = {(Weight is null ? "" : Weight.Name + " ")}{dy.Name}"));
    }

    public override void Emit(KernelWriter w) => Forward.Emit(w);
}
