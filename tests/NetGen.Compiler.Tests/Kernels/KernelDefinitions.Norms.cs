using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>Norms, what works by channel, softmax and losses.</summary>
internal static partial class KernelDefinitions
{
    private static bool RunOfNorms(Kernel kernel, KernelData d)
    {
        switch (kernel)
        {
            case RowNorm k:
                ForEach(k.Rows, row => ForEach(k.Size, e => d.Put(k.Y, (row * k.Size) + e,
                    ((k.Weight is null ? 1 : d.Read(k.Weight, e)) * Normal(d, k.X, row, k.Size, k.Epsilon, k.Centres)[e])
                        + (k.Bias is null ? 0 : d.Read(k.Bias, e)))));
                return true;
            case RowNormGradient k:
                ForEach(k.Rows, row => RowNormGradient(k, d, row));
                return true;
            case ChannelMap k:
                ForEach(d.Samples, sample => ForEach(k.Rows, k.Channels, (row, channel) =>
                    d.Put(k.Y, PlaneIndex(k.IsPlanes, k.Rows, k.Channels, row, channel), OfChannel(k, d, row, channel, sample), k.YAccess, sample)));
                return true;
            case ChannelSum k:
                ForEach(k.Terms.Channels, channel =>
                    d.Put(k.Terms.Y, channel, Sum(k.Terms.Rows, row => OfChannel(k.Terms, d, row, channel, 0)), Access.Accumulate));
                return true;
            case BatchNormalize k:
                ForEach(k.Rows, k.Channels, (row, channel) =>
                {
                    int at = PlaneIndex(k.IsPlanes, k.Rows, k.Channels, row, channel);
                    d.Put(k.Y, at, ((d.Read(k.X, at) - d.Read(k.Mean, channel)) * d.Read(k.Inverse, channel)
                        * (k.Weight is null ? 1 : d.Read(k.Weight, channel)))
                        + (k.Bias is null ? 0 : d.Read(k.Bias, channel)));
                });
                return true;
            case GroupNormalize k:
                GroupNormalize(k, d);
                return true;
            case BatchStatistics k:
                ForEach(k.Channels, channel => BatchStatistics(k, d, channel));
                return true;
            case BatchNormSums k:
                ForEach(k.Channels, channel => BatchNormSums(k, d, channel));
                return true;
            case Softmax k:
                ForEachGroup(k.Axis, d, k.X, (at, x, p) => ForEach(x.Length, e => d.Put(k.Y, at(e), p[e])));
                return true;
            case LogSoftmax k:
                ForEachGroup(k.Axis, d, k.X, (at, x, p) => ForEach(x.Length, e => d.Put(k.Y, at(e), Math.Log(p[e]))));
                return true;
            case LogSoftmaxGradient k:
                ForEachGroup(k.Axis, d, k.Dy, (at, dy, _) =>
                    ForEach(dy.Length, e => d.Put(k.Dx, at(e), dy[e] - (Math.Exp(d.Read(k.Y, at(e))) * dy.Sum()), k.DxAccess)));
                return true;
            default:
                return false;
        }
    }

    private static double[] Normal(KernelData d, Buffer x, int row, int size, float epsilon, bool centres)
    {
        double[] values = [.. Enumerable.Range(0, size).Select(e => d.Read(x, (row * size) + e))];
        double mean = centres ? values.Average() : 0, deviation = Deviation(values, epsilon, centres);
        return [.. values.Select(v => (v - mean) / deviation)];
    }

