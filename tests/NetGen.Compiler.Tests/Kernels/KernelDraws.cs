using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Text;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>Kernels of sizes that are drawn: most are about multiples of the lanes, where the ends of loops are.</summary>
internal sealed class KernelDraws(System.Random random)
{
    private static readonly Expr s_x = Expr.Var("x"), s_dy = Expr.Var("dy"), s_w = Expr.Var("w"), s_rate = Expr.Var("learningRate");

    private static readonly UpdateRule[] s_rules =
    [
        new(EquatableArray<string>.Empty, EquatableArray.Of(("w", s_w - (s_rate * Expr.Var("g"))))),
        new(EquatableArray.Of("velocity"), EquatableArray.Of(("velocity", (0.9 * Expr.Var("velocity")) + Expr.Var("g")),
            ("w", s_w - (s_rate * Expr.Var("velocity"))))),
        NetGen.Compiler.Optimizers.Adam.Rule(0.9f, 0.999f, 1e-8f, 0.01f),
    ];

    /// <summary>All kinds of kernels, each by the name of its type.</summary>
    public static IReadOnlyDictionary<string, Func<KernelDraws, Kernel>> All { get; } = new Dictionary<string, Func<KernelDraws, Kernel>>
    {
        [nameof(Affine)] = static d => d.Affine(),
        [nameof(AffineInputGradient)] = static d =>
            d.Layer((rows, i, o) => new AffineInputGradient("k", d.Value("dy", rows * o), d.Parameter("w", i * o), d.Value("dx", rows * i), d.AnyAccess(),
            rows, i, o) { WeightOrder = d.Order(i, o) }),
        [nameof(AffineWeightGradient)] = static d =>
            d.Layer((rows, i, o) => new AffineWeightGradient("k", d.Value("x", rows * i), d.Value("dy", rows * o), Gradient("dw", i * o), rows, i, o) { WeightOrder = d.Order(i, o) }),
        [nameof(AffineBiasGradient)] = static d => d.Layer((_, _, o) => new AffineBiasGradient("k", d.Value("dy", o), Gradient("db", o), 1, o)),
        [nameof(AffineUpdate)] = static d => d.AffineUpdate(),
        [nameof(Update)] = static d => d.Update(),
        [nameof(PenaltyGradient)] = static d => d.Sized(n => new PenaltyGradient("k", d.Parameter("w", n), Gradient("g", n), 0.25f)),
        [nameof(Map)] = static d => d.Sized(n => new Map("k", d.Value("x", n), d.Value("y", n), d.AnyFunction(), "f")),
        [nameof(MapGradient)] = static d => d.Sized(n =>
            new MapGradient("k", d.Value("x", n), d.Value("y", n), d.Value("dy", n), d.Value("dx", n), d.AnyAccess(), s_dy * d.AnyFunction().Derivative("x"),
            "f", 0)),
        [nameof(Combine)] = static d => d.Sized(n =>
            new Combine("k", EquatableArray.Of(d.Value("a", n), d.Value("b", n), d.Value("c", n)), d.Value("y", n), d.AnyAccess(),
            (Combine.Variable(0) * Combine.Variable(1)) + Combine.Variable(2), "a b + c")),
        [nameof(Softmax)] = static d => d.Rows((rows, n) => new Softmax("k", d.Value("x", rows * n), d.Value("y", rows * n), new SoftmaxAxis(rows, n, 1))),
        [nameof(LogSoftmax)] = static d => d.Rows((rows, n) =>
            new LogSoftmax("k", d.Value("x", rows * n), d.Value("y", rows * n), new SoftmaxAxis(rows, n, 1))),
        [nameof(LogSoftmaxGradient)] = static d => d.Rows((rows, n) =>
            new LogSoftmaxGradient("k", d.Value("y", rows * n), d.Value("dy", rows * n), d.Value("dx", rows * n), d.AnyAccess(), new SoftmaxAxis(rows, n, 1))),
        [nameof(SoftmaxCrossEntropy)] = static d => d.Rows((rows, n) => new SoftmaxCrossEntropy(
            "k", d.Value("z", rows * n), new Buffer("t", rows * n, BufferRole.Target),
            d.Flip() ? d.Value("dz", rows * n) : null, new SoftmaxAxis(rows, n, 1))
            {
                Weight = d.Flip() ? 1 : 0.5f,
                Smoothing = d.Flip() ? 0 : 0.1f,
            }),
        [nameof(ElementwiseLoss)] = static d => d.Sized(n =>
            new ElementwiseLoss("k", "loss", d.Value("f", n), new Buffer("t", n, BufferRole.Target), d.Flip() ? d.Value("df", n) : null,
            (Expr.Var("f") - Expr.Var("t")) * (Expr.Var("f") - Expr.Var("t")), 2.0 * (Expr.Var("f") - Expr.Var("t")))),
        [nameof(RowNorm)] = static d => d.Rows((rows, n) =>
            new RowNorm("k", d.Value("x", rows * n), d.Flip() ? d.Parameter("w", n) : null, d.Flip() ? d.Parameter("b", n) : null, d.Value("y", rows * n),
            rows, n, 0.1f, d.Flip())),
        [nameof(RowNormGradient)] = static d => d.Rows((rows, n) =>
            new RowNormGradient("k", d.Value("x", rows * n), d.Flip() ? d.Parameter("w", n) : null, d.Value("dy", rows * n),
            d.Value("dx", rows * n), d.AnyAccess(), d.Flip() ? Gradient("dw", n) : null, d.Flip() ? Gradient("db", n) : null, rows, n, 0.1f, d.Flip())),
        [nameof(ChannelMap)] = static d => d.ChannelMap(),
        [nameof(ChannelSum)] = static d => d.ChannelSum(),
        [nameof(UnitMap)] = static d => d.Sized(d.UnitMap),
        [nameof(Gather)] = static d => d.Rows((rows, n) =>
            new Gather("k", new Buffer("x", rows, BufferRole.Input), d.Parameter("w", 5 * n) with { Storage = (Storage)d.Next(3) }, d.Value("y", rows * n),
            rows, n)),
        [nameof(Scatter)] = static d => d.Rows((rows, n) =>
            new Scatter("k", new Buffer("x", rows, BufferRole.Input), d.Value("dy", rows * n), Gradient("dw", 5 * n), rows, n)),
        [nameof(SquaredNorm)] = static d => d.Sized(n => new SquaredNorm("k", Gradient("g", n), d.Flip() ? 0.75f : null)),
        [nameof(Clear)] = static d => d.Sized(n => new Clear("k", d.Value("y", n))),
        [nameof(Rearrange)] = static d => d.Rearrange(),
        ["RearrangeByTurns"] = static d => d.RearrangeByTurns(),
        [nameof(Extend)] = static d => d.Extend(),
        [nameof(ExtendGradient)] = static d => d.ExtendGradient(d.Extend()),
        [nameof(Upsample)] = static d => d.Upsample(),
        [nameof(UpsampleGradient)] = static d => d.UpsampleGradient(d.Upsample()),
        [nameof(Pool)] = static d => d.Pool(d.Windows()),
        [nameof(PoolGradient)] = static d => d.PoolGradient(d.Windows()),
        ["PoolOfPairs"] = static d => d.Pool(d.Pairs()),
        ["PoolOfPairsGradient"] = static d => d.PoolGradient(d.Pairs()),
        ["GlobalPool"] = static d => d.Pool(d.WholeChannels()),
        ["GlobalPoolGradient"] = static d => d.PoolGradient(d.WholeChannels()),
        ["DepthwisePlanes"] = static d => d.DepthwisePlanes(),
        [nameof(CorrelatePlanes)] = static d => d.CorrelatePlanes(),
        [nameof(GroupNormalize)] = static d => d.Planes((rows, channels, planes) =>
        {
            int groups = channels % 3 == 0 ? 3 : channels % 2 == 0 ? 2 : 1;
            var grouped = new GroupedChannels(groups, channels / groups, rows, planes);
            PlacedSource Of(string name) => d.Flip() ? new PlacedSource(name, d.Value(name, groups), EquatableArray.Of(1, 0, 0))
                : grouped.OfChannels(name, d.Value(name, channels));
            return new GroupNormalize("k", grouped, d.Value("x", rows * channels), Of("mean"), Of("inverse"), d.Flip() ? d.Parameter("w", channels) : null,
                d.Flip() ? d.Parameter("b", channels) : null, d.Value("y", rows * channels));
        }),
        [nameof(Broadcast)] = static d => d.Broadcast(),
        [nameof(Reduction)] = static d => d.Reduction(),
    };

