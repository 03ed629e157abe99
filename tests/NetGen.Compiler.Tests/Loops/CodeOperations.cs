using System;
using System.Linq;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Tests.Loops;

/// <summary>What the operations of Code mean, lane by lane, as <see cref="Operation"/> says.</summary>
internal static class CodeOperations
{
    public static float Bits(bool isSet) => BitConverter.UInt32BitsToSingle(isSet ? uint.MaxValue : 0);

    public static CodeValue Each(CodeValue x, Func<float, float> of) => x.Lanes is { } lanes ? new([.. lanes.Select(of)]) : new CodeValue(of((float)x.Number));

    /// <param name="count">How many lanes the result has.</param>
    public static CodeValue Apply(Apply a, CodeValue[] x, int count) =>
        x.Length > 0 && x[0].Doubles is not null ? OfDoubles(a, x)
        : a.Operation is Operation.Sum or Operation.Largest or Operation.FirstLane ? new CodeValue(Reduce(a.Operation, x[0].Lanes!))
        : a.Kind == Kind.Doubles ? ToDoubles(a, x, count)
        : a.Kind.IsOfLanes() ? new CodeValue(OfLanes(a.Operation, x, count))
        : new CodeValue(OfNumbers(a, [.. x.Select(static v => v.Number)]));

    private static float Reduce(Operation operation, float[] x) => operation switch
    {
        Operation.Sum => x.Aggregate(static (a, b) => a + b),
        Operation.Largest => x.Aggregate(MaxNative),
        _ => x[0],
    };

    private static float MaxNative(float a, float b) => a > b ? a : b;

    private static float MinNative(float a, float b) => a < b ? a : b;

    private static float OnBits(float a, float b, Func<uint, uint, uint> of) =>
        BitConverter.UInt32BitsToSingle(of(BitConverter.SingleToUInt32Bits(a), BitConverter.SingleToUInt32Bits(b)));

    private static bool IsSet(float mask) => BitConverter.SingleToUInt32Bits(mask) switch
    {
        0 => false,
        uint.MaxValue => true,
        _ => throw new InvalidOperationException("a mask that is neither all bits nor none"),
    };

    private static float[] OfLanes(Operation operation, CodeValue[] x, int count)
    {
        foreach (CodeValue operand in x)
        {
            if (operand.Lanes is { } vector && vector.Length != count && operation != Operation.SumsOfFour)
                throw new InvalidOperationException($"{operation} of vectors that are not equally long");
        }

        float[] Lane(Func<int, float> of)
        {
            float[] result = new float[count];
            for (int k = 0; k < count; k++)
                result[k] = of(k);
            return result;
        }

        float[] Two(Func<float, float, float> of)
        {
            float[] result = new float[count], a = x[0].Lanes!, b = x[1].Lanes!;
            for (int k = 0; k < count; k++)
                result[k] = of(a[k], b[k]);
            return result;
        }

        float[] One(Func<float, float> of) => Lane(k => of(x[0].Lanes![k]));
        // Neighbours of a, then of b.
        float[] Pairs(Func<float, float, float> of) => Lane(k => of(Both(2 * k), Both((2 * k) + 1)));
        float Both(int k) => k < count ? x[0].Lanes![k] : x[1].Lanes![k - count];
        return operation switch
        {
            Operation.Add => Two(static (a, b) => a + b),
            Operation.Subtract => Two(static (a, b) => a - b),
            Operation.Multiply => Two(static (a, b) => a * b),
            Operation.Divide => Two(static (a, b) => a / b),
            Operation.Negate => One(static a => -a),
            Operation.MultiplyAdd => Lane(k => MathF.FusedMultiplyAdd(x[0].Lanes![k], x[1].Lanes![k], x[2].Lanes![k])),
            Operation.Max => Two(MathF.Max),
            Operation.Min => Two(MathF.Min),
            Operation.MaxNative => Two(MaxNative),
            Operation.MinNative => Two(MinNative),
            Operation.Abs => One(MathF.Abs),
            Operation.Sqrt => One(MathF.Sqrt),
            Operation.Equal => Two(static (a, b) => Bits(a == b)),
            Operation.Greater => Two(static (a, b) => Bits(a > b)),
            Operation.GreaterOrEqual => Two(static (a, b) => Bits(a >= b)),
            Operation.Less => Two(static (a, b) => Bits(a < b)),
            Operation.And => Two(static (a, b) => OnBits(a, b, static (p, q) => p & q)),
            Operation.AndNot => Two(static (a, b) => OnBits(a, b, static (p, q) => p & ~q)),
            Operation.Or => Two(static (a, b) => OnBits(a, b, static (p, q) => p | q)),
            Operation.Select => Lane(k => IsSet(x[0].Lanes![k]) ? x[1].Lanes![k] : x[2].Lanes![k]),
            Operation.Create => Lane(_ => (float)x[0].Number),
            Operation.Zero => Lane(static _ => 0),
            Operation.One => Lane(static _ => 1),
            Operation.Ascending => Lane(static k => k),
            Operation.PairMaxima => Pairs(MaxNative),
            Operation.PairSums => Pairs(static (a, b) => a + b),
            Operation.TwiceLower => Lane(k => x[0].Lanes![k / 2]),
            Operation.TwiceUpper => Lane(k => x[0].Lanes![(count / 2) + (k / 2)]),
            Operation.FirstOfPairs => Lane(k => Bits(IsSet(x[0].Lanes![k]) && (k % 2 == 0 || !IsSet(x[0].Lanes![k - 1])))),
            Operation.InterleaveLower => Lane(k => x[k % 2].Lanes![k / 2]),
            Operation.InterleaveUpper => Lane(k => x[k % 2].Lanes![(count / 2) + (k / 2)]),
            Operation.EvenLanes => Lane(k => x[2 * k / count].Lanes![2 * k % count]),
            Operation.OddLanes => Lane(k => x[((2 * k) + 1) / count].Lanes![((2 * k) + 1) % count]),
            Operation.Reverse => Lane(k => x[0].Lanes![count - 1 - k]),
            Operation.SwapPairs => Lane(k => x[0].Lanes![k ^ 1]),
            Operation.SumsOfFour => [.. x.Select(static v => Reduce(Operation.Sum, v.Lanes!))],
            Operation.Narrow => [.. x.SelectMany(static v => v.Doubles!).Select(static d => (float)d)],
            _ => throw new NotSupportedException($"no meaning for {operation} of vectors"),
        };
    }

