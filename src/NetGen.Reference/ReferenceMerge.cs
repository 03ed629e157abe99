using System;
using System.Linq;

namespace NetGen.Reference;

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

/// <summary>
/// One element of each value becomes one of the output, from left to right; a value of one element along an axis has it at every place there.
/// Equal values share the gradient of the larger and of the smaller of two by halves.
/// </summary>
internal sealed class ReferenceElementwiseMerge(ReferenceShape[] inputs, string kind) : ReferenceMerge(Stretched(inputs))
{
    /// <summary>For each value, which of its elements each element of the output reads.</summary>
    private readonly int[][] _reads = [.. inputs.Select(input => Reads(Stretched(inputs).Sizes, input.Sizes))];

    public override double[] Forward(double[][] x) =>
        [.. Enumerable.Range(0, Output.Length).Select(i => Value([.. x.Select((value, k) => value[_reads[k][i]])]))];

    public override double[][] Backward(double[][] x, double[] dy)
    {
        double[][] dx = [.. x.Select(value => new double[value.Length])];
        for (int i = 0; i < dy.Length; i++)
        {
            double[] derivatives = Derivatives([.. x.Select((value, k) => value[_reads[k][i]])]);
            for (int k = 0; k < x.Length; k++)
                dx[k][_reads[k][i]] += dy[i] * derivatives[k];
        }

        return dx;
    }

    private double Value(double[] a) => kind == "average" ? a.Sum() / a.Length : a.Aggregate((x, y) => kind switch
    {
        "add" => x + y,
        "subtract" => x - y,
        "multiply" => x * y,
        "divide" => x / y,
        "maximum" => Math.Max(x, y),
        _ => Math.Min(x, y),
    });

    /// <summary>From the last of the pairs to the first.</summary>
    private double[] Derivatives(double[] a)
    {
        double[] derivatives = new double[a.Length];
        double dy = kind == "average" ? 1.0 / a.Length : 1;
        for (int k = a.Length - 1; k > 0; k--)
        {
            double left = kind == "average" ? 0 : Value(a[..k]), right = a[k];
            (double ofLeft, double ofRight) = kind switch
            {
                "add" or "average" => (1, 1),
                "subtract" => (1, -1),
                "multiply" => (right, left),
                "divide" => (1 / right, -left / (right * right)),
                _ => left == right ? (0.5, 0.5) : left > right == (kind == "maximum") ? (1.0, 0.0) : (0, 1),
            };
            derivatives[k] = dy * ofRight;
            dy *= ofLeft;
        }

        derivatives[0] = dy;
        return derivatives;
    }

    private static ReferenceShape Stretched(ReferenceShape[] inputs)
    {
        int[] sizes = [.. inputs[0].Sizes.Select(
            (_, axis) => inputs.Max(input => input.Rank == inputs[0].Rank ? input.Sizes[axis] : throw new NotSupportedException("ranks differ")))];
        if (inputs.Any(input => input.Sizes.Where((size, axis) => size != sizes[axis] && size != 1).Any()))
            throw new NotSupportedException("sizes are neither equal nor 1");
        return Common(inputs).WithSizes(sizes);
    }

    private static int[] Reads(int[] output, int[] input)
    {
        int[] reads = new int[output.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < reads.Length; i++)
        {
            int rest = i, place = 0, stride = 1;
            for (int axis = output.Length - 1; axis >= 0; axis--)
            {
                place += rest % output[axis] % input[axis] * stride;
                rest /= output[axis];
                stride *= input[axis];
            }

            reads[i] = place;
        }

        return reads;
    }
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
