using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>
/// Prints the methods over several samples at once, each in a lane of its own: inference, and the gradients of training.
/// </summary>
internal sealed class LaneEmitter(Dialect dialect, Program program, Lanes lanes)
{
    /// <summary>
    /// Of more elementary functions than this, a block fills its vectors with what stands side by side; written out one by one, the JIT
    /// no longer inlines them.
    /// </summary>
    private const int MostCalls = 12;

    private readonly int _size = lanes.Count;

    /// <summary>The samples forward, without memory in between; false where a kernel has no form for that, or it would be too long.</summary>
    public bool EmitInference(CodeWriter w)
    {
        if (!IsShort(program.Inference))
            return false;
        var body = new CodeWriter();
        var writer = new LaneWriter(body, dialect, lanes, OffsetOf, static _ => null, static b => b.Size);
        writer.Gather(program.Graph.Input);
        if (!EmitAll(writer, program.Inference))
            return false;
        writer.Scatter(program.Graph.Output);
        w.Summary(Invariant($"{_size} samples forward, as it is for inference: each is a lane."));
        EmitMethod(w, $"internal static void {NameOf("Infer")}(ref float parameters, ref float input, ref float {program.Graph.Output.Name})", body);
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
        if (!IsShort([.. t.Forward, t.Head, .. t.Backward]))
            return null;
        Kernel[][] forward = [.. LayersOf(t.Forward)], backward = [.. LayersOf(t.Backward.Where(static k => !SumsGradients(k)))];
        Kernel[] summed = [.. t.Backward.Where(SumsGradients)];
        if (forward.Length == 0)
            return null;
        Dictionary<Ir.Buffer, int> places = PlacesOf([.. forward, [t.Head], .. backward, summed], out int kept);
        var sums = new LaneSums(lanes, places, program.Network.ParameterCount);
        if (!EmitAll(new LaneWriter(new CodeWriter(), dialect, lanes, OffsetOf, static _ => null, static b => b.Size) { Sums = sums }, summed))
            return null;

        CodeWriter? Loops(IEnumerable<Kernel[]> stages, Ir.Buffer? outside)
        {
            var loops = new CodeWriter();
            foreach (Kernel[] stage in stages)
            {
                if (!EmitLoop(loops, places, kept, stage, stage.Any(k => k.Operands.Any(o => o.Buffer == outside)) ? outside : null))
                    return null;
            }

            return loops;
        }

        if (Loops(forward, t.Graph.Input) is not { } values || Loops([[t.Head]], t.Target) is not { } loss || Loops(backward, null) is not { } gradients)
            return null;
        CodeWriter? labelLoss = t.LabelHead is null ? null : Loops([[t.LabelHead]], t.Labels!);
        if (t.LabelHead is not null && labelLoss is null)
            return null;

        w.Summary("The values of all samples, layer by layer, as they are for training.");
        EmitMethod(w, $"private static void {NameOf("Forward")}(int samples, ref float parameters, ref float inputs, ref float memory)", values);
        EmitLoss(w, "Loss", "float", loss);
        if (labelLoss is not null)
            EmitLoss(w, "LabelLoss", "int", labelLoss);
        sums.Emit(gradients, dialect, kept);
        w.Summary("Adds the gradient of each parameter, times a factor, to its place in some memory.");
        EmitMethod(w, $"private static void {NameOf("Backward")}(int samples, ref float parameters, ref float memory, ref float sums, float factor)", gradients);
        EmitAll(w, "Train", "Loss", "float");
        if (labelLoss is not null)
            EmitAll(w, "TrainLabels", "LabelLoss", "int");
        return kept;
    }

    /// <summary>Whether all that a kernel does is to sum gradients of parameters.</summary>
    private static bool SumsGradients(Kernel kernel) => kernel.Operands.Any(static o => o.Buffer.Role == BufferRole.ParameterGradient);

    /// <summary>For every width alike, so that there are methods for all of them or for none.</summary>
    private static bool IsShort(IReadOnlyList<Kernel> kernels) =>
        kernels.Sum(CallsOf) <= MostCalls && kernels.Sum(static k => k.Statements) <= ChooseStrategy.VectorBudget;

