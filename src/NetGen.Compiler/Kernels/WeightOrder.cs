using NetGen.Compiler.Loops;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>How the weight of an <see cref="Affine"/> lies in memory.</summary>
internal enum WeightOrder
{
    /// <summary>[in][out]: a vector holds neighbouring outputs.</summary>
    OutputsTogether,

    /// <summary>[out][in], of few outputs: all rows at once.</summary>
    FewRows,

    /// <summary>[out][in], of any number of outputs: one stream of rows.</summary>
    Rows,
}

/// <summary>Which order a weight has, and where its elements stand.</summary>
internal static class WeightOrders
{
    /// <summary>The order in which products of these sizes are fastest.</summary>
    public static WeightOrder Of(int inputs, int outputs) =>
        Affine.IsOfRows(inputs, outputs) ? WeightOrder.Rows : Affine.KeepsOutputsTogether(inputs, outputs) ? WeightOrder.OutputsTogether : WeightOrder.FewRows;

    /// <summary>The order of a weight of which it is settled whether its rows are outputs, because something else reads it too.</summary>
    public static WeightOrder Of(int inputs, int outputs, bool hasRowsOfOutputs)
    {
        WeightOrder fastest = Of(inputs, outputs);
        return !hasRowsOfOutputs ? WeightOrder.OutputsTogether : fastest == WeightOrder.OutputsTogether ? WeightOrder.Rows : fastest;
    }

    /// <summary>Where the weight of an input and an output stands.</summary>
    public static string Index(this WeightOrder order, int inputs, int outputs, string i, string o) => order == WeightOrder.OutputsTogether
        ? (outputs == 1 ? i : Invariant($"{i} * {outputs} + {o}"))
        : (inputs == 1 ? o : Invariant($"{o} * {inputs} + {i}"));

    public static Term Index(this WeightOrder order, int inputs, int outputs, Term i, Term o) =>
        order == WeightOrder.OutputsTogether ? Term.Index(i, outputs, o) : Term.Index(o, inputs, i);

    public static int Index(this WeightOrder order, int inputs, int outputs, int i, int o) =>
        order == WeightOrder.OutputsTogether ? (i * outputs) + o : (o * inputs) + i;
}
