using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Text;
using static System.FormattableString;
using Reduction = NetGen.Compiler.Losses.Reduction;

namespace NetGen.Compiler.Emit;

/// <summary>A loss that takes labels, and where a sample's labels and targets of it stand.</summary>
/// <param name="Suffix">What the names of its members end in; nothing where it is the only one.</param>
/// <param name="Output">The output's name.</param>
internal sealed record LabelPart(string Suffix, string Output, CategoricalLoss Loss, SoftmaxAxis Axis, int LabelOffset, int TargetOffset)
{
    public static IReadOnlyList<LabelPart> Of(Network network)
    {
        var parts = new List<LabelPart>();
        int labels = 0, targets = 0;
        OutputPart[] trained = [.. network.Trained];
        foreach (OutputPart output in trained)
        {
            SoftmaxAxis axis = SoftmaxActivation.AxisOf(output.Shape);
            if (output.Loss is CategoricalLoss loss)
                parts.Add(new LabelPart(trained.Length == 1 ? "" : "Of" + output.Member, output.Name, loss, axis, labels, targets));
            labels += axis.Groups;
            targets += output.Shape.Size;
        }

        return parts;
    }

    /// <summary>The mean is over the labels of it that count.</summary>
    public bool Counts => Loss is { IgnoredLabel: not null, Reduction: Reduction.Mean };
}

/// <summary>What stands between labels and a loss, in the nested class: the check of labels, targets made of them, the weights of classes, the count of labels that do.</summary>
internal static class LabelMembers
{
    /// <summary>Targets are multiplied by their classes' weights before a loss reads them.</summary>
    public static bool Weighs(Network network) => network.Losses.Any(static l => l is CategoricalLoss { ClassWeights.Count: > 0 });

    /// <summary>The mean is over the labels that count, which are counted first. (Of several losses each has a count of its own, with which its targets are made.)</summary>
    public static bool Counts(Network network) => network.Outputs.Count == 1 && network.Loss is CategoricalLoss { IgnoredLabel: not null, Reduction: Reduction.Mean };

    /// <summary>What labels may be, for people.</summary>
    public static string Range(Network network)
    {
        IReadOnlyList<LabelPart> parts = LabelPart.Of(network);
        return parts.Count == 1 ? Invariant($"each from 0 to {parts[0].Axis.Classes - 1}: {parts[0].Axis.Groups} for each sample{ExceptFor(parts[0])}")
            : Invariant($"{parts.Sum(static p => p.Axis.Groups)} for each sample: ")
                + string.Join(", then ", parts.Select(p => Invariant($"{p.Axis.Groups} of {p.Output}, from 0 to {p.Axis.Classes - 1}{ExceptFor(p)}")));
    }

    /// <summary>Which label is none and yet may be given; nothing where there is none.</summary>
    private static string ExceptFor(LabelPart part) => part.Loss.IgnoredLabel is { } label ? Invariant($", or {label}, which does not count") : "";

    /// <summary>Declares how many samples the labels make that count; of several losses, the factor by which the targets of each make up for the others.</summary>
    public static IEnumerable<string> DeclareCounted(Network network, string kernels)
    {
        if (Counts(network))
            return [$"double counted = {kernels}CountedSamples(samples, labels);"];
        return Shares(network).Select(p => $"float share{p.Suffix} = (float)(samples / {kernels}CountedSamples{p.Suffix}(samples, labels));");
    }

    /// <summary>A call that makes targets of labels.</summary>
    public static string OneHot(Network network, Dialect dialect, string kernels, (string First, string Count) samples, int labelSize, (string Memory, string At, string Size) place)
    {
        string call = dialect.OneHot(kernels, "labels", samples, labelSize, place);
        return call.Substring(0, call.Length - 1) + string.Concat(Shares(network).Select(static p => ", share" + p.Suffix)) + ")";
    }

    private static IEnumerable<LabelPart> Shares(Network network) => network.Outputs.Count == 1 ? [] : LabelPart.Of(network).Where(static p => p.Counts);

    public static void Emit(CodeWriter w, Dialect dialect, Program program)
    {
        Network network = program.Network;
        OutputPart[] trained = [.. network.Trained];
        foreach (OutputPart output in trained)
        {
            if (output.Loss is TermLoss { PositiveWeights: { Count: > 0 } positive })
            {
                ConstantTable.EmitMember(
                    w, dialect, "What the loss of targets of 1 is multiplied by, for each feature of the output.",
                    ElementwiseLoss.PositiveWeights + (trained.Length == 1 ? "" : "Of" + output.Member), positive);
            }
        }

        IReadOnlyList<LabelPart> parts = LabelPart.Of(network);
        bool takesLabels = program.Training!.LabelSize is not null;
        if (takesLabels)
            EmitCheck(w, dialect, parts, program.Training.LabelSize!.Value);
        foreach (LabelPart part in parts.Where(p => takesLabels && p.Counts))
            EmitCounted(w, dialect, part, program.Training.LabelSize!.Value);
        foreach (LabelPart part in parts.Where(static p => p.Loss.ClassWeights.Count > 0))
            ConstantTable.EmitMember(w, dialect, "What the targets of each class are multiplied by.", "ClassWeights" + part.Suffix, part.Loss.ClassWeights);
        if (Weighs(network))
            EmitWeighted(w, dialect, parts, network);
        if (takesLabels)
            EmitOneHot(w, dialect, parts, network, program.Training.LabelSize!.Value);
    }

