using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>
/// Prints the methods over several samples at once, each in a lane of its own: inference, and the gradients of training. They are generic over the width.
/// Only tiny networks have them (<see cref="ChooseStrategy.IsTiny"/>), and then no blocks; where a kernel has no form over lanes, blocks serve.
/// </summary>
internal sealed class LaneEmitter(Dialect dialect, Program program)
{
    /// <summary>The most samples that a vector holds: scratch has room for whole vectors of any width.</summary>
    public const int MostLanes = 16;

    /// <summary>Is told of the code of each method that is printed.</summary>
    public Action<string, CodeBuilder>? OnMethod { get; init; }

    private static readonly Memory s_memory = new("memory");
    private static readonly Term s_samples = new Argument("samples", Kind.Int);

    /// <summary>The samples forward, without memory in between; false where a kernel has no form for that, or it would be too long.</summary>
    public bool EmitInference(CodeWriter w)
    {
        if (!IsShort(program.Inference))
            return false;
        var code = new CodeBuilder();
        bool isWhole = true;
        code.For("start", s_samples, Term.Lanes, start =>
        {
            code.Say("Where not enough are left, the last ones again.");
            Term first = FirstOf(code, "first", start);
            Memory input = code.Enter("input", new Memory("inputs"), Times(first, program.Graph.Input.Size));
            var writer = new LaneWriter(code, OffsetOf, static _ => null, static b => b.Size) { Readers = b => ReadersOf(program.Inference, b) };
            writer.Gather(program.Graph.Input, input);
            isWhole = WriteAll(writer, program.Inference);
            if (isWhole)
                writer.Scatter(program.Graph.Output, code.Enter("output", new Memory("outputs"), Times(first, program.Graph.Output.Size)));
        });
        if (!isWhole)
            return false;
        w.Summary("Samples forward, as it is for inference: each is a lane.");
        EmitMethod(w, "internal static void", "InferLanes", "int samples, ref float parameters, ref float inputs, ref float outputs", code);
        return true;
    }

    /// <summary>
    /// The gradients of so many samples as there are lanes, or more: layer by layer forward, the loss, the gradients of the layers' outputs,
    /// each for all samples before the next, so that several samples are under way at once; and then the sum over the samples of
    /// each parameter's gradient.
    /// Gives back how many floats of scratch a sample needs; null where a kernel has no form for that, or it would be too long.
    /// </summary>
    public int? EmitTraining(CodeWriter w)
    {
        TrainingProgram t = program.Training!;
        if (!IsShort([.. t.Forward, .. t.Head, .. t.Backward]))
            return null;
        Kernel[][] forward = [.. LayersOf(t.Forward)], backward = [.. LayersOf(t.Backward.Where(static k => !SumsGradients(k)))];
        Kernel[] summed = [.. t.Backward.Where(SumsGradients)];
        if (forward.Length == 0)
            return null;
        Dictionary<Ir.Buffer, int> places = PlacesOf([.. forward, [.. t.Head], .. backward, summed], out int kept);
        var sums = new LaneSums(places, program.Network.ParameterCount);
        if (!WriteAll(new LaneWriter(new CodeBuilder(), OffsetOf, static _ => null, static b => b.Size) { Sums = sums }, summed))
            return null;

        CodeBuilder? Loops(IEnumerable<Kernel[]> stages, Ir.Buffer? outside)
        {
            var loops = new CodeBuilder();
            bool isHead = stages.Any(static s => s.Any(static k => k.GivesLoss));
            Local? total = isHead ? loops.Variable("total", Term.Zero) : null;
            Term? weight = isHead ? loops.Let("weight", Term.All(Term.Of(Operation.ToFloat, new Argument("scale", Kind.Double)))) : null;
            foreach (Kernel[] stage in stages)
            {
                if (!WriteLoop(loops, places, kept, stage, stage.Any(k => k.Operands.Any(o => o.Buffer == outside)) ? outside : null, total, weight))
                    return null;
            }

            if (isHead)
                loops.Return(Term.Of(Operation.Sum, new Get(total!)));
            return loops;
        }

        if (Loops(forward, t.Graph.Input) is not { } values || Loops([[.. t.Head]], t.Target) is not { } loss || Loops(backward, null) is not { } gradients)
            return null;

        w.Summary("The values of all samples, layer by layer, as they are for training.");
        EmitMethod(w, "private static void", "ForwardLanes", "int samples, ref float parameters, ref float inputs, ref float memory", values);
        w.Summary("The loss of all samples together, and its gradient.");
        EmitMethod(w, "private static double", "LossLanes", "int samples, ref float targets, ref float memory, double scale", loss);
        sums.Write(gradients, dialect, s_memory, new Memory("sums"), s_samples, new Argument("factor", Kind.Float), kept);
        w.Summary("Adds the gradient of each parameter, times a factor, to its place in some memory.");
        EmitMethod(w, "private static void", "BackwardLanes", "int samples, ref float parameters, ref float memory, ref float sums, float factor", gradients);
        EmitAll(w);
        return kept;
    }

