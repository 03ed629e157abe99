using System;
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
/// Prints the methods over eight samples at once, each in a lane of its own: all of inference, and a step of plain
/// gradient descent. Null where a kernel has no form for that.
/// </summary>
internal sealed class LaneEmitter(Dialect dialect, Program program)
{
    private static readonly Lanes s_lanes = Lanes.Eight;

    /// <summary>Eight samples forward, without memory in between.</summary>
    public bool EmitInference(CodeWriter w)
    {
        var body = new CodeWriter();
        var lanes = new LaneWriter(body, dialect, s_lanes, OffsetOf, static _ => null, static b => b.Size);
        lanes.Gather(program.Graph.Input);
        for (int k = 0; k < program.Inference.Count; k++)
        {
            Kernel kernel = program.Inference[k];
            body.Line("// " + kernel.Formula);
            if (kernel is Affine first && k + 1 < program.Inference.Count && program.Inference[k + 1] is Affine second && first.CanFeed(second)
                && program.Inference.Count(later => later.Operands.Any(o => o.IsRead && o.Buffer == first.Y)) == 1)
            {
                body.Line("// " + second.Formula);
                first.EmitLanesInto(lanes, second);
                k++;
                continue;
            }

            if (!kernel.EmitLanes(lanes))
                return false;
        }

        lanes.Scatter(program.Graph.Output);
        w.Summary("Eight samples forward, as it is for inference: each is a lane.");
        Optimize(w);
        using (w.Block($"internal static void InferLanes(ref float parameters, ref float input, ref float {program.Graph.Output.Name})"))
            w.Line(body.ToString().TrimEnd('\n'));
        w.Line();
        return true;
    }

    /// <summary>A step on a multiple of eight samples. Gives back the scratch it needs.</summary>
    public int? EmitStep(CodeWriter w)
    {
        TrainingProgram t = program.Training!;
        Kernel[] forward = [.. t.Forward, t.Head];
        Ir.Buffer[] kept = [.. forward.Concat(t.Backward).SelectMany(static k => k.Operands).Select(static o => o.Buffer)
            .Where(static b => b.Role is BufferRole.Activation or BufferRole.Input).Distinct()];
        var places = new Dictionary<Ir.Buffer, int>();
        int size = 0;
        foreach (Ir.Buffer buffer in kept)
        {
            places[buffer] = size;
            size += buffer.Size;
        }

        int? PlaceOf(Ir.Buffer buffer) => places.TryGetValue(buffer, out int at) ? at : null;
        var forwardBody = new CodeWriter();
        var lanes = new LaneWriter(forwardBody, dialect, s_lanes, OffsetOf, PlaceOf, static b => b.Size);
        lanes.Gather(t.Graph.Input);
        lanes.Gather(t.Target);
        forwardBody.Line($"var losses = {s_lanes.Zero};");
        if (!EmitAll(forwardBody, lanes, forward))
            return null;
        forwardBody.Line("return losses;");
        var backwardBody = new CodeWriter();
        if (!EmitAll(backwardBody, new LaneWriter(backwardBody, dialect, s_lanes, OffsetOf, PlaceOf, static b => b.Size), t.Backward))
            return null;

        w.Summary("Eight samples forward, each a lane, as it is for training: gives back their losses.");
        Optimize(w);
        using (w.Block($"private static {s_lanes.Type} ForwardLanes(ref float parameters, ref float input, ref float target, ref float scratch, {s_lanes.Type} weights)"))
            w.Line(forwardBody.ToString().TrimEnd('\n'));
        w.Line();
        w.Summary("Eight samples backward, each a lane: adds to the gradients, lane by lane.");
        Optimize(w);
        using (w.Block("private static void BackwardLanes(ref float parameters, ref float scratch, ref float gradients)"))
            w.Line(backwardBody.ToString().TrimEnd('\n'));
        w.Line();
        EmitLoop(w, size);
        return (size + program.Network.ParameterCount) * s_lanes.Count;
    }

    private void EmitLoop(CodeWriter w, int kept)
    {
        int parameters = program.Network.ParameterCount;
        int lanes = s_lanes.Count;
        dialect.Use(Helper.SumsOfEight);
        w.Summary("A step on a multiple of eight samples, each a lane. Gives back the sum of their losses.");
        Optimize(w);
        using (w.Block("internal static double StepLanes(int samples, ref float parameters, ref float input, ref float target, ref float scratch, float learningRate, double scale)"))
        {
            w.Line($"ref float gradients = {VectorDialect.Reference("scratch", kept * lanes)};");
            using (w.Block(Invariant($"for (int k = 0; k < {parameters * lanes}; k += {lanes})")))
                w.Line($"{s_lanes.Class}.StoreUnsafe({s_lanes.Zero}, ref {VectorDialect.ElementOf("gradients", "k")});");
            w.Line($"var losses = {s_lanes.Zero};");
            w.Line($"var weights = {s_lanes.Broadcast("(float)scale")};");
            using (w.Block(Invariant($"for (int first = 0; first < samples; first += {lanes})")))
            {
                string input = VectorDialect.Reference("input", Times("first", program.Network.Input.Size)), target = VectorDialect.Reference("target", Times("first", program.Network.Output.Size));
                w.Line($"losses += ForwardLanes(ref parameters, {input}, {target}, ref scratch, weights);");
                w.Line("BackwardLanes(ref parameters, ref scratch, ref gradients);");
            }

            w.Line();
            w.Line("// The lanes of eight parameters' gradients at a time become sums, side by side.");
            w.Line("int parameter = 0;");
            using (w.Block(Invariant($"for (; parameter <= {parameters - lanes}; parameter += {lanes})")))
            {
                w.Line($"ref float of = {VectorDialect.Reference("gradients", Invariant($"parameter * {lanes}"))};");
                IEnumerable<string> eight = Enumerable.Range(0, lanes).Select(k => $"{s_lanes.Class}.LoadUnsafe(ref {VectorDialect.ElementOf("of", Invariant($"{k * lanes}"))})");
                w.Line($"var sums = SumsOfEight({string.Join(", ", eight)});");
                w.Line($"ref float at = {VectorDialect.Reference("parameters", "parameter")};");
                w.Line($"{s_lanes.Class}.StoreUnsafe({s_lanes.MultiplyAdd("sums", s_lanes.Broadcast("-learningRate"), $"{s_lanes.Class}.LoadUnsafe(ref at)")}, ref at);");
            }

            using (w.Block(Invariant($"for (; parameter < {parameters}; parameter++)")))
                w.Line($"{VectorDialect.ElementOf("parameters", "parameter")} -= learningRate * {s_lanes.Class}.Sum({s_lanes.Class}.LoadUnsafe(ref {VectorDialect.ElementOf("gradients", Invariant($"parameter * {lanes}"))}));");
            w.Line($"return {s_lanes.Class}.Sum(losses);");
        }

        w.Line();
    }

    private static bool EmitAll(CodeWriter body, LaneWriter lanes, IReadOnlyList<Kernel> kernels)
    {
        foreach (Kernel kernel in kernels)
        {
            body.Line("// " + kernel.Formula);
            if (!kernel.EmitLanes(lanes))
                return false;
        }

        return true;
    }

    private static string Times(string index, int size) => size == 1 ? index : Invariant($"{index} * {size}");

    private int OffsetOf(Ir.Buffer buffer)
    {
        string name = buffer.Role == BufferRole.ParameterGradient ? buffer.Name.Substring(0, buffer.Name.Length - "Gradient".Length) : buffer.Name;
        return program.Graph.Parameters[name].Offset;
    }

    private static void Optimize(CodeWriter w) =>
        w.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
}