    private static CodeValue ToDoubles(Apply a, CodeValue[] x, int count) => new(double.NaN, null, a.Operation switch
    {
        Operation.Zero => new double[count],
        Operation.Create => [.. Enumerable.Repeat(x[0].Number, count)],
        Operation.WidenLower => [.. x[0].Lanes!.Take(count).Select(static f => (double)f)],
        Operation.WidenUpper => [.. x[0].Lanes!.Skip(count).Select(static f => (double)f)],
        _ => throw new NotSupportedException($"no meaning for {a.Operation} as doubles"),
    });

    private static CodeValue OfDoubles(Apply a, CodeValue[] x) => a.Operation switch
    {
        Operation.Add => new CodeValue(double.NaN, null, [.. x[0].Doubles!.Zip(x[1].Doubles!, static (p, q) => p + q)]),
        Operation.Multiply => new CodeValue(double.NaN, null, [.. x[0].Doubles!.Zip(x[1].Doubles!, static (p, q) => p * q)]),
        Operation.Sum => new CodeValue(x[0].Doubles!.Sum()),
        Operation.Narrow => new CodeValue(OfLanes(a.Operation, x, 0)),
        _ => throw new NotSupportedException($"no meaning for {a.Operation} of doubles"),
    };

    private static double OfNumbers(Apply a, double[] x)
    {
        if (a.Operation == Operation.Divide && a.Kind == Kind.Int)
            return checked((int)x[0] / (int)x[1]);
        double exact = a.Operation switch
        {
            Operation.Add => x[0] + x[1],
            Operation.Subtract => x[0] - x[1],
            Operation.Multiply => x[0] * x[1],
            Operation.Divide => x[0] / x[1],
            Operation.Remainder => x[0] % x[1],
            Operation.Negate => -x[0],
            Operation.Min => Math.Min(x[0], x[1]),
            Operation.Max => Math.Max(x[0], x[1]),
            Operation.Abs => Math.Abs(x[0]),
            Operation.Sqrt => Math.Sqrt(x[0]),
            Operation.Select => x[0] != 0 ? x[1] : x[2],
            Operation.Greater => x[0] > x[1] ? 1 : 0,
            Operation.Or => x[0] != 0 || x[1] != 0 ? 1 : 0,
            Operation.Not => x[0] != 0 ? 0 : 1,
            Operation.Equal => x[0] == x[1] ? 1 : 0,
            Operation.Less => x[0] < x[1] ? 1 : 0,
            Operation.GreaterOrEqual => x[0] >= x[1] ? 1 : 0,
            Operation.And => x[0] != 0 && x[1] != 0 ? 1 : 0,
            Operation.ToFloat or Operation.ToDouble => x[0],
            Operation.ToInt => Math.Truncate(x[0]),
            _ => throw new NotSupportedException($"no meaning for {a.Operation} of numbers"),
        };
        return a.Kind switch
        {
            Kind.Float => (float)exact,
            Kind.Int => checked((int)exact),
            _ => exact,
        };
    }
}
