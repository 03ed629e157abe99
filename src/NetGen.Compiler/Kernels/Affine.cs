using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using static NetGen.Compiler.Dialects.KernelWriter;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y = φ(W x + b) for each row of x: a contraction with bias and an elementwise epilogue φ.
/// The weight is kept as [in][out], so that a vector holds neighbouring outputs; where outputs are few, or the weight is large, as [out][in]
/// (<see cref="KeepsOutputsTogether"/>).
/// Derivative: dx = Wᵀ dy, dW = dy xᵀ, db = dy, summed over the rows (<see cref="AffineInputGradient"/>,
/// <see cref="AffineWeightGradient"/>, <see cref="AffineBiasGradient"/>); φ is the identity wherever it is differentiated.
/// </summary>
internal sealed record Affine(
    string Name, Buffer X, Buffer Weight, Buffer? Bias, Buffer Y, int Rows, int Inputs, int Outputs, Expr? Epilogue, string? EpilogueName)
    : Kernel(Name)
{
    public override IEnumerable<Operand> Operands
    {
        get
        {
            yield return new Operand(X, Access.Read);
            yield return new Operand(Weight, Access.Read);
            if (Bias is not null)
                yield return new Operand(Bias, Access.Read);
            yield return new Operand(Y, Access.Overwrite);
        }
    }

    /// <summary>
    /// Steps of time go through the weight from the first row to the last and from the last to the first by turns. Where it is more than the first cache holds,
    /// a step begins with the rows that are still there.
    /// </summary>
    public bool Alternates { get; init; }

    /// <summary>How the weight lies in memory; another order than the sizes ask for where other kernels read it too.</summary>
    public WeightOrder WeightOrder { get; init; } = WeightOrders.Of(Inputs, Outputs);

    public override IEnumerable<Scalar> Scalars => Alternates ? [Scalar.Step] : [];

    public override long MultiplyAdds => (long)Rows * Inputs * Outputs;

    public override string Formula
    {
        get
        {
            string sum = $"{Weight.Name} {X.Name}" + (Bias is null ? "" : " + " + Bias.Name);
            return $"{Y.Name} = {(Epilogue is null ? sum : $"{EpilogueName}({sum})")}" + (Rows > 1 ? Invariant($", for each of {Rows} rows") : "");
        }
    }

    public override Kernel? WithEpilogue(Buffer x, Buffer y, Expr function, string name) =>
        Epilogue is null && x == Y ? this with { Y = y, Epilogue = function, EpilogueName = name } : null;

    public override void Differentiate(IGradients gradients)
    {
        Buffer dy = gradients.Of(Y);
        if (gradients.Wanted(X) is { } dx)
            gradients.Add(new AffineInputGradient(Name, dy, Weight, dx.Buffer, dx.Access, Rows, Inputs, Outputs) { WeightOrder = WeightOrder });
        if (gradients.WantedParameter(Weight) is { } dw)
            gradients.Add(new AffineWeightGradient(Name, X, dy, dw, Rows, Inputs, Outputs) { WeightOrder = WeightOrder });
        if (gradients.WantedParameter(Bias) is { } db)
            gradients.Add(new AffineBiasGradient(Name, dy, db, Rows, Outputs));
    }

    /// <summary>
    /// How a weight is kept: [in][out], where vectors of neighbouring outputs are filled well; else [out][in], which for few
    /// outputs spares the lanes that would stay empty, and gives the input gradient without sums over lanes. A large weight is [out][in] too:
    /// the product keeps its sums in registers however many outputs there are, and a step leaves out the rows of outputs without a gradient, half of them
    /// behind relu.
    /// </summary>
    public static bool KeepsOutputsTogether(int inputs, int outputs) => (outputs >= Tuning.Dense.FillingOutputs || outputs >= inputs) && !IsOfRows(inputs, outputs);

    /// <summary>The weight is one stream of rows [out][in], and the pass over it goes from row to row.</summary>
    public static bool IsOfRows(int inputs, int outputs) => inputs >= outputs && inputs >= Tuning.Dense.LeastRow && (long)inputs * outputs > Tuning.Dense.StreamAbove;

    /// <summary>Samples of a block share what is read of the weight.</summary>
    public bool SharesWeight => Outputs >= Tuning.Dense.FillingOutputs || WeightOrder == WeightOrder.OutputsTogether;

    public override void Emit(KernelWriter w)
    {
        if (w.HasVectors)
        {
            AffineVectors.Emit(w, this);
            return;
        }

        w.ForEach("row", Rows, row => w.ForEach("o", Outputs, o =>
        {
            if (w.IsStraightLine)
                EmitWhole(w, int.Parse(row, CultureInfo.InvariantCulture), int.Parse(o, CultureInfo.InvariantCulture));
            else
                EmitLoop(w, row, o);
        }));
    }

    public override bool EmitBlock(BlockWriter w)
    {
        // Few outputs are dot products, which one sample's form does as well.
        if (!SharesWeight || !w.IsEven(X, Rows, Inputs) || !w.IsEven(Y, Rows, Outputs))
            return false;
        bool together = WeightOrder == WeightOrder.OutputsTogether;
        w.Multiply(Rows, Outputs, Inputs, X, Weight, together ? Outputs : 1, together ? 1 : Inputs, Bias, Y);
        if (Epilogue is not null)
            new Map(KernelNames.Stem(Name) + "Activation", Y, Y, Epilogue, EpilogueName!).EmitBlock(w);
        return true;
    }

    public override bool EmitLanes(LaneWriter w)
    {
        if (Rows > 1)
            return false;
        if (Outputs <= Tuning.Samples.FewOutputs && Inputs > Tuning.Samples.FewOutputs)
        {
            // All sums at once, so that each input is needed once.
            Local[] sums = [.. Enumerable.Range(0, Outputs).Select(o => w.Code.Variable("sum", FirstTerm(w, o)))];
            w.ForEach(X, (i, x) =>
            {
                for (int o = 0; o < Outputs; o++)
                    AddTerm(w, sums[o], x, i, o);
            });
            for (int o = 0; o < Outputs; o++)
                w.Write(Y, o, Activated(sums[o]));
            return true;
        }

        w.Settle(X);
        w.WriteEach(Y, [], o =>
        {
            Local sum = w.Code.Variable("sum", FirstTerm(w, o));
            w.ForEach(X, (i, x) => AddTerm(w, sum, x, i, o));
            return Activated(sum);
        });
        return true;
    }

    private Term FirstTerm(LaneWriter w, Term o) => Bias is null ? Term.Zero : w.Parameter(Bias, o);

    private void AddTerm(LaneWriter w, Local sum, Term x, Term i, Term o) =>
        w.Code.Set(sum, Term.MultiplyAdd(w.Parameter(Weight, WeightOrder.Index(Inputs, Outputs, i, o)), x, new Get(sum)));

    private Term Activated(Local sum) => Epilogue is null ? new Get(sum) : ExprTerms.Of(Epilogue, _ => new Get(sum));

    private void EmitWhole(KernelWriter w, int row, int o)
    {
        var terms = new List<string>();
        if (Bias is not null)
            terms.Add(w.At(Bias, o));
        for (int i = 0; i < Inputs; i++)
            terms.Add($"{w.At(Weight, WeightOrder.Index(Inputs, Outputs, i, o))} * {w.At(X, (row * Inputs) + i)}");
        // Eight terms a line.
        string sum = "";
        for (int t = 0; t < terms.Count; t++)
            sum += t == 0 ? terms[t] : (t % 8 == 0 ? "\n    + " : " + ") + terms[t];
        EmitStore(w, Invariant($"{(row * Outputs) + o}"), sum);
    }

    private void EmitLoop(KernelWriter w, string row, string o)
    {
        w.Code.Line($"float sum = {(Bias is null ? "0f" : w.At(Bias, o))};");
        using (w.Code.Block(Loop("i", Inputs)))
            w.Code.Line($"sum += {w.At(Weight, WeightOrder.Index(Inputs, Outputs, "i", o))} * {w.At(X, Index(row, Inputs, "i"))};");
        EmitStore(w, Index(row, Outputs, o), "sum");
    }

    private void EmitStore(KernelWriter w, string index, string sum)
    {
        if (Epilogue is null)
        {
            w.Code.Line($"{w.At(Y, index)} = {sum};");
            return;
        }

        // A formula that reads its argument more than once reads it from where it is stored.
        int uses = 0;
        foreach (Expr part in Epilogue.Parts())
            uses += part is Variable ? 1 : 0;
        if (uses > 1)
            w.Code.Line($"{w.At(Y, index)} = {sum};");
        string argument = uses > 1 ? w.At(Y, index) : sum;
        bool isSimple = uses > 1 || !sum.Contains(" ") || Epilogue is Call or Binary { Operator: BinaryOperator.Max or BinaryOperator.Min };
        w.Code.Line($"{w.At(Y, index)} = {w.Print(Epilogue, Precision.Float, _ => isSimple ? argument : "(" + argument + ")")};");
    }
}