    public int Size() => random.Next(4) switch
    {
        0 => random.Next(1, 10),
        1 => Math.Max(1, (random.Next(1, 5) * 16) + random.Next(-1, 2)),
        2 => Math.Max(1, (random.Next(1, 9) * 4) + random.Next(-1, 2)),
        _ => random.Next(1, 71),
    };

    private int Next(int end) => random.Next(end);

    public bool Flip() => random.Next(2) == 0;

    private Access AnyAccess() => Flip() ? Access.Overwrite : Access.Accumulate;

    private Buffer Value(string name, int size) => new(name, size, BufferRole.Activation);

    private Buffer Parameter(string name, int size) => new(name, size, BufferRole.Parameter);

    private static Buffer Gradient(string name, int size) => new(name, size, BufferRole.ParameterGradient);

    private Kernel Sized(Func<int, Kernel> of) => of(Size());

    private Kernel Rows(Func<int, int, Kernel> of) => of(random.Next(1, 5), Size());

    private Kernel Layer(Func<int, int, int, Kernel> of)
    {
        (int inputs, int outputs) = Weight();
        return of(random.Next(3) == 0 ? random.Next(1, 4) : 1, inputs, outputs);
    }

    /// <summary>One in ten is so large that it is passed over row by row.</summary>
    private (int Inputs, int Outputs) Weight() => random.Next(10) == 0 ? (random.Next(256, 290), random.Next(33, 40)) : (Size(), Size());