    /// <summary>The elementary functions of a kernel, but those of a softmax, for which a block turns its samples into lanes too.</summary>
    private static int CallsOf(Kernel kernel) => kernel switch
    {
        Affine { Epilogue: { } formula } affine => affine.Y.Size * CallsOf(formula),
        Map map => map.Y.Size * CallsOf(map.Function),
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

    /// <summary>The name of a method over lanes: <c>InferLanes8</c>.</summary>
    public static string NameOf(string method, Lanes lanes) => Invariant($"{method}Lanes{lanes.Count}");

    private string NameOf(string method) => NameOf(method, lanes);

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

    private static bool EmitAll(LaneWriter writer, IEnumerable<Kernel> kernels)
    {
        foreach (Kernel kernel in kernels)
        {
            writer.Code.Line("// " + kernel.Formula);
            if (!kernel.EmitLanes(writer))
                return false;
        }

        return true;
    }

    private void EmitLoss(CodeWriter w, string name, string element, CodeWriter loop)
    {
        var body = new CodeWriter();
        body.Line($"var total = {lanes.Zero};");
        body.Line($"var weight = {lanes.Broadcast("(float)scale")};");
        body.Line(loop.ToString().TrimEnd('\n'));
        body.Line($"return {lanes.Class}.Sum(total);");
        w.Summary("The loss of all samples together, and its gradient.");
        EmitMethod(w, $"private static double {NameOf(name)}(int samples, ref {element} targets, ref float memory, double scale)", body);
    }

    /// <summary>A loop over all samples, as many at a time as there are lanes; false where a kernel has no form for that.</summary>
    /// <param name="outside">What it reads of the caller's memory.</param>
    private bool EmitLoop(CodeWriter w, Dictionary<Ir.Buffer, int> places, int kept, Kernel[] kernels, Ir.Buffer? outside)
    {
        using (w.Block(Invariant($"for (int first = 0; first < samples; first += {_size})")))
        {
            bool givesLoss = kernels.Any(static k => k.GivesLoss);
            if (outside is not null)
            {
                w.Line("// Where not enough are left, the last ones again.");
                w.Line(Invariant($"int start = global::System.Math.Min(first, samples - {_size});"));
                string element = outside.Role == BufferRole.Labels ? "int" : "float";
                w.Line($"ref {element} {outside.Name} = {VectorDialect.Reference(outside.Role == BufferRole.Input ? "inputs" : "targets", Times("start", outside.Size))};");
            }

            w.Line($"ref float scratch = {VectorDialect.Reference("memory", Times("first", kept))};");
            if (givesLoss)
            {
                w.Line("// Those that were counted before weigh nothing.");
                w.Line($"var counts = {lanes.Class}.GreaterThanOrEqual({lanes.Ascending}, {lanes.Broadcast("(float)(first - start)")});");
                w.Line("var weights = weight & counts;");
                w.Line($"var losses = {lanes.Zero};");
            }

            var writer = new LaneWriter(w, dialect, lanes, OffsetOf, b => places.TryGetValue(b, out int at) ? at : null, static b => b.Size);
            if (outside is not null)
                writer.Gather(outside);
            if (!EmitAll(writer, kernels))
                return false;
            foreach (Ir.Buffer buffer in places.Keys)
                writer.Finish(buffer);
            if (givesLoss)
                w.Line("total += losses & counts;");
        }

        w.Line();
        return true;
    }

    /// <summary>All stages, one after another.</summary>
    private void EmitAll(CodeWriter w, string name, string lossName, string element)
    {
        var body = new CodeWriter();
        body.Line($"{NameOf("Forward")}(samples, ref parameters, ref input, ref scratch);");
        body.Line($"double loss = {NameOf(lossName)}(samples, ref target, ref scratch, scale);");
        body.Line($"{NameOf("Backward")}(samples, ref parameters, ref scratch, ref sums, factor);");
        body.Line("return loss;");
        w.Summary(Invariant($"The loss of {_size} samples or more together; adds the gradient of each parameter, times a factor, to its place in some memory, which may be the parameters."));
        EmitMethod(w, $"internal static double {NameOf(name)}(int samples, ref float parameters, ref float input, ref {element} target, ref float scratch, ref float sums, float factor, double scale)", body);
    }

    private static string Times(string index, int size) => size == 1 ? index : Invariant($"{index} * {size}");

    private int OffsetOf(Ir.Buffer buffer)
    {
        string name = buffer.Role == BufferRole.ParameterGradient ? buffer.Stem : buffer.Name;
        return program.Graph.Parameters[name].Offset;
    }

    private static void EmitMethod(CodeWriter w, string head, CodeWriter body)
    {
        w.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
        using (w.Block(head))
            w.Line(body.ToString().TrimEnd('\n'));
        w.Line();
    }
}
