using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>The parameter table, and the checks that the public members begin with.</summary>
internal static class Checks
{
    public static int Classes(Program program) => SoftmaxActivation.AxisOf(program.Network.Output).Classes;

    /// <summary>How many rows the smallest table has that the network's inputs are indices into; null where they are none.</summary>
    public static int? Indices(Binding.Network network)
    {
        int[] rows = [.. network.Layers.OfType<Embedding>().Select(static e => e.Rows)];
        return rows.Length == 0 ? null : rows.Min();
    }

    public static void Emit(CodeWriter w, Dialect dialect, Program program)
    {
        Target target = dialect.Target;
        EmitTable(w, program, target);
        w.Summary($"How many samples stand in {(target.HasSpan ? "a span" : "an array")} of inputs.");
        w.Line("""
            internal static int SampleCount(int length)
            {
                if (length % InputSize != 0)
                    throw new global::System.ArgumentException("inputs has " + length + " floats, but must have a multiple of InputSize, " + InputSize + ": samples stand back to back", "inputs");
                return length / InputSize;
            }

            internal static void CheckLength(string name, int length, long expected, string meaning)
            {
                if (length != expected)
                    ThrowLength(name, length, expected, meaning);
            }

            private static void ThrowLength(string name, int length, long expected, string meaning)
            {
                throw new global::System.ArgumentException(name + " has length " + length + ", but must have " + expected + ": " + meaning, name);
            }

            """);
        if (Indices(program.Network) is { } rows)
        {
            using (w.Block($"internal static void CheckIndices({dialect.ReadOnly()} inputs, string name)"))
            {
                using (w.Block($"for (int k = 0; k < {dialect.Length("inputs")}; k++)"))
                {
                    w.Line("float index = inputs[k];");
                    w.Line("// Written so that a NaN is none either.");
                    using (w.Block(Invariant($"if (!(index >= 0f && index < {rows}f && (int)index == index))")))
                        w.Line($"throw {OutOfRange(target, "name", "index", Invariant($"name + \"[\" + k + \"] is no index: it must be a whole number from 0 to {rows - 1}\""))};");
                }
            }

