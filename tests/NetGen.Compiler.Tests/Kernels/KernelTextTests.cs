using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using NetGen.Testing;
using Xunit;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>What some kernels and schedules are printed as, each short enough to be read: what a change does to one of them shows here.</summary>
public sealed class KernelTextTests
{
    private static readonly Expr s_x = Expr.Var("x");

    /// <summary>Rows, and a number for each.</summary>
    private static readonly PlacedSource[] s_rows = [new("x", Value("x", 120), EquatableArray.Of(40, 1)), new("c", Value("c", 3), EquatableArray.Of(1, 0))];

    private static readonly Schedule s_loops = new(Strategy.Loops, false), s_writtenOut = new(Strategy.StraightLine, true);

    /// <summary>Bodies of methods over vectors of any width, by what they show; those that are written out are for eight lanes.</summary>
    private static readonly Dictionary<string, string> s_texts = new()
    {
        ["affine_by_output"] = LoopsOf(Affine(3, 20, Expr.Max(s_x, 0))),
        ["affine_by_output_written_out"] = OneWidthOf(Affine(3, 12, null), s_writtenOut),
        ["affine_by_input"] = LoopsOf(Affine(20, 3, null)),
        ["affine_of_few_outputs"] = OneWidthOf(Affine(3, 2, Expr.Call(Function.Tanh, s_x)), s_loops),
        ["affine_streamed"] = LoopsOf(Affine(128, 80, null)),
        ["affine_of_rows"] = LoopsOf(Affine(272, 33, Expr.Max(s_x, 0))),
        ["weight_gradient"] = LoopsOf(new AffineWeightGradient("k", Value("x", 4), Value("dy", 20), Gradient("dw", 80), 1, 4, 20)),
        ["step_fused_with_input_gradient"] = LoopsOf(new AffineUpdate(
            "k", Value("x", 3), Value("dy", 20), Parameter("w", 60), Value("dx", 3), Access.Overwrite, EquatableArray<Buffer>.Empty,
            new UpdateRule(EquatableArray<string>.Empty, EquatableArray.Of(("w", Expr.Var("w") - (Expr.Var("learningRate") * (Expr.Var("dy") * s_x))))), 3,
                20)),
        ["step_of_rows"] = LoopsOf(new AffineUpdate(
            "k", Value("x", 272), Value("dy", 33), Parameter("w", 272 * 33), Value("dx", 272), Access.Overwrite, EquatableArray<Buffer>.Empty,
            new UpdateRule(EquatableArray<string>.Empty, EquatableArray.Of(("w", Expr.Var("w") - (Expr.Var("learningRate") * (Expr.Var("dy") * s_x))))), 272,
                33)),
        ["elementwise"] = LoopsOf(new Map("k", Value("x", 21), Value("y", 21), s_x * Expr.Call(Function.Sigmoid, s_x), "silu")),
        ["elementwise_in_place"] = LoopsOf(new PenaltyGradient("k", Parameter("w", 21), Gradient("g", 21), 0.25f)),
        ["max_pool"] = LoopsOf(new Pool("k", true, Value("x", 240), Value("y", 60),
            new PoolWindows(new PoolAxis(4, 2, 2, 0, 2), new PoolAxis(6, 2, 2, 0, 3), 10), false)),
        ["max_pool_of_pairs"] = LoopsOf(new Pool("k", true, Value("x", 160), Value("y", 40),
            new PoolWindows(new PoolAxis(4, 2, 2, 0, 2), new PoolAxis(20, 2, 2, 0, 10), 2, IsPlanes: true), false)),
        ["softmax"] = LoopsOf(new Softmax("k", Value("x", 48), Value("y", 48), new SoftmaxAxis(2, 24, 1))),
        ["layer_norm"] = LoopsOf(new RowNorm("k", Value("x", 24), Parameter("w", 24), Parameter("b", 24), Value("y", 24), 1, 24, 0.001f, true)),
        ["gather"] = LoopsOf(new Gather("k", new Buffer("x", 3, BufferRole.Input), Parameter("w", 100), Value("y", 60), 3, 20)),
        ["broadcast_of_planes"] = LoopsOf(
            new Broadcast("k", PlacedAxes.Of([3, 40], [40, 1], s_rows, [40, 1]), Value("y", 120), Access.Overwrite, s_x * Expr.Var("c"), "x c")),
        ["reduction_along_rows"] = LoopsOf(
            new Reduction("k", ReductionKind.Sum, PlacedAxes.Of([3, 40], [1, 0], s_rows[..1], [40, 1]), Value("y", 3), Access.Overwrite, s_x, 0.025f,
            "mean of x")),
        ["reduction_over_rows"] = LoopsOf(
            new Reduction("k", ReductionKind.Max, PlacedAxes.Of([3, 40], [0, 1], s_rows[..1], [40, 1]), Value("y", 40), Access.Overwrite, s_x, 1,
            "largest of x")),
        ["cell_step"] = OneWidthOf(Cell(), s_loops),
        ["loss_head_in_lanes"] = InLanes(new SoftmaxCrossEntropy("k", Value("z", 2), new Buffer("t", 2, BufferRole.Target), Value("dz", 2),
            new SoftmaxAxis(1, 2, 1))),
    };

