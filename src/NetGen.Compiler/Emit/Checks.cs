using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
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
        if (program.Training.LabelSize is not { } labelSize)
            return;
        int classes = Classes(program);
        using (w.Block($"internal static void CheckLabels(int inputs, {dialect.ReadOnly("int")} labels)"))
        {
            w.Line("int samples = SampleCount(inputs);");
            w.Line("CheckSome(samples);");
            string expected = labelSize == 1 ? "samples" : Invariant($"(long)samples * {labelSize}"), meaning = labelSize == 1 ? "one for each sample" : Invariant($"{labelSize} for each sample");
            w.Line($"CheckLength(\"labels\", {dialect.Length("labels")}, {expected}, \"{meaning}\");");
            using (w.Block($"for (int k = 0; k < {dialect.Length("labels")}; k++)"))
            {
                using (w.Block(Invariant($"if (labels[k] < 0 || labels[k] >= {classes})")))
                    w.Line($"throw {OutOfRange(target, "\"labels\"", "labels[k]", Invariant($"\"labels[\" + k + \"] is no class: it must be from 0 to {classes - 1}\""))};");
            }
        }

        w.Line();
        w.Summary("Targets made of labels: 1 for each one's class, 0 for the others.");
        EmitOneHot(w, dialect, classes, labelSize, SoftmaxActivation.AxisOf(program.Network.Output).Stride);
        w.Line();
    }

    private static void EmitOneHot(CodeWriter w, Dialect dialect, int classes, int labelSize, int stride)
    {
        bool hasSpan = dialect.Target.HasSpan;
        string index = stride == 1 ? Invariant($"k * {classes} + ") : Invariant($"k / {labelSize} * {labelSize * classes} + k % {labelSize} + ");
        string label = (hasSpan ? "labels[k]" : "labels[first + k]") + (stride == 1 ? "" : Invariant($" * {stride}"));
        using (w.Block(hasSpan ? $"internal static {dialect.ReadOnly()} OneHot({dialect.ReadOnly("int")} labels, {dialect.Writable} targets)"
            : "internal static float[] OneHot(int[] labels, int first, int count, float[] targets, int at)"))
        {
            w.Line(hasSpan ? "targets.Clear();" : Invariant($"global::System.Array.Clear(targets, at, count * {classes});"));
            using (w.Block(hasSpan ? "for (int k = 0; k < labels.Length; k++)" : "for (int k = 0; k < count; k++)"))
                w.Line($"targets[{(hasSpan ? "" : "at + ")}{index}{label}] = 1f;");
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