    /// <summary>The order of a weight: half of the time the one that another reader of it asks for.</summary>
    private WeightOrder Order(int inputs, int outputs) => random.Next(4) switch
    {
        0 => WeightOrder.OutputsTogether,
        1 => WeightOrders.Of(inputs, outputs, hasRowsOfOutputs: true),
        _ => WeightOrders.Of(inputs, outputs),
    };

    /// <summary>Rows of channels, or planes, which have sixteen elements at least.</summary>
    private Kernel Planes(Func<int, int, bool, Kernel> of) =>
        Flip() ? of(random.Next(1, 12), Size(), false) : of(Math.Max(16, Size()), random.Next(1, 11), true);

    private Expr AnyFunction() => random.Next(6) switch
    {
        0 => Expr.Max(s_x, 0),
        1 => Expr.Call(Function.Tanh, s_x),
        2 => Expr.Select(s_x, 0, s_x, 0.25 * s_x),
        3 => s_x * Expr.Call(Function.Sigmoid, s_x),
        4 => Expr.Call(Function.Gelu, s_x),
        _ => s_x / (1.0 + Expr.Call(Function.Abs, s_x)),
    };

    private Kernel Affine() => Layer((rows, i, o) =>
    {
        // One in ten is so large that it runs through its weight in the order in which it lies.
        (int inputs, int outputs) = random.Next(10) == 0 ? (random.Next(120, 130), random.Next(68, 90)) : (i, o);
        Expr? epilogue = Flip() ? AnyFunction() : null;
        Storage storage = rows == 1 ? (Storage)random.Next(3) : Storage.Float32;
        Buffer? bias = Flip() ? Parameter("b", outputs) : null;
        return new Affine("k", Value("x", rows * inputs), Parameter("w", inputs * outputs) with { Storage = storage }, bias, Value("y", rows * outputs),
            rows, inputs, outputs, epilogue, epilogue is null ? null : "f") { WeightOrder = Order(inputs, outputs) };
    });

