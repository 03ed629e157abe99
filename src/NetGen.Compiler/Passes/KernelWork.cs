using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;

namespace NetGen.Compiler.Passes;

/// <summary>What takes a kernel's time. A vector here is as many floats as the machine's vectors hold, the last one filled up.</summary>
internal enum Work
{
    /// <summary>Calls of kernels.</summary>
    Call,

    /// <summary>Kernels of a network that is one method.</summary>
    Inline,

    /// <summary>Vectors of multiply-adds of a dense layer.</summary>
    Product,

    /// <summary>Sums over the lanes of a vector.</summary>
    LaneSum,

    /// <summary>Bytes of weights that do not stay in the first-level cache.</summary>
    Stream,

    /// <summary>Bytes of weights that do not stay in the second-level cache either.</summary>
    FarStream,

    /// <summary>Vectors of multiply-adds of a convolution.</summary>
    Convolution,

    /// <summary>The same of a depthwise one.</summary>
    Depthwise,

    /// <summary>Windows of a convolution, once for each vector of filters.</summary>
    Window,

    /// <summary>Kernels within steps of time.</summary>
    Step,

    /// <summary>Vectors of multiply-adds within steps of time.</summary>
    StepProduct,

    /// <summary>Vectors of arithmetic, element by element.</summary>
    Elementwise,

    /// <summary>Vectors of elementary functions.</summary>
    Function,

    /// <summary>The same within steps of time.</summary>
    StepFunction,

    /// <summary>Vectors that pools read.</summary>
    Pool,

    /// <summary>Elements that are copied elsewhere.</summary>
    Move,
}

/// <summary>How much of each sort of work a kernel is for one sample, alone or among those of a batch.</summary>
/// <param name="lanes">Floats of a vector.</param>
/// <param name="isTiny">The network is one method (<see cref="ChooseStrategy.IsTiny"/>).</param>
/// <param name="isBatch">The sample is one of many, which share what is read of a weight.</param>
internal sealed class KernelWork(int lanes, bool isTiny, bool isBatch)
{
    /// <summary>Bytes that a first-level cache holds, and a second-level cache of servers.</summary>
    private const long NearBytes = 48 << 10, FarBytes = 2 << 20;

    /// <summary>The sorts of work that there are.</summary>
    public static readonly int Kinds = Enum.GetValues(typeof(Work)).Length;

    /// <summary>Work by its sort.</summary>
    /// <param name="weightBytes">Of all that is multiplied by between two uses of the same weight.</param>
    public double[] Of(Kernel kernel, long weightBytes)
    {
        double[] work = new double[Kinds];
        Add(work, kernel, 1, weightBytes, isStep: false);
        return work;
    }

    private void Add(double[] work, Kernel kernel, double times, long weightBytes, bool isStep)
    {
        if (kernel is Scan scan)
        {
            foreach (Kernel k in scan.First.Concat(scan.Last))
                Add(work, k, times, weightBytes, isStep);
            long bytes = scan.Body.Sum(static k => k is Scan ? 0 : BytesOf(k));
            foreach (Kernel k in scan.Body)
                Add(work, k, times * scan.Steps, bytes, isStep: true);
            return;
        }

        // Samples of a block share the call of what works on all of them at once.
        if (isStep)
            work[(int)Work.Step] += times;
        else if (isTiny)
            work[(int)Work.Inline] += isBatch ? 0 : times;
        else if (!isBatch || !IsOfBlock(kernel))
            work[(int)Work.Call] += times;

        switch (kernel)
        {
            case Affine a:
                bool together = a.WeightOrder == WeightOrder.OutputsTogether || (isBatch && a.SharesWeight);
                work[(int)(isStep ? Work.StepProduct : Work.Product)] +=
                    times * a.Rows * (together ? a.Inputs * Vectors(a.Outputs) : a.Outputs * Vectors(a.Inputs));
                work[(int)Work.LaneSum] += together || (isTiny && isBatch) ? 0 : times * a.Rows * a.Outputs;
                if (weightBytes > NearBytes)
                    work[(int)Work.Stream] += times * BytesOf(a);
                // The values of a block take up half of the cache.
                if (weightBytes > (isBatch ? FarBytes / 2 : FarBytes))
                    work[(int)Work.FarStream] += times * BytesOf(a);
                break;
            case { MultiplyAdds: > 0 } when GeometryOf(kernel) is { } g:
                double filters = Vectors(g.GroupFilters) * g.Groups;
                if (g.IsDepthwise)
                    work[(int)Work.Depthwise] += times * kernel.MultiplyAdds / lanes;
                else
                    work[(int)Work.Convolution] += times * g.WindowCount * filters * g.Kernel.Height * g.Kernel.Width * g.GroupChannels;
                work[(int)Work.Window] += times * g.WindowCount * (g.IsDepthwise ? Vectors(g.Filters) : filters);
                break;
            case Pool pool:
                work[(int)Work.Pool] += times * Vectors(pool.X.Size);
                work[(int)Work.Elementwise] += times * Vectors(pool.Y.Size);
                break;
            case Reduction reduction:
                work[(int)Work.Pool] += times * Vectors(reduction.Axes.Places);
                work[(int)Work.Elementwise] += times * Vectors(reduction.Y.Size);
                break;
            case Rearrange or Gather or DelayLine or Extend or Upsample { IsLinear: false }:
                work[(int)Work.Move] += times * WrittenBy(kernel);
                break;
            case Upsample:
                // Along the rows, then between them.
                work[(int)Work.Elementwise] += times * 3 * Vectors(WrittenBy(kernel));
                break;
            case Softmax { Axis: var axis }:
                // The largest, and the sum of the exponentials.
                work[(int)Work.LaneSum] += isTiny && isBatch ? 0 : times * 2 * axis.Groups;
                work[(int)Work.Elementwise] += times * 2 * axis.Groups * Vectors(axis.Classes);
                break;
            case UnitMap units:
                work[(int)Work.Elementwise] += times * units.Outputs.Count * Vectors(units.Units);
                break;
            default:
                work[(int)Work.Elementwise] += times * Vectors(WrittenBy(kernel));
                break;
        }

        work[(int)(isStep ? Work.StepFunction : Work.Function)] += times * Functions(kernel);
    }