    /// <summary>The widths in which samples are lanes, the widest first, each with the condition under which there are enough of them.</summary>
    /// <param name="samples">How many there are, as C#.</param>
    /// <param name="within">What stands before the names of the lanes' types.</param>
    public static IEnumerable<(string Condition, string Arguments)> Widths(string samples, string within = "") =>
        Lanes.All.Select(l => (l == Lanes.Four ? $"{samples} >= 4" : Invariant($"{l.Class}.IsHardwareAccelerated && {samples} >= {l.Count}"), LanesTypes.ArgumentsOf(l, within)));

    /// <summary>Whether all that a kernel does is to sum gradients of parameters.</summary>
    private static bool SumsGradients(Kernel kernel) => kernel.Operands.Any(static o => o.Buffer.Role == BufferRole.ParameterGradient);

    private static bool IsShort(IReadOnlyList<Kernel> kernels) =>
        kernels.Sum(CallsOf) <= Tuning.Samples.MostCalls && kernels.Sum(static k => k.Statements) <= Tuning.Source.VectorBudget;

    /// <summary>The elementary functions of a kernel, but those of a softmax, for which a block turns its samples into lanes too.</summary>
    private static int CallsOf(Kernel kernel) => kernel switch
    {
        Affine { Epilogue: { } formula } affine => affine.Y.Size * CallsOf(formula),
        Map map => map.Y.Size * CallsOf(map.Function),
        Broadcast broadcast => broadcast.Y.Size * (CallsOf(broadcast.Function) + (broadcast.Epilogue is { } formula ? CallsOf(formula) : 0)),
        MapGradient gradient => gradient.Dx.Size * CallsOf(gradient.Function),
        SoftmaxCrossEntropy { Dz: not null } loss => loss.Z.Size,
        LogSoftmaxGradient gradient => gradient.Dx.Size,
        _ => 0,
    };

    private static int CallsOf(Expr formula) => formula.Parts().Count(static p => p is Call { Function: not Function.Abs });

    /// <summary>
    /// The kernels, parted before each that mixes what an elementary function gives: behind so long a chain of operations a processor
    /// finds other work only in the next samples.
    /// </summary>
    private static IEnumerable<Kernel[]> LayersOf(IEnumerable<Kernel> kernels)
    {
        var layer = new List<Kernel>();
        foreach (Kernel kernel in kernels)
        {
            if (kernel.MultiplyAdds > 0 && layer.Any(IsElementary))
            {
                yield return [.. layer];
                layer.Clear();
            }

            layer.Add(kernel);
        }

        if (layer.Count > 0)
            yield return [.. layer];
    }

    private static bool IsElementary(Kernel kernel) => ((kernel as Affine)?.Epilogue ?? (kernel as Map)?.Function) is { } formula && CallsOf(formula) > 0;

    /// <summary>Where values are kept from stage to stage: those that a later stage reads.</summary>
    private static Dictionary<Ir.Buffer, int> PlacesOf(Kernel[][] stages, out int size)
    {
        var places = new Dictionary<Ir.Buffer, int>();
        size = 0;
        for (int stage = 0; stage < stages.Length; stage++)
        {
            foreach (Operand operand in stages[stage].SelectMany(static k => k.Operands))
            {
                // What a stage only adds to, an earlier one began.
                bool isLocal = operand.Buffer.Role == BufferRole.Input ? stage == 0 : stages[stage].Any(k => k.Operands.Contains(new Operand(operand.Buffer, Access.Overwrite)));
                if (isLocal || operand.Buffer.Role is not (BufferRole.Activation or BufferRole.Input) || places.ContainsKey(operand.Buffer))
                    continue;
                places[operand.Buffer] = size;
                size += operand.Buffer.Size;
            }
        }

        return places;
    }

    private static int ReadersOf(IEnumerable<Kernel> kernels, Ir.Buffer buffer) => kernels.Count(k => k.Operands.Any(o => o.Buffer == buffer && o.IsRead));

