using System;
using System.Linq;

namespace NetGen.Testing.Reference;

/// <summary>A layer that reads several values, each sample by itself.</summary>
internal abstract class ReferenceMerge(ReferenceShape output) : ReferenceOperation(output)
{
    public abstract double[] Forward(double[][] x);

    /// <summary>From dL/dy to dL/dx of each value.</summary>
    public abstract double[][] Backward(double[][] x, double[] dy);

    public sealed override double[][] Forward(double[][][] inputs, ReferencePass pass) =>
        [.. inputs[0].Select((_, sample) => Forward(Sample(inputs, sample)))];

    public sealed override double[][][] Backward(double[][][] inputs, double[][] dy, ReferencePass pass)
    {
        double[][][] samples = [.. dy.Select((d, sample) => Backward(Sample(inputs, sample), d))];
        return [.. inputs.Select((_, value) => samples.Select(d => d[value]).ToArray())];
    }

    /// <summary>The layout of what values of equal shape give together: that of the first which is decided.</summary>
    protected static ReferenceShape Common(ReferenceShape[] inputs) => inputs.FirstOrDefault(input => !input.IsUndecided) ?? inputs[0];

    private static double[][] Sample(double[][][] inputs, int sample) => [.. inputs.Select(value => value[sample])];
}

/// <summary>y[i] = a[i] + b[i] + …</summary>
internal sealed class ReferenceAdd : ReferenceMerge
{
    public ReferenceAdd(ReferenceShape[] inputs)
        : base(Common(inputs))
    {
        if (inputs.Any(input => !input.Sizes.SequenceEqual(Output.Sizes)))
            throw new NotSupportedException("values of different shapes are not added");
    }

    public override double[] Forward(double[][] x) => [.. x[0].Select((_, i) => x.Sum(value => value[i]))];

    public override double[][] Backward(double[][] x, double[] dy) => [.. x.Select(_ => dy)];
}

/// <summary>y[i] = a[i] b[i] …; da[i] = dy[i] times all others' element i.</summary>
internal sealed class ReferenceMultiply : ReferenceMerge
{
    public ReferenceMultiply(ReferenceShape[] inputs)
        : base(Common(inputs))
    {
        if (inputs.Any(input => !input.Sizes.SequenceEqual(Output.Sizes)))
            throw new NotSupportedException("values of different shapes are not multiplied");
    }

    public override double[] Forward(double[][] x) =>
        [.. x[0].Select((_, i) => x.Aggregate(1.0, (product, value) => product * value[i]))];

    public override double[][] Backward(double[][] x, double[] dy) =>
        [.. x.Select((_, own) => Forward([dy, .. x.Where((_, other) => other != own)]))];
}

/// <summary>The values one after the other along an axis; their other sizes are equal.</summary>
internal sealed class ReferenceConcat : ReferenceMerge
{
    private readonly int[] _runs;
    private readonly int _repeats;

    public ReferenceConcat(ReferenceShape[] inputs, int axis)
        : base(Joined(inputs, axis))
    {
        _repeats = Output.Sizes[..axis].Aggregate(1, (product, size) => product * size);
        _runs = [.. inputs.Select(input => input.Length / _repeats)];
    }

    public override double[] Forward(double[][] x) =>
        [.. Enumerable.Range(0, _repeats).SelectMany(r => x.SelectMany((value, k) => value.Skip(r * _runs[k]).Take(_runs[k])))];

    public override double[][] Backward(double[][] x, double[] dy)
    {
        double[][] dx = [.. x.Select(value => new double[value.Length])];
        int next = 0;
        for (int r = 0; r < _repeats; r++)
        {
            for (int k = 0; k < x.Length; k++)
            {
                Array.Copy(dy, next, dx[k], r * _runs[k], _runs[k]);
                next += _runs[k];
            }
        }

        return dx;
    }

    private static ReferenceShape Joined(ReferenceShape[] inputs, int axis)
    {
        int[] sizes = [.. inputs[0].Sizes];
        sizes[axis] = inputs.Sum(input => input.Sizes[axis]);
        foreach (ReferenceShape input in inputs)
        {
            if (input.Rank != sizes.Length || Enumerable.Range(0, sizes.Length).Any(a => a != axis && input.Sizes[a] != sizes[a]))
                throw new NotSupportedException($"values whose sizes differ elsewhere than on axis {axis} are not joined");
        }

        return Common(inputs).WithSizes(sizes);
    }
}