            w.Line();
        }

        if (!CoreMembers.UsesStack(dialect, program) || program.Training is not null || StepMembers.CallersScratch(dialect, program) > 0)
        {
            w.Line("""
                internal static void CheckScratch(int length, int needed, string meaning)
                {
                    if (length < needed)
                        throw new global::System.ArgumentException("scratch has length " + length + ", but must have at least " + needed + ": " + meaning, "scratch");
                }

                """);
        }

        if (program.Training is null)
            return;
        w.Line($$"""
            internal static void CheckSome(int samples)
            {
                if (samples == 0)
                    throw new global::System.ArgumentException("inputs is empty, but a loss needs at least one sample", "inputs");
            }

            internal static void CheckLearningRate(float learningRate)
            {
                if (!(learningRate >= 0f) || float.IsInfinity(learningRate))
                    throw {{OutOfRange(target, "\"learningRate\"", "learningRate", "\"learningRate must be a finite number, at least 0\"")}};
            }

            """);
        if (program.Network.Layers.OfType<BatchNorm>().Any(static l => l is { UsesBatch: true, Rows: 1 }))
        {
            w.Line("""
                internal static void CheckBatch(int samples, string layer)
                {
                    if (samples < 2)
                        throw new global::System.ArgumentException("inputs has 1 sample, but the batch norm '" + layer + "' has one value of each channel in a sample and takes the variance over the batch: train on at least 2", "inputs");
                }

                """);
        }

        w.Line($$"""
            internal static void CheckTargets(int inputs, int targets)
            {
                int samples = SampleCount(inputs);
                CheckSome(samples);
                CheckLength("targets", targets, (long)samples * OutputSize, "samples times OutputSize");
            }

            """);
        if (program.Network.Loss is TermLoss { PositiveWeights: { Count: > 0 } positive })
        {
            ConstantTable.EmitMember(
                w, dialect, "What the loss of targets of 1 is multiplied by, for each feature of the output.", Kernels.ElementwiseLoss.PositiveWeights, positive);
        }

        if (program.Training.LabelSize is not { } labelSize)
            return;
        int classes = Classes(program);
        var loss = program.Network.Loss as CategoricalLoss;
        int? ignored = loss?.IgnoredLabel;
        using (w.Block($"internal static void CheckLabels(int inputs, {dialect.ReadOnly("int")} labels)"))
        {
            w.Line("int samples = SampleCount(inputs);");
            w.Line("CheckSome(samples);");
            string expected = labelSize == 1 ? "samples" : Invariant($"(long)samples * {labelSize}"), meaning = labelSize == 1 ? "one for each sample" : Invariant($"{labelSize} for each sample");
            w.Line($"CheckLength(\"labels\", {dialect.Length("labels")}, {expected}, \"{meaning}\");");
            using (w.Block($"for (int k = 0; k < {dialect.Length("labels")}; k++)"))
            {
                string isNone = Invariant($"labels[k] < 0 || labels[k] >= {classes}");
                using (w.Block(ignored is { } label ? Invariant($"if (({isNone}) && labels[k] != {label})") : $"if ({isNone})"))
                    w.Line($"throw {OutOfRange(target, "\"labels\"", "labels[k]", Invariant($"\"labels[\" + k + \"] is no class: it must be from 0 to {classes - 1}{ExceptFor(program.Network)}\""))};");
            }
        }

        w.Line();
        if (ignored is { } none && loss!.Reduction == Reduction.Mean)
            EmitCounted(w, dialect, none, labelSize);
        int stride = SoftmaxActivation.AxisOf(program.Network.Output).Stride;
        bool weighs = Weighs(program.Network);
        if (weighs)
        {
            ConstantTable.EmitMember(w, dialect, "What the targets of each class are multiplied by.", "ClassWeights", loss!.ClassWeights);
            EmitWeighted(w, dialect, classes, stride);
        }

        string one = weighs ? "the weight of each one's class" : "1 for each one's class";
        w.Summary($"Targets made of labels: {one}, 0 for the others{(ignored is null ? "" : ", and for all where a label does not count")}.");
        EmitOneHot(w, dialect, classes, labelSize, stride, weighs, ignored);
        w.Line();
    }

    /// <summary>Targets are multiplied by their classes' weights before a loss reads them.</summary>
    public static bool Weighs(Binding.Network network) => network.Loss is CategoricalLoss { ClassWeights.Count: > 0 };

    /// <summary>Which label is none and yet may be given, for people; nothing where there is none.</summary>
    public static string ExceptFor(Binding.Network network) => network.Loss is CategoricalLoss { IgnoredLabel: { } label } ? Invariant($", or {label}, which does not count") : "";

    /// <summary>Declares how many samples the labels make that count.</summary>
    public static string DeclareCounted(string kernels) => $"double counted = {kernels}CountedSamples(samples, labels);";

    private static void EmitCounted(CodeWriter w, Dialect dialect, int ignored, int labelSize)
    {
        w.Summary("How many samples the labels that count make; all, where targets are given. Where none counts, 1: so nothing is divided by 0.");
        using (w.Block($"internal static double CountedSamples(int samples, {dialect.ReadOnly("int")} labels)"))
        {
            w.Line($"if ({(dialect.Target.HasSpan ? "labels.IsEmpty" : "labels == null")})\n    return samples;");
            w.Line("int counted = 0;");
            using (w.Block("for (int k = 0; k < labels.Length; k++)"))
                w.Line(Invariant($"counted += labels[k] != {ignored} ? 1 : 0;"));
            w.Line($"return counted == 0 ? 1.0 : {(labelSize == 1 ? "counted" : Invariant($"counted / {labelSize}.0"))};");
        }

        w.Line();
    }

    private static void EmitWeighted(CodeWriter w, Dialect dialect, int classes, int stride)
    {
        bool hasSpan = dialect.Target.HasSpan;
        string label = stride == 1 ? Invariant($"k % {classes}") : Invariant($"k / {stride} % {classes}");
        w.Summary("Targets, each times the weight of its class.");
        using (w.Block(hasSpan ? $"internal static {dialect.ReadOnly()} Weighted({dialect.ReadOnly()} targets, {dialect.Writable} weighted)"
            : "internal static float[] Weighted(float[] targets, int first, int count, float[] weighted, int at)"))
        {
            using (w.Block(hasSpan ? "for (int k = 0; k < targets.Length; k++)" : "for (int k = 0; k < count; k++)"))
                w.Line(hasSpan ? $"weighted[k] = ClassWeights[{label}] * targets[k];" : $"weighted[at + k] = ClassWeights[{label}] * targets[first + k];");
            w.Line("return weighted;");
        }

        w.Line();
    }

    private static void EmitOneHot(CodeWriter w, Dialect dialect, int classes, int labelSize, int stride, bool weighs, int? ignored)
    {
        bool hasSpan = dialect.Target.HasSpan;
        string index = stride == 1 ? Invariant($"k * {classes} + ") : Invariant($"k / {labelSize} * {labelSize * classes} + k % {labelSize} + ");
        string given = hasSpan ? "labels[k]" : "labels[first + k]", one = weighs ? $"ClassWeights[{given}]" : "1f";
        string label = given + (stride == 1 ? "" : Invariant($" * {stride}"));
        using (w.Block(hasSpan ? $"internal static {dialect.ReadOnly()} OneHot({dialect.ReadOnly("int")} labels, {dialect.Writable} targets)"
            : "internal static float[] OneHot(int[] labels, int first, int count, float[] targets, int at)"))
        {
            w.Line(hasSpan ? "targets.Clear();" : Invariant($"global::System.Array.Clear(targets, at, count * {classes});"));
            using (w.Block(hasSpan ? "for (int k = 0; k < labels.Length; k++)" : "for (int k = 0; k < count; k++)"))
                w.Line((ignored is { } none ? Invariant($"if ({given} != {none})\n    ") : "") + $"targets[{(hasSpan ? "" : "at + ")}{index}{label}] = {one};");
            w.Line("return targets;");
        }
    }

    /// <summary>A new exception; where it takes no value, the message says it.</summary>
    public static string OutOfRange(Target target, string name, string value, string message) =>
        $"new global::System.ArgumentOutOfRangeException({name}, {(target.IsSmall ? $"{message} + \", not \" + {value}" : $"{value}, {message}")})";

    private static void EmitTable(CodeWriter w, Program program, Target target)
    {
        if (target.IsSmall)
        {
            using (w.Block("internal static ParameterInfo[] Table()"))
            {
                w.Line("return new ParameterInfo[]");
                EmitEntries(w, program);
            }

            w.Line();
            return;
        }

        w.Line("internal static readonly ParameterInfo[] Table =");
        EmitEntries(w, program);
        w.Line();
    }

    private static void EmitEntries(CodeWriter w, Program program)
    {
        w.Line("{");
        foreach (Binding.PlacedParameter placed in program.Network.Parameters)
        {
            Parameter p = placed.Parameter;
            w.Line(Invariant($"    new ParameterInfo({CSharpLiteral.String(placed.Name)}, new[] {{ {string.Join(", ", p.Shape)} }}, {placed.Offset}, new[] {{ {string.Join(", ", p.Strides)} }}),"));
        }

        w.Line("};");
    }
}