    private static bool WriteAll(LaneWriter writer, IEnumerable<Kernel> kernels)
    {
        foreach (Kernel kernel in kernels)
        {
            writer.Code.Say(kernel.Formula);
            if (!kernel.EmitLanes(writer))
                return false;
        }

        return true;
    }

    /// <summary>A loop over all samples, as many at a time as there are lanes; false where a kernel has no form for that.</summary>
    /// <param name="outside">What it reads of the caller's memory.</param>
    /// <param name="total">Where losses are added up.</param>
    private bool WriteLoop(CodeBuilder code, Dictionary<Ir.Buffer, int> places, int kept, Kernel[] kernels, Ir.Buffer? outside, Local? total, Term? weight)
    {
        bool isWhole = true;
        code.For("first", s_samples, Term.Lanes, first =>
        {
            Memory? rows = null;
            Term? counts = null;
            if (outside is not null)
            {
                code.Say("Where not enough are left, the last ones again.");
                Term start = FirstOf(code, "start", first);
                var all = new Memory(outside.Role == BufferRole.Input ? "inputs" : "targets");
                rows = code.Enter(outside.Name, all, Times(start, outside.Size));
                if (total is not null)
                {
                    code.Say("Those that were counted before weigh nothing.");
                    counts = code.Let("counts", Term.Of(Operation.GreaterOrEqual, Term.Ascending, Term.All(Term.Of(Operation.ToFloat, first - start))));
                }
            }

            Memory scratch = code.Enter("scratch", s_memory, Times(first, kept));
            Term? weights = counts is null ? null : code.Let("weights", weight! & counts);
            Local? losses = counts is null ? null : code.Variable("losses", Term.Zero);
            var writer = new LaneWriter(code, OffsetOf, b => places.TryGetValue(b, out int at) ? at : null, static b => b.Size)
            {
                Scratch = scratch,
                Weights = weights,
                Losses = losses,
                Readers = b => ReadersOf(kernels, b),
            };
            if (rows is not null)
                writer.Gather(outside!, rows);
            isWhole = WriteAll(writer, kernels);
            if (!isWhole)
                return;
            foreach (Ir.Buffer buffer in places.Keys)
                writer.Finish(buffer);
            if (losses is not null)
                code.Increase(total!, new Get(losses) & counts!);
        });
        return isWhole;
    }

    /// <summary>All stages, one after another.</summary>
    private static void EmitAll(CodeWriter w)
    {
        w.Summary("The loss of as many samples as there are lanes, or more, together; adds the gradient of each parameter, times a factor, to its place in some memory, which may be the parameters.");
        w.Line(Optimized);
        w.Line($"internal static double TrainLanes{LanesTypes.Parameters}(");
        w.Line("    int samples, ref float parameters, ref float input, ref float target, ref float scratch, ref float sums, float factor, double scale)");
        using (w.Block("    " + LanesTypes.Constraints))
        {
            w.Line($"ForwardLanes{LanesTypes.Parameters}(samples, ref parameters, ref input, ref scratch);");
            w.Line($"double loss = LossLanes{LanesTypes.Parameters}(samples, ref target, ref scratch, scale);");
            w.Line($"BackwardLanes{LanesTypes.Parameters}(samples, ref parameters, ref scratch, ref sums, factor);");
            w.Line("return loss;");
        }

        w.Line();
    }

    private const string Optimized = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]";

    /// <summary>The first sample of those that are left, or so far back that there are enough.</summary>
    private static Term FirstOf(CodeBuilder code, string name, Term start) => code.Let(name, Term.Of(Operation.Min, start, s_samples - Term.Lanes));

    private static Term Times(Term index, int size) => size == 1 ? index : index * size;

    private int OffsetOf(Ir.Buffer buffer)
    {
        string name = buffer.Role == BufferRole.ParameterGradient ? buffer.Stem : buffer.Name;
        return program.Graph.Parameters[name].Offset;
    }

    private void EmitMethod(CodeWriter w, string returns, string name, string parameters, CodeBuilder code)
    {
        OnMethod?.Invoke(name, code);
        w.Line(Optimized);
        w.Line($"{returns} {name}{LanesTypes.Parameters}({parameters})");
        using (w.Block("    " + LanesTypes.Constraints))
            new CodePrinter(w, dialect, [.. parameters.Split(',').Select(static p => p.Split(' ').Last())]).Print(code.Steps);
        w.Line();
    }
}