    private static double Deviation(double[] values, float epsilon, bool centres)
    {
        double mean = centres ? values.Average() : 0;
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)) + epsilon);
    }

    private static void RowNormGradient(RowNormGradient k, KernelData d, int row)
    {
        double[] dy = [.. Enumerable.Range(0, k.Size).Select(e => d.Read(k.Dy, (row * k.Size) + e))];
        double[]? n = k.Dx is null && k.Dw is null ? null : Normal(d, k.X, row, k.Size, k.Epsilon, k.Centres);
        for (int e = 0; e < k.Size; e++)
        {
            if (k.Dw is { } dw)
                d.Put(dw, e, dy[e] * n![e], Access.Accumulate);
            if (k.Db is { } db)
                d.Put(db, e, dy[e], Access.Accumulate);
        }

        if (k.Dx is not { } dx)
            return;
        double[] g = [.. dy.Select((value, e) => value * (k.Weight is null ? 1 : d.Read(k.Weight, e)))];
        double along = g.Zip(n!, static (a, b) => a * b).Average(), mean = k.Centres ? g.Average() : 0;
        double deviation = Deviation([.. Enumerable.Range(0, k.Size).Select(e => d.Read(k.X, (row * k.Size) + e))], k.Epsilon, k.Centres);
        ForEach(k.Size, e => d.Put(dx, (row * k.Size) + e, (g[e] - mean - (n![e] * along)) / deviation, k.DxAccess));
    }

    private static void GroupNormalize(GroupNormalize k, KernelData d)
    {
        GroupedChannels c = k.Channels;
        int all = c.Groups * c.Channels;
        ForEach(all, c.Places, (channel, place) =>
        {
            int at = c.IsPlanes ? (channel * c.Places) + place : (place * all) + channel, group = channel / c.Channels;
            double Of(PlacedSource s) => d.Read(s.Buffer, (group * s.Strides[0]) + (channel % c.Channels * s.Strides[1]));
            double normal = (d.Read(k.X, at) - Of(k.Mean)) * Of(k.Inverse);
            double shifted = (normal * (k.Weight is null ? 1 : d.Read(k.Weight, channel))) + (k.Bias is null ? 0 : d.Read(k.Bias, channel));
            d.Put(k.Y, at, Activated(k.Epilogue, shifted, d));
        });
    }

    private static int PlaneIndex(bool isPlanes, int rows, int channels, int row, int channel) =>
        isPlanes ? (channel * rows) + row : (row * channels) + channel;

    private static double OfChannel(ChannelMap k, KernelData d, int row, int channel, int sample)
    {
        var known = new Dictionary<string, double>();
        foreach (Source value in k.Values)
            known[value.Variable] = d.Read(value.Buffer, PlaneIndex(k.IsPlanes, k.Rows, k.Channels, row, channel), sample);
        foreach (Source constant in k.PerChannel)
            known[constant.Variable] = d.Read(constant.Buffer, channel);
        foreach ((string name, Expr formula) in k.Hoisted)
            known[name] = d.Value(formula, known);
        return d.Value(k.Function, known);
    }

    /// <summary>All elements of a channel, of all samples.</summary>
    private static double[] ChannelOf(KernelData d, Buffer buffer, bool isPlanes, int rows, int channels, int channel) =>
        [.. Enumerable.Range(0, d.Samples).SelectMany(s =>
            Enumerable.Range(0, rows).Select(row => d.Read(buffer, PlaneIndex(isPlanes, rows, channels, row, channel), s)))];

    private static void BatchStatistics(BatchStatistics k, KernelData d, int channel)
    {
        double[] x = ChannelOf(d, k.X, k.IsPlanes, k.Rows, k.Channels, channel);
        double mean = x.Average(), squares = x.Sum(v => (v - mean) * (v - mean));
        d.Put(k.Mean, channel, mean);
        d.Put(k.Inverse, channel, 1 / Math.Sqrt((squares / x.Length) + k.Epsilon));
        d.Put(k.MeanGradient, channel, mean);
        d.Put(k.VarianceGradient, channel, squares / (x.Length - 1));
    }

    private static void BatchNormSums(BatchNormSums k, KernelData d, int channel)
    {
        double[] x = ChannelOf(d, k.X, k.IsPlanes, k.Rows, k.Channels, channel), dy = ChannelOf(d, k.Dy, k.IsPlanes, k.Rows, k.Channels, channel);
        double sum = dy.Sum(), product = x.Zip(dy, (a, b) => (a - d.Read(k.Mean, channel)) * d.Read(k.Inverse, channel) * b).Sum();
        d.Put(k.MeanOfDy, channel, sum / x.Length);
        d.Put(k.MeanOfProduct, channel, product / x.Length);
        if (k.Dw is { } dw)
            d.Put(dw, channel, product, Access.Accumulate);
        if (k.Db is { } db)
            d.Put(db, channel, sum, Access.Accumulate);
    }

    /// <summary>Runs a body for each group: with where a class stands, the values of the classes, and their softmax.</summary>
    private static void ForEachGroup(SoftmaxAxis axis, KernelData d, Buffer x, Action<Func<int, int>, double[], double[]> body) => ForEach(axis.Groups, group =>
    {
        int At(int e) => axis.Stride == 1 ? (group * axis.Classes) + e : (e * axis.Stride) + group;
        double[] values = [.. Enumerable.Range(0, axis.Classes).Select(e => d.Read(x, At(e)))];
        double max = values.Max(), sum = values.Sum(v => Math.Exp(v - max));
        body(At, values, [.. values.Select(v => Math.Exp(v - max) / sum)]);
    });

    private static double? LossOf(Kernel kernel, KernelData d)
    {
        double loss = 0;
        switch (kernel)
        {
            case ElementwiseLoss k:
                ForEach(k.F.Size, e =>
                {
                    var known = new Dictionary<string, double> { ["f"] = d.Read(k.F, e), ["t"] = d.Read(k.T, e) };
                    loss += d.Value(k.Terms, known);
                    if (k.Df is { } df)
                        d.Put(df, e, d.Number("scale") * d.Value(k.Derivative, known));
                });
                return loss;
            case SoftmaxCrossEntropy k:
                ForEachGroup(k.Axis, d, k.Z, (at, _, p) =>
                {
                    double targets = Sum(p.Length, e => d.Read(k.Target, at(e)));
                    double Target(int e) => ((1 - k.Smoothing) * d.Read(k.Target, at(e))) + (k.Smoothing * targets / p.Length);
                    loss -= k.Weight * Sum(p.Length, e => Target(e) * Math.Log(p[e])) / k.Axis.Groups;
                    ForEach(k.Dz is null ? 0 : p.Length, e => d.Put(k.Dz!, at(e), d.Number("scale") * k.Weight / k.Axis.Groups * ((p[e] * targets) - Target(e))));
                });
                return loss;
            default:
                throw new NotSupportedException($"no definition of {kernel.GetType().Name}");
        }
    }
}