    private Kernel AffineUpdate()
    {
        (int i, int o) = Weight();
        UpdateRule rule = s_rules[random.Next(s_rules.Length)].WithGradient(s_dy * s_x, "g");
        Buffer? dx = Flip() ? Value("dx", i) : null;
        return new AffineUpdate("k", Value("x", i), Value("dy", o), Parameter("w", i * o), dx, AnyAccess(), Kept(rule, i * o).ToEquatable(), rule, i, o) { WeightOrder = Order(i, o) };
    }

    private Kernel Update()
    {
        UpdateRule rule = s_rules[random.Next(s_rules.Length)];
        int n = Size();
        return new Update("k", Parameter("w", n), Gradient("g", n), Kept(rule, n).ToEquatable(), rule);
    }

    private static IEnumerable<Buffer> Kept(UpdateRule rule, int size) => rule.Kept.Select(name => new Buffer(name + "State", size, BufferRole.State));

    private ChannelMap ChannelMap() => (ChannelMap)Planes((rows, channels, planes) => new ChannelMap(
        "k", EquatableArray.Of(new Source("x", Value("x", rows * channels))),
            EquatableArray.Of(new Source("mean", Parameter("m", channels)), new Source("slope", Parameter("s", channels))),
        EquatableArray.Of(("factor", Expr.Var("slope") * Expr.Var("slope"))), Value("y", rows * channels), AnyAccess(),
        Expr.Select(s_x, Expr.Var("mean"), s_x, Expr.Var("factor") * s_x), rows, channels, "f", planes));