    /// <summary>In a batch it runs once for a block of samples.</summary>
    private static bool IsOfBlock(Kernel kernel) => kernel is Map or Combine or ChannelMap { IsPlanes: false, Hoisted.Count: > 0 }
        || kernel is Affine { SharesWeight: true };

    private static ConvolutionGeometry? GeometryOf(Kernel kernel) => kernel switch
    {
        Correlate c => c.Geometry,
        CorrelatePlanes c => c.Geometry,
        CorrelateTransposed c => c.Geometry,
        _ => null,
    };

    /// <summary>Of the weight that it multiplies by, where one pass over it serves one sample alone.</summary>
    public static long BytesOf(Kernel kernel) => kernel is Affine a ? 4L * a.Inputs * a.Outputs : 0;

    private static long WrittenBy(Kernel kernel) => kernel.Operands.Where(static o => o.IsWritten).Sum(static o => (long)o.Buffer.Size);

    /// <summary>Vectors of elementary functions: of an epilogue, a formula, a softmax's exponentials.</summary>
    private double Functions(Kernel kernel) => kernel switch
    {
        Affine { Epilogue: { } f } a => CallsOf(f) * Vectors(a.Y.Size),
        Correlate { Epilogue: { } f } c => CallsOf(f) * Vectors(c.Y.Size),
        CorrelatePlanes { Epilogue: { } f } c => CallsOf(f) * Vectors(c.Y.Size),
        Map m => CallsOf(m.Function) * Vectors(m.Y.Size),
        ChannelMap m => (CallsOf(m.Function) * Vectors(m.Y.Size))
            + (isBatch && IsOfBlock(m) ? 0 : m.Hoisted.Sum(h => CallsOf(h.Formula)) * Vectors(m.Channels)),
        Broadcast m => (CallsOf(m.Function) + (m.Epilogue is { } f ? CallsOf(f) : 0)) * Vectors(m.Y.Size),
        GroupNormalize { Epilogue: { } f } m => CallsOf(f) * Vectors(m.Y.Size),
        Combine m => CallsOf(m.Function) * Vectors(m.Y.Size),
        UnitMap m => m.Outputs.Sum(o => CallsOf(o.Formula)) * Vectors(m.Units),
        Softmax s => 2 * s.Axis.Groups * Vectors(s.Axis.Classes),
        LogSoftmax s => s.Axis.Groups * Vectors(s.Axis.Classes),
        _ => 0,
    };

    private static int CallsOf(Expr formula) => formula.Parts().Count(static p => p is Call { Function: not Function.Abs });

    /// <summary>Vectors of so many floats; those of a batch of a tiny network hold a sample in each lane.</summary>
    private double Vectors(long floats) => isTiny && isBatch ? (double)floats / lanes : (floats + lanes - 1) / lanes;
}