    public static TheoryData<string> Cases => [.. s_texts.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_text_of(string kernel) => Verify(kernel);

    [Fact]
    public void Every_text_that_was_reviewed_is_of_a_case() =>
        Assert.Equal(s_texts.Keys.Order(), Directory.GetFiles(Path.Combine(Path.GetDirectoryName(ThisFile())!, "_snapshots"),
            "*.verified.cs").Select(static f => Path.GetFileName(f).Split('#', '.')[2]).Order());

    private static void Verify(string kernel) => Assert.Null(SnapshotFile.Difference(ThisFile(), nameof(The_text_of), kernel, s_texts[kernel]));

    private static string ThisFile([CallerFilePath] string file = "") => file;

    private static Buffer Value(string name, int size) => new(name, size, BufferRole.Activation);

    private static Buffer Parameter(string name, int size) => new(name, size, BufferRole.Parameter);

    private static Buffer Gradient(string name, int size) => new(name, size, BufferRole.ParameterGradient);

    private static Affine Affine(int inputs, int outputs, Expr? epilogue) =>
        new("k", Value("x", inputs), Parameter("w", inputs * outputs), Parameter("b", outputs), Value("y", outputs), 1, inputs, outputs, epilogue,
            epilogue is null ? null : "f");

    /// <summary>h = tanh(w x + h), eight units.</summary>
    private static GatedProduct Cell()
    {
        Buffer state = Value("h", 8), sums = Value("sums", 8);
        var product = new Affine("p", Value("x", 3), Parameter("w", 24), null, sums, 1, 3, 8, null, null);
        var units = new UnitMap("u", 8, EquatableArray.Of(new UnitInput("a", sums, 0), new UnitInput("h", state, 0)),
            EquatableArray.Of(new UnitOutput("next", Expr.Call(Function.Tanh, Expr.Var("a") + Expr.Var("h")), state, 0)), "h = tanh(sums + h)");
        return new GatedProduct("k", product, null, units, false);
    }

    private static string LoopsOf(Kernel kernel) => Named(CodeOf(kernel, s_loops).Companions[0]);

    private static string OneWidthOf(Kernel kernel, Schedule schedule) => Named(CodeOf(kernel, schedule).Body);

    private static KernelCode CodeOf(Kernel kernel, Schedule schedule) => KernelCode.Of(kernel, schedule, kernel.Operands.Select(static o => (o.Buffer, 0, 0)));

    private static string InLanes(Kernel kernel)
    {
        var code = new CodeBuilder();
        Term weights = code.Let("weights", Term.All(Term.Of(Operation.ToFloat, new Argument("scale", Kind.Double))));
        var writer = new LaneWriter(code, static _ => 0, static _ => null, static b =>
            b.Size) { Losses = code.Variable("losses", Term.Zero), Weights = weights };
        foreach (Operand operand in kernel.Operands.Where(static o => !o.IsWritten))
            writer.Gather(operand.Buffer, new Memory(operand.Buffer.Name));
        kernel.EmitLanes(writer);
        foreach (Operand operand in kernel.Operands.Where(static o => o.IsWritten))
            writer.Scatter(operand.Buffer, new Memory(operand.Buffer.Name));
        code.Return(Term.Of(Operation.Sum, new Get(writer.Losses)));
        var text = new CodeWriter();
        new CodePrinter(text, Dialect.For(Target.Net10), ["z", "t", "dz", "scale"]).Print(code.Steps);
        return Named(text.ToString());
    }

    /// <summary>With the names that a file gives.</summary>
    private static string Named(string text) => FileNames.Settle(text.Replace(KernelWriter.Self.ToString(), "Kernel"), static alias => alias, out _);
}