    /// <summary>Up to three axes, of which the innermost is the longest.</summary>
    private int[] Places() => [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(1, 6)), Math.Max(2, Size())];

    /// <summary>The strides of a value that has some of the axes.</summary>
    private static int[] StridesOf(int[] sizes, bool[] has, out int size)
    {
        int[] strides = new int[sizes.Length];
        size = 1;
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            if (!has[axis])
                continue;
            strides[axis] = size;
            size *= sizes[axis];
        }

        return strides;
    }

    private PlacedSource Placed(string name, int[] sizes, bool[] has)
    {
        int[] strides = StridesOf(sizes, has, out int size);
        return new PlacedSource(name, Value(name, size), strides.ToEquatable());
    }

    private Kernel Broadcast()
    {
        int[] sizes = Places();
        bool[] all = [.. sizes.Select(static _ => true)];
        int[] result = StridesOf(sizes, all, out int size);
        PlacedSource[] sources = [Placed("a", sizes, [.. sizes.Select(_ => Flip())]), Placed("b", sizes, all),
            Placed("c", sizes, [.. sizes.Select(_ => Flip())])];
        return new Broadcast("k", PlacedAxes.Of(sizes, result, sources, result), Value("y", size), AnyAccess(),
            (Expr.Var("a") * Expr.Var("b")) + Expr.Var("c"), "a b + c");
    }

    private Kernel Reduction()
    {
        int[] sizes = Places();
        bool[] all = [.. sizes.Select(static _ => true)], kept = [.. sizes.Select(_ => Flip())];
        if (!sizes.Where((s, axis) => s > 1 && !kept[axis]).Any())
            kept[^1] = false;
        int[] order = StridesOf(sizes, all, out _), result = StridesOf(sizes, kept, out int size);
        PlacedSource[] sources = [Placed("x", sizes, all), Placed("c", sizes, [.. sizes.Select(_ => Flip())])];
        return new Reduction("k", (ReductionKind)random.Next(3), PlacedAxes.Of(sizes, result, sources, order), Value("y", size), AnyAccess(),
            s_x * Expr.Var("c"), Flip() ? 1 : 0.25f, "x c");
    }

    private ChannelSum ChannelSum()
    {
        ChannelMap terms = ChannelMap();
        return new ChannelSum("k", terms with { Y = Gradient("sum", terms.Channels), YAccess = Access.Accumulate });
    }

    /// <summary>What a gated recurrent unit does with its state, in place, and something that is added to.</summary>
    public UnitMap UnitMap(int units)
    {
        Buffer gates = Value("gates", 2 * units), state = Value("state", units), more = Value("more", units);
        return new UnitMap(
            "k", units, EquatableArray.Of(new UnitInput("a", gates, 0), new UnitInput("b", gates, units), new UnitInput("h", state, 0)),
            EquatableArray.Of(
                new UnitOutput("z", Expr.Call(Function.Sigmoid, Expr.Var("a")), null, 0), new UnitOutput("n", Expr.Call(Function.Tanh, Expr.Var("b")), null, 0),
                new UnitOutput("next", ((1.0 - Expr.Var("z")) * Expr.Var("n")) + (Expr.Var("z") * Expr.Var("h")), state, 0),
                new UnitOutput("sum", Expr.Var("z") + Expr.Var("next"), more, 0, Flip() ? Access.Accumulate : Access.Overwrite)),
            "f");
    }

    /// <summary>A step of a recurrent layer of such units, whose outputs stand together in the weights: 32 at most, or more for the widest vectors.</summary>
    public GatedProduct GatedProduct()
    {
        int units = Flip() ? random.Next(1, 17) : random.Next(17, 129);
        int inputs = random.Next(1, (2 * units) + 1), features = random.Next(1, (2 * units) + 1);
        UnitMap map = UnitMap(units);
        Affine Product(string name, Buffer x, int size) =>
            new(name, x, Parameter(name + "Weight", size * 2 * units), Flip() ? Parameter(name + "Bias", 2 * units)
            : null, Value(name + "Sums", 2 * units), 1, size, 2 * units, null, null);
        bool isOfState = Flip();
        Affine ofState = Product("state", isOfState ? map.Inputs[2].Buffer : Value("before", inputs), isOfState ? units : inputs) with { Alternates = Flip() };
        Affine? ofFeatures = Flip() ? Product("features", Value("x", features), features) : null;
        UnitInput[] more = ofFeatures is null ? [] : [new UnitInput("fa", ofFeatures.Y, 0), new UnitInput("fb", ofFeatures.Y, units)];
        Expr With(string gate) => ofFeatures is null ? Expr.Var(gate) : Expr.Var("f" + gate) + Expr.Var(gate);
        UnitMap gated = map with
        {
            Inputs = EquatableArray.Of([.. more, new UnitInput("a", ofState.Y, 0), new UnitInput("b", ofState.Y, units), map.Inputs[2]]),
            // What adds to what is there is left apart.
            Outputs = map.Outputs.Select(o => o with { Access = Access.Overwrite,
                Formula = o.Formula.Replace(Expr.Var("a"), With("a")).Replace(Expr.Var("b"), With("b")) }).ToEquatable(),
        };
        return new GatedProduct("k", ofState, ofFeatures, gated, Flip());
    }

    /// <summary>The statistics of a batch, and what their gradients need.</summary>
    public Kernel BatchNorm() => Planes((rows, channels, planes) =>
    {
        Buffer Batch(string name) => new(name, channels, BufferRole.Batch);
        Buffer x = Value("x", rows * channels), mean = Batch("mean"), inverse = Batch("inverse");
        return Flip()
            ? new BatchStatistics("k", x, mean, inverse, Gradient("means", channels), Gradient("variances", channels), 0.1f, rows, channels, planes)
            : new BatchNormSums("k", x, Value("dy", rows * channels), mean, inverse, Batch("dyMean"), Batch("productMean"),
                Flip() ? Gradient("dw", channels) : null, Flip() ? Gradient("db", channels) : null, rows, channels, planes);
    });

    /// <summary>What has a method over all samples: a map by channels, or of units.</summary>
    public Kernel OverBatch()
    {
        if (Flip())
            return UnitMap(Size());
        ChannelMap map;
        do
            map = ChannelMap();
        while (map.IsPlanes);
        return map;
    }

    /// <summary>The gradients of a convolution below a max pool, of its weight or its input.</summary>
    public Kernel? SparseGradient()
    {
        int filters = random.Next(1, 10), channels = random.Next(3) == 0 ? 4 * random.Next(1, 4)
            : random.Next(1, 6), across = random.Next(1, 6), down = random.Next(1, 4), stride = random.Next(1, 3), dilation = random.Next(1, 4);
        int rows = random.Next(1, 4), columns = random.Next(1, 5), size = random.Next(1, 4), height = random.Next(1, 3);
        var axisOfRows = new PoolAxis((rows * height) + random.Next(2), height, height, 0, rows);
        var axisOfColumns = new PoolAxis((columns * size) + random.Next(2), size, size, 0, columns);
        var pool = new PoolWindows(axisOfRows, axisOfColumns, filters);
        var g = new ConvolutionGeometry(
            (((axisOfRows.Length - 1) * stride) + ((down - 1) * dilation) + 1,
                ((axisOfColumns.Length - 1) * stride) + ((across - 1) * dilation) + 1 + random.Next(2)),
            channels, (axisOfRows.Length, axisOfColumns.Length), filters, (down, across), (stride, stride), (dilation, dilation), 1);
        bool ofInput = Flip();
        if (!Compiler.Kernels.SparseGradient.Fits(pool, g, ofInput))
            return null;
        int outputs = rows * columns * filters;
        var sparse = new SparseGradient(Value("dy", outputs), Value("places", outputs), pool, g);
        return ofInput
            ? new SparseInputGradient("k", sparse, Parameter("w", g.WeightSize), Value("dx", g.Pixels * channels), AnyAccess())
            : new SparseWeightGradient("k", Value("x", g.Pixels * channels), sparse, Gradient("dw", g.WeightSize));
    }

    /// <summary>Places of up to three axes in other strides, cut out of x and put somewhere in y.</summary>
    private Rearrange Rearrange()
    {
        int[] sizes = [.. Enumerable.Range(0, random.Next(1, 4)).Select(k => k == 0 ? Size() : random.Next(1, 8))];
        (int[] from, int x) = Strides(sizes);
        (int[] to, int y) = Strides(sizes);
        int xAt = random.Next(4), yAt = random.Next(4);
        Access access = AnyAccess();
        bool isFull = sizes.Aggregate(1, static (a, b) => a * b) == y && yAt == 0;
        // An axis that goes back begins at its end.
        int backwards = random.Next(3) == 0 ? random.Next(sizes.Length) : -1, fromAt = xAt;
        if (backwards >= 0)
        {
            fromAt += (sizes[backwards] - 1) * from[backwards];
            from[backwards] = -from[backwards];
        }

        return new Rearrange("k", Value("x", xAt + x + random.Next(3)), Value("y", yAt + y + (isFull ? 0 : random.Next(3))), access,
            Compiler.Kernels.Rearrange.Ordered(sizes.Select((size, k) => new WalkedAxis(size, from[k], to[k]))), fromAt, yAt, access == Access.Overwrite
                && !isFull ? 0.5f : null, "f")
        {
            IsByTurns = Flip(),
        };
    }

    /// <summary>Rows of columns put by turns, or taken apart; or every other element of rows, forwards or backwards.</summary>
    private Rearrange RearrangeByTurns()
    {
        int rows = random.Next(1, 4), columns = random.Next(2, 5), size = Size(), all = rows * columns * size;
        WalkedAxis[] apart = [new(rows, columns * size, columns * size), new(size, columns, 1), .. columns == 4 && Flip() ? new WalkedAxis[] { new(2, 2, 2 * size), new(2, 1, size) } : [new(columns, 1, size)]];
        WalkedAxis[] axes = random.Next(3) switch
        {
            0 => apart,
            1 => [.. apart.Select(static a => new WalkedAxis(a.Size, a.To, a.From))],
            _ => [new(rows, columns * size, size), new(size, 2, 1)],
        };
        bool isHalf = axes.Length == 2, isBack = isHalf && Flip();
        return new Rearrange("k", Value("x", all), Value("y", isHalf ? rows * size : all), Access.Overwrite,
            Compiler.Kernels.Rearrange.Ordered(isBack ? [axes[0], new(size, -1, 1)] : axes), isBack ? size - 1 : 0, 0, null, "f")
        {
            IsByTurns = true,
        };
    }

    /// <summary>Up to three axes, of which one at least is extended.</summary>
    private Extend Extend()
    {
        bool reflects = Flip();
        int axes = random.Next(1, 4), certain = random.Next(axes);
        // Few channels behind long rows, or few rows of many.
        int wide = axes - 1 - random.Next(Math.Min(axes, 2));
        ExtendedAxis[] drawn = [.. Enumerable.Range(0, axes).Select(k =>
        {
            int size = Math.Max(2, k == wide ? Size() : random.Next(1, 6)), most = reflects ? Math.Min(4, size) : 4;
            return k != certain && Flip() ? new ExtendedAxis(size, 0, 0) : new ExtendedAxis(size, random.Next(most), 1 + random.Next(most - 1));
        })];
        return new Extend("k", Value("x", drawn.Aggregate(1, static (n, a) => n * a.Size)), Value("y", drawn.Aggregate(1, static (n, a) => n * a.Extended)),
            Compiler.Kernels.Extend.Joined(drawn), reflects);
    }

    private ExtendGradient ExtendGradient(Extend forward) =>
        new("k", Value("dy", forward.Y.Size), Value("dx", forward.X.Size), AnyAccess(), forward.Axes, forward.Reflects);

    private Upsample Upsample()
    {
        bool isLinear = Flip(), isPlanes = Flip();
        int Factor() => random.Next(6) == 0 ? random.Next(5, 12) : random.Next(1, 5);
        UpsampledPlanes planes = new(random.Next(1, 4), random.Next(1, 5), Factor(), isPlanes ? Size() : random.Next(1, 5), Factor(), isPlanes ? 1 : Flip() ? Size() : random.Next(2, 4));
        planes = planes.Simplified(isLinear);
        int inputs = planes.Outer * planes.Rows * planes.Row;
        return new Upsample("k", Value("x", inputs), Value("y", inputs * planes.Down * planes.Across), planes, isLinear);
    }

    private UpsampleGradient UpsampleGradient(Upsample forward) => new(
        "k", Value("dy", forward.Y.Size), forward.IsLinear && forward.Planes is { Down: > 1, Across: > 1 } ? Value("row", forward.Planes.WideRow) : null,
        Value("dx", forward.X.Size), AnyAccess(), forward.Planes, forward.IsLinear);

    /// <summary>Strides of axes in any order, with gaps perhaps, and how many elements they span.</summary>
    private (int[] Strides, int Span) Strides(int[] sizes)
    {
        int[] strides = new int[sizes.Length];
        int stride = 1;
        foreach (int axis in Enumerable.Range(0, sizes.Length).OrderBy(_ => random.Next()))
        {
            strides[axis] = stride;
            stride *= sizes[axis] + (random.Next(3) == 0 ? random.Next(4) : 0);
        }

        return (strides, 1 + sizes.Select((size, k) => (size - 1) * strides[k]).Sum());
    }

    private PoolAxis Axis()
    {
        int size = random.Next(1, 5), stride = random.Next(1, 4), before = random.Next(size), windows = random.Next(1, 7);
        // As long as lets the last window see an element, and more.
        int length = Math.Max(1, ((windows - 1) * stride) - before + random.Next(1, size + 3));
        int over = ((windows - 1) * stride) - before + size - length;
        return new PoolAxis(length, size, stride, before, windows) { Beyond = over > 0 && Flip() ? random.Next(Math.Min(over, Math.Min(size - 1, stride)) + 1) : 0 };
    }

    /// <summary>Only a mean that counts edges has to know what lies beyond them.</summary>
    private (bool IsMax, PoolWindows Windows, bool CountsEdges) Kind(PoolWindows w)
    {
        (bool isMax, bool counts) = (Flip(), Flip());
        return (isMax, isMax || !counts ? w with { Rows = w.Rows with { Beyond = 0 }, Columns = w.Columns with { Beyond = 0 } } : w, counts);
    }

    private Pool Pool(PoolWindows windows)
    {
        (bool isMax, PoolWindows w, bool countsEdges) = Kind(windows);
        return new("k", isMax, Value("x", Inputs(w)), Value("y", Outputs(w)), w, countsEdges);
    }

    private PoolGradient PoolGradient(PoolWindows windows)
    {
        (bool isMax, PoolWindows w, bool countsEdges) = Kind(windows);
        return new("k", isMax, Value("x", Inputs(w)), Value("y", Outputs(w)), Value("dy", Outputs(w)), Value("dx", Inputs(w)), AnyAccess(), w, countsEdges);
    }

    private static int Inputs(PoolWindows w) => w.Rows.Length * w.Columns.Length * w.Channels;

    private static int Outputs(PoolWindows w) => w.Rows.Windows * w.Columns.Windows * w.Channels;

    private PoolWindows Windows() => new(Flip() ? PoolAxis.None : Axis(), Axis(), random.Next(3) == 0 ? 1 : Size() % 40 + 1);

    private PoolWindows WholeChannels() =>
        Flip() ? PoolWindows.Whole(random.Next(1, 12), Size(), isPlanes: false) : PoolWindows.Whole(Math.Max(16, Size()), random.Next(1, 11), isPlanes: true);

    private PoolWindows Pairs()
    {
        int columns = random.Next(4) == 0 ? 4 : 3 + Size();
        int rows = random.Next(1, 5);
        return new PoolWindows(
            Flip() ? PoolAxis.None : new PoolAxis((2 * rows) + random.Next(2), 2, 2, 0, rows),
                new PoolAxis((2 * columns) + random.Next(2), 2, 2, 0, columns), random.Next(1, 5), IsPlanes: true);
    }

    private CorrelatePlanes DepthwisePlanes()
    {
        int channels = random.Next(2, 4), across = random.Next(1, 4), down = random.Next(1, 4);
        return Planes((random.Next(1, 10), 3 + Size()), channels, channels, channels, (down, across));
    }

    private CorrelatePlanes CorrelatePlanes() =>
        Planes((random.Next(1, 6), 15 + Size()), random.Next(1, 5), 4 * random.Next(1, 4), 1, (random.Next(1, 6), random.Next(1, 6)));

    private CorrelatePlanes Planes((int Height, int Width) windows, int channels, int filters, int groups, (int Down, int Across) kernel)
    {
        int dilation = random.Next(1, 3);
        var geometry = new ConvolutionGeometry(
            (windows.Height + ((kernel.Down - 1) * dilation), windows.Width + ((kernel.Across - 1) * dilation)), channels, windows, filters, kernel, (1, 1),
                (dilation, dilation), groups);
        Expr? epilogue = Flip() ? AnyFunction() : null;
        return new CorrelatePlanes("k", Value("x", geometry.Pixels * channels), Parameter("w", geometry.WeightSize), Flip() ? Parameter("b", filters) : null,
            Value("y", geometry.WindowCount * filters), geometry, epilogue, epilogue is null ? null : "f");
    }

    /// <summary>A correlation of eight filters, which has a form of its own.</summary>
    public Correlate CorrelateEight()
    {
        int width = random.Next(8, 30), height = random.Next(1, 4), across = random.Next(2, 8), down = random.Next(1, 4), stride = random.Next(1, 4),
            channels = random.Next(1, 4);
        var geometry = new ConvolutionGeometry(
            (((height - 1) * stride) + down, ((width - 1) * stride) + across + random.Next(2)), channels, (height, width), 8, (down, across),
                (stride, stride), (1, 1), 1);
        return new Correlate("k", Value("x", geometry.Pixels * channels), Parameter("w", geometry.WeightSize), Flip() ? Parameter("b", 8)
            : null, Value("y", 8 * geometry.WindowCount), Access.Overwrite, geometry);
    }
}
