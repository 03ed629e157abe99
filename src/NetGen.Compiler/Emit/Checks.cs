using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>The parameter table, and the checks that the public members begin with.</summary>
internal static class Checks
{
    /// <summary>The inputs that are indices, each with how many rows the smallest table has that they are indices into.</summary>
    public static IReadOnlyList<(int Input, int Rows)> Indices(Binding.Network network) =>
        [.. network.Layers.OfType<Embedding>().Select(e => (Input: IndexSource.InputOf(network.Layers, e), e.Rows)).GroupBy(static e => e.Input).Select(static g => (g.Key, g.Min(static e => e.Rows)))];

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
        EmitIndices(w, dialect, program);
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
                CheckLength("targets", targets, (long)samples * {{program.Network.TargetSizeName}}, "samples times {{program.Network.TargetSizeName}}");
            }

            """);
        LabelMembers.Emit(w, dialect, program);
    }

    /// <summary>What checks the indices of an input that stands by itself.</summary>
    public static string IndexCheckOf(Binding.Network network, int input) => network.Inputs.Count == 1 ? "CheckIndices" : "CheckIndicesOf" + network.Inputs[input].Member;

    private static void EmitIndices(CodeWriter w, Dialect dialect, Program program)
    {
        IReadOnlyList<(int Input, int Rows)> indices = Indices(program.Network);
        if (indices.Count == 0)
            return;
        if (program.Network.Inputs.Count == 1)
            EmitCheckIndices(w, dialect, "CheckIndices", [(0, 0, indices[0].Rows)]);
        else
        {
            foreach ((int input, int rows) in indices)
                EmitCheckIndices(w, dialect, IndexCheckOf(program.Network, input), [(0, 0, rows)]);
            EmitCheckIndices(w, dialect, "CheckIndices", [.. indices.Select(i => (program.Network.Inputs[i.Input].Offset, program.Network.Inputs[i.Input].Shape.Size, i.Rows))], "InputSize");
            if (program.Step is { } step)
                EmitCheckIndices(w, dialect, "CheckStepIndices", [.. indices.Where(i => step.Inputs[i.Input] is not null).Select(i => (step.Inputs.Take(i.Input).Sum(static s => s?.Size ?? 0), step.Inputs[i.Input]!.Size, i.Rows))], "StepInputSize");
        }
    }

    /// <param name="parts">Where in a sample the indices stand, and how many rows there are.</param>
    /// <param name="size">What a sample's size is called; null where all of it is indices.</param>
    private static void EmitCheckIndices(CodeWriter w, Dialect dialect, string name, IReadOnlyList<(int Offset, int Size, int Rows)> parts, string? size = null)
    {
        using (w.Block($"internal static void {name}({dialect.ReadOnly()} inputs, string name)"))
        {
            foreach ((int offset, int count, int rows) in parts)
            {
                string test = size is null ? "" : Invariant($"k % {size} >= {offset} && k % {size} < {offset + count} && ");
                using (w.Block($"for (int k = 0; k < {dialect.Length("inputs")}; k++)"))
                {
                    w.Line("float index = inputs[k];");
                    w.Line("// Written so that a NaN is none either.");
                    using (w.Block(Invariant($"if ({test}!(index >= 0f && index < {rows}f && (int)index == index))")))
                        w.Line($"throw {OutOfRange(dialect.Target, "name", "index", Invariant($"name + \"[\" + k + \"] is no index: it must be a whole number from 0 to {rows - 1}\""))};");
                }
            }
        }

        w.Line();
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