    private static void EmitCheck(CodeWriter w, Dialect dialect, IReadOnlyList<LabelPart> parts, int labelSize)
    {
        using (w.Block($"internal static void CheckLabels(int inputs, {dialect.ReadOnly("int")} labels)"))
        {
            w.Line("int samples = SampleCount(inputs);");
            w.Line("CheckSome(samples);");
            string expected = labelSize == 1 ? "samples" : Invariant($"(long)samples * {labelSize}"), meaning = labelSize == 1 ? "one for each sample" : Invariant($"{labelSize} for each sample");
            w.Line($"CheckLength(\"labels\", {dialect.Length("labels")}, {expected}, \"{meaning}\");");
            foreach (LabelPart part in parts)
            {
                using (w.Block($"for (int k = 0; k < {dialect.Length("labels")}; k++)"))
                {
                    string isOf = parts.Count == 1 ? "" : Invariant($"k % {labelSize} >= {part.LabelOffset} && k % {labelSize} < {part.LabelOffset + part.Axis.Groups} && ");
                    string isNone = Invariant($"labels[k] < 0 || labels[k] >= {part.Axis.Classes}");
                    using (w.Block((isOf, part.Loss.IgnoredLabel) switch
                    {
                        ("", null) => $"if ({isNone})",
                        (_, null) => $"if ({isOf}({isNone}))",
                        (_, { } label) => Invariant($"if ({isOf}({isNone}) && labels[k] != {label})"),
                    }))
                    {
                        string of = parts.Count == 1 ? "" : $" of {part.Output}";
                        w.Line($"throw {Checks.OutOfRange(dialect.Target, "\"labels\"", "labels[k]", Invariant($"\"labels[\" + k + \"] is no class{of}: it must be from 0 to {part.Axis.Classes - 1}{ExceptFor(part)}\""))};");
                    }
                }
            }
        }

