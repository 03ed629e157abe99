using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>
/// Prints how a fresh parameter buffer is filled. Element k of parameter p, in presented order, is a function of
/// (seed, p, k) made of operations that round alike everywhere, so weights do not depend on platform or layout.
/// </summary>
internal static class InitializerEmitter
{
    public static void Emit(CodeWriter w, Dialect dialect, Network network)
    {
        w.Summary("Fills a parameter buffer of zeros with the weights that a seed gives.");
        using (w.Block($"internal static void Initialize({dialect.Writable} parameters, int seed)"))
        {
            w.Line("ulong key = unchecked((ulong)seed);");
            int ordinal = 0;
            foreach (PlacedParameter placed in network.Parameters)
            {
                w.Line();
                Emit(w, dialect, placed, ordinal++);
            }
        }

        w.Line();
    }

    private static void Emit(CodeWriter w, Dialect dialect, PlacedParameter placed, int ordinal)
    {
        Parameter parameter = placed.Parameter;
        string Draw(Helper helper)
        {
            dialect.Use(helper);
            return Invariant($"{helper}(key, {ordinal}, {Element(parameter)})");
        }

        switch (parameter.Initializer)
        {
            case ConstantInitializer { Value: 0 }:
                w.Line($"// {placed.Name} = 0");
                break;
            case ConstantInitializer constant:
                Fill(w, placed, CSharpLiteral.Shortest(constant.Value), CSharpLiteral.Float(constant.Value));
                break;
            case UniformInitializer uniform:
                string from = CSharpLiteral.Double(uniform.From);
                string width = CSharpLiteral.Double(uniform.To - uniform.From);
                Fill(w, placed, $"uniform from {from} to {CSharpLiteral.Double(uniform.To)}", $"(float)({from} + {width} * {Draw(Helper.UniformWeight)})");
                break;
            case NormalInitializer normal:
                Fill(w, placed, Describe("normal", normal.Mean, normal.Deviation), Scaled(normal.Mean, normal.Deviation, Draw(Helper.NormalWeight)));
                break;
            case TruncatedNormalInitializer normal:
                Fill(w, placed, Describe("normal within two deviations", normal.Mean, normal.Deviation), Scaled(normal.Mean, normal.Deviation, Draw(Helper.TruncatedNormalWeight)));
                break;
            case ValuesInitializer { Values: var values }:
                w.Line($"// {placed.Name}: as stated");
                using (w.Block(null))
                {
                    ConstantTable.Emit(w, "float[] stated =", values);
                    using (w.Block(KernelWriter.Loop("k", values.Count)))
                        w.Line(Invariant($"parameters[{placed.Offset} + k] = stated[k];"));
                }

                break;
            case StretchInitializer stretch:
                w.Line(Invariant($"// {placed.Name} = 0, but {CSharpLiteral.Shortest(stretch.Value)} from {stretch.From} to {stretch.From + stretch.Count - 1}"));
                using (w.Block(KernelWriter.Loop("k", stretch.Count)))
                    w.Line(Invariant($"parameters[{placed.Offset + stretch.From} + k] = {CSharpLiteral.Float(stretch.Value)};"));
                break;
            case OrthogonalInitializer { Blocks: > 1 } orthogonal:
                EmitBlocks(w, dialect, placed, ordinal, orthogonal);
                break;
            case OrthogonalInitializer orthogonal:
                dialect.Use(Helper.Orthogonal);
                using (w.Block(null))
                {
                    w.Line(Invariant($"double[] matrix = Orthogonal(key, {ordinal}, 0, {parameter.Shape[0]}, {parameter.Size / parameter.Shape[0]}, {CSharpLiteral.Double(orthogonal.Gain)});"));
                    Fill(w, placed, "orthogonal", $"(float)matrix[{Element(parameter)}]");
                }

                break;
        }
    }

    /// <summary>A matrix for each gate.</summary>
    private static void EmitBlocks(CodeWriter w, Dialect dialect, PlacedParameter placed, int ordinal, OrthogonalInitializer orthogonal)
    {
        Parameter parameter = placed.Parameter;
        dialect.Use(Helper.Orthogonal);
        int rows = parameter.Shape[0] / orthogonal.Blocks, columns = parameter.Shape[1];
        string At(int stride, string index) => stride == 1 ? index : Invariant($"{index} * {stride}");
        w.Line($"// {placed.Name}: orthogonal, each gate's {rows} rows by themselves");
        using (w.Block(KernelWriter.Loop("gate", orthogonal.Blocks)))
        {
            w.Line(Invariant($"double[] matrix = Orthogonal(key, {ordinal}, gate * {rows * columns}, {rows}, {columns}, {CSharpLiteral.Double(orthogonal.Gain)});"));
            using (w.Block(KernelWriter.Loop("row", rows)))
            using (w.Block(KernelWriter.Loop("column", columns)))
                w.Line(Invariant($"parameters[{placed.Offset} + {At(parameter.Strides[0], Invariant($"(gate * {rows} + row)"))} + {At(parameter.Strides[1], "column")}] = (float)matrix[row * {columns} + column];"));
        }
    }

    private static string Describe(string what, double mean, double deviation) =>
        $"{what}, mean {CSharpLiteral.Double(mean)}, deviation {CSharpLiteral.Double(deviation)}";

    private static string Scaled(double mean, double deviation, string draw) =>
        $"(float)({(mean == 0 ? "" : CSharpLiteral.Double(mean) + " + ")}{CSharpLiteral.Double(deviation)} * {draw})";

    /// <summary>An index for each presented axis.</summary>
    private static string[] Indices(Parameter parameter) =>
        parameter.Shape.Count == 1 ? ["k"] : [.. new[] { "row", "column", "k", "l" }.Take(parameter.Shape.Count)];

    /// <summary>The place in presented order.</summary>
    private static string Element(Parameter parameter)
    {
        string[] indices = Indices(parameter);
        string place = indices[0];
        for (int axis = 1; axis < indices.Length; axis++)
            place = Invariant($"{(axis > 1 ? $"({place})" : place)} * {parameter.Shape[axis]} + {indices[axis]}");
        return place;
    }

    private static void Fill(CodeWriter w, PlacedParameter placed, string what, string value)
    {
        Parameter parameter = placed.Parameter;
        w.Line($"// {placed.Name}: {what}");
        if (parameter.Shape.Count == 1)
        {
            using (w.Block(Invariant($"for (int k = 0; k < {parameter.Shape[0]}; k++)")))
                w.Line(Invariant($"parameters[{placed.Offset} + k] = {value};"));
            return;
        }

        string[] indices = Indices(parameter);
        IEnumerable<string> terms = indices.Select((index, axis) => parameter.Strides[axis] == 1 ? index : Invariant($"{index} * {parameter.Strides[axis]}"));
        if (placed.Offset != 0)
            terms = terms.Prepend(Invariant($"{placed.Offset}"));
        Nest(0);

        void Nest(int axis)
        {
            if (axis == indices.Length)
            {
                w.Line($"parameters[{string.Join(" + ", terms)}] = {value};");
                return;
            }

            using (w.Block(KernelWriter.Loop(indices[axis], parameter.Shape[axis])))
                Nest(axis + 1);
        }
    }
}