        w.Line();
    }

    private static void EmitCounted(CodeWriter w, Dialect dialect, LabelPart part, int labelSize)
    {
        w.Summary("How many samples the labels that count make; all, where targets are given. Where none counts, 1: so nothing is divided by 0.");
        using (w.Block($"internal static double CountedSamples{part.Suffix}(int samples, {dialect.ReadOnly("int")} labels)"))
        {
            w.Line($"if ({(dialect.Target.HasSpan ? "labels.IsEmpty" : "labels == null")})\n    return samples;");
            w.Line("int counted = 0;");
            string isOf = part.Suffix.Length == 0 ? "" : Invariant($"k % {labelSize} >= {part.LabelOffset} && k % {labelSize} < {part.LabelOffset + part.Axis.Groups} && ");
            using (w.Block("for (int k = 0; k < labels.Length; k++)"))
                w.Line(Invariant($"counted += {isOf}labels[k] != {part.Loss.IgnoredLabel} ? 1 : 0;"));
            w.Line($"return counted == 0 ? 1.0 : {(part.Axis.Groups == 1 ? "counted" : Invariant($"counted / {part.Axis.Groups}.0"))};");
        }

        w.Line();
    }

    private static void EmitWeighted(CodeWriter w, Dialect dialect, IReadOnlyList<LabelPart> parts, Network network)
    {
        bool hasSpan = dialect.Target.HasSpan;
        w.Summary("Targets, each times the weight of its class.");
        using (w.Block(hasSpan ? $"internal static {dialect.ReadOnly()} Weighted({dialect.ReadOnly()} targets, {dialect.Writable} weighted)"
            : "internal static float[] Weighted(float[] targets, int first, int count, float[] weighted, int at)"))
        {
            string loop = hasSpan ? "for (int k = 0; k < targets.Length; k++)" : "for (int k = 0; k < count; k++)";
            string to = hasSpan ? "weighted[k]" : "weighted[at + k]", from = hasSpan ? "targets[k]" : "targets[first + k]";
            if (network.Outputs.Count == 1)
            {
                using (w.Block(loop))
                    w.Line($"{to} = ClassWeights[{LabelAt(parts[0].Axis, "k")}] * {from};");
            }
            else
            {
                int size = network.TargetSize;
                using (w.Block(loop))
                    w.Line($"{to} = {from};");
                foreach (LabelPart part in parts.Where(static p => p.Loss.ClassWeights.Count > 0))
                {
                    int count = part.Axis.Groups * part.Axis.Classes;
                    using (w.Block(loop))
                    {
                        w.Line(Invariant($"int place = k % {size} - {part.TargetOffset};"));
                        w.Line(Invariant($"if (place >= 0 && place < {count})\n    {to} *= ClassWeights{part.Suffix}[{LabelAt(part.Axis, "place")}];"));
                    }
                }
            }

            w.Line("return weighted;");
        }

        w.Line();
    }

    private static string LabelAt(SoftmaxAxis axis, string k) => axis.Stride == 1 ? Invariant($"{k} % {axis.Classes}") : Invariant($"{k} / {axis.Stride} % {axis.Classes}");

    private static void EmitOneHot(CodeWriter w, Dialect dialect, IReadOnlyList<LabelPart> parts, Network network, int labelSize)
    {
        bool hasSpan = dialect.Target.HasSpan;
        bool weighs = Weighs(network), ignores = parts.Any(static p => p.Loss.IgnoredLabel is not null);
        string what = weighs ? "the weight of each one's class" : "1 for each one's class";
        w.Summary($"Targets made of labels: {what}, 0 for the others{(ignores ? ", and for all where a label does not count" : "")}.");
        string shares = string.Concat(Shares(network).Select(static p => $", float share{p.Suffix}"));
        using (w.Block(hasSpan ? $"internal static {dialect.ReadOnly()} OneHot({dialect.ReadOnly("int")} labels, {dialect.Writable} targets{shares})"
            : $"internal static float[] OneHot(int[] labels, int first, int count, float[] targets, int at{shares})"))
        {
            if (network.Outputs.Count == 1)
                EmitOneHotOf(w, hasSpan, parts[0], labelSize);
            else
                EmitOneHotOfEach(w, hasSpan, parts, network.TargetSize, labelSize);
            w.Line("return targets;");
        }

        w.Line();
    }

    private static void EmitOneHotOf(CodeWriter w, bool hasSpan, LabelPart part, int labelSize)
    {
        (int classes, int stride) = (part.Axis.Classes, part.Axis.Stride);
        string index = stride == 1 ? Invariant($"k * {classes} + ") : Invariant($"k / {labelSize} * {labelSize * classes} + k % {labelSize} + ");
        string given = hasSpan ? "labels[k]" : "labels[first + k]", one = part.Loss.ClassWeights.Count > 0 ? $"ClassWeights[{given}]" : "1f";
        string label = given + (stride == 1 ? "" : Invariant($" * {stride}"));
        w.Line(hasSpan ? "targets.Clear();" : Invariant($"global::System.Array.Clear(targets, at, count * {classes});"));
        using (w.Block(hasSpan ? "for (int k = 0; k < labels.Length; k++)" : "for (int k = 0; k < count; k++)"))
            w.Line((part.Loss.IgnoredLabel is { } none ? Invariant($"if ({given} != {none})\n    ") : "") + $"targets[{(hasSpan ? "" : "at + ")}{index}{label}] = {one};");
    }

    private static void EmitOneHotOfEach(CodeWriter w, bool hasSpan, IReadOnlyList<LabelPart> parts, int targetSize, int labelSize)
    {
        w.Line(Invariant($"int samples = {(hasSpan ? "labels.Length" : "count")} / {labelSize};"));
        w.Line(hasSpan ? "targets.Clear();" : Invariant($"global::System.Array.Clear(targets, at, samples * {targetSize});"));
        using (w.Block("for (int sample = 0; sample < samples; sample++)"))
        {
            foreach (LabelPart part in parts)
            {
                string place = part.Axis.Stride == 1 ? Invariant($"k * {part.Axis.Classes} + label") : Invariant($"k + label * {part.Axis.Stride}");
                string[] factors = [.. part.Loss.ClassWeights.Count > 0 ? [$"ClassWeights{part.Suffix}[label]"] : (string[])[], .. part.Counts ? ["share" + part.Suffix] : (string[])[]];
                w.Line($"// {part.Output}");
                using (w.Block(Invariant($"for (int k = 0; k < {part.Axis.Groups}; k++)")))
                {
                    w.Line(Invariant($"int label = labels[{(hasSpan ? "" : "first + ")}sample * {labelSize} + {part.LabelOffset} + k];"));
                    w.Line((part.Loss.IgnoredLabel is { } none ? Invariant($"if (label != {none})\n    ") : "")
                        + Invariant($"targets[{(hasSpan ? "" : "at + ")}sample * {targetSize} + {part.TargetOffset} + {place}] = {(factors.Length == 0 ? "1f" : string.Join(" * ", factors))};"));
                }
            }
        }
    }
}
