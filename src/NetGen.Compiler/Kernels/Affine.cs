using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using static System.FormattableString;
using static NetGen.Compiler.Dialects.KernelWriter;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y = φ(W x + b) for each row of x: a contraction with bias and an elementwise epilogue φ.
/// The weight is kept as [in][out], so that a vector holds neighbouring outputs.
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

    public override long MultiplyAdds => (long)Rows * Inputs * Outputs;

    public override string Formula
    {
        get
        {
            string sum = $"{Weight.Name} {X.Name}" + (Bias is null ? "" : " + " + Bias.Name);
            return $"{Y.Name} = {(Epilogue is null ? sum : $"{EpilogueName}({sum})")}" + (Rows > 1 ? Invariant($", for each of {Rows} rows") : "");
        }
    }

    public override void Differentiate(IGradients gradients)
    {
        Buffer dy = gradients.Of(Y);
        if (gradients.Wanted(X) is { } dx)
            gradients.Add(new AffineInputGradient(Name, dy, Weight, dx.Buffer, dx.Access, Rows, Inputs, Outputs));
        if (gradients.WantedParameter(Weight) is { } dw)
            gradients.Add(new AffineWeightGradient(Name, X, dy, dw, Rows, Inputs, Outputs));
        if (gradients.WantedParameter(Bias) is { } db)
            gradients.Add(new AffineBiasGradient(Name, dy, db, Rows, Outputs));
    }

    public override void Emit(KernelWriter w)
    {
        if (w.IsStraightLine)
        {
            for (int row = 0; row < Rows; row++)
            {
                for (int o = 0; o < Outputs; o++)
                    EmitWhole(w, row, o);
            }

            return;
        }

        if (w.UsesVectors(Outputs))
        {
            w.Reference(Weight);
            w.Reference(Y);
            if (Bias is not null)
                w.Reference(Bias);
        }

        if (Rows == 1)
        {
            EmitRow(w, "0");
            return;
        }

        using (w.Code.Block(Loop("row", Rows)))
            EmitRow(w, "row");
    }

    private void EmitWhole(KernelWriter w, int row, int o)
    {
        var terms = new List<string>();
        if (Bias is not null)
            terms.Add(w.At(Bias, o));
        for (int i = 0; i < Inputs; i++)
            terms.Add($"{w.At(Weight, (i * Outputs) + o)} * {w.At(X, (row * Inputs) + i)}");
        // Eight terms a line.
        string sum = "";
        for (int t = 0; t < terms.Count; t++)
            sum += t == 0 ? terms[t] : (t % 8 == 0 ? "\n    + " : " + ") + terms[t];
        EmitStore(w, Invariant($"{(row * Outputs) + o}"), sum);
    }

    private void EmitRow(KernelWriter w, string row)
    {
        string y = Index(row, Outputs, "o");
        bool vectors = w.UsesVectors(Outputs);
        if (vectors)
        {
            w.Code.Line("int o = 0;");
            // Four sums at once hide the latency of a multiply-add; the narrowest vector has four floats.
            if (Outputs >= 16)
                EmitVectors(w, row, ["sumA", "sumB", "sumC", "sumD"]);
            EmitVectors(w, row, ["sum"]);
        }

        using (w.Code.Block(vectors ? Invariant($"for (; o < {Outputs}; o++)") : Loop("o", Outputs)))
        {
            w.Code.Line($"float sum = {(Bias is null ? "0f" : w.At(Bias, "o"))};");
            using (w.Code.Block(Loop("i", Inputs)))
                w.Code.Line($"sum += {w.At(Weight, WeightIndex("i", "o"))} * {w.At(X, Index(row, Inputs, "i"))};");
            EmitStore(w, y, "sum");
        }
    }

    /// <summary>As many whole vectors of outputs at once as there are sums.</summary>
    private void EmitVectors(KernelWriter w, string row, string[] sums)
    {
        string At(int sum) => sum switch
        {
            0 => "o",
            1 => $"o + {Dialect.VectorOfFloat}.Count",
            _ => Invariant($"o + {sum} * {Dialect.VectorOfFloat}.Count"),
        };
        bool epilogueInVectors = Epilogue is not null && ExprPrinter.IsVectorisable(Epilogue, static v => v != "x");
        using (w.Code.Block(VectorLoop("o", Outputs, sums.Length)))
        {
            for (int s = 0; s < sums.Length; s++)
                w.Code.Line($"var {sums[s]} = {(Bias is null ? Dialect.VectorOfFloat + ".Zero" : Load(Bias, At(s)))};");
            using (w.Code.Block(Loop("i", Inputs)))
            {
                w.Code.Line($"var x = {Broadcast(w.At(X, Index(row, Inputs, "i")))};");
                for (int s = 0; s < sums.Length; s++)
                    w.Code.Line($"{sums[s]} = {MultiplyAdd("x", Load(Weight, WeightIndex("i", At(s))), sums[s])};");
            }

            for (int s = 0; s < sums.Length; s++)
            {
                string value = epilogueInVectors ? w.Print(Epilogue!, Precision.Vector, _ => sums[s]) : sums[s];
                w.Code.Line(Store(Y, Index(row, Outputs, At(s)), value));
            }

            if (Epilogue is null || epilogueInVectors)
                return;
            string width = (sums.Length == 1 ? "" : Invariant($"{sums.Length} * ")) + Dialect.VectorOfFloat + ".Count";
            using (w.Code.Block($"for (int k = o; k < o + {width}; k++)"))
            {
                string k = Index(row, Outputs, "k");
                w.Code.Line($"{w.At(Y, k)} = {w.Print(Epilogue, Precision.Float, _ => w.At(Y, k))};");
            }
        }
    }

    private string WeightIndex(string i, string o) => Outputs == 1 ? i : Invariant($"{i} * {Outputs} + {o}");

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
        bool isSimple = uses > 1 || !sum.Contains(" ") || Epilogue is Call or Binary { Operator: BinaryOperator.Max };
        w.Code.Line($"{w.At(Y, index)} = {w.Print(Epilogue, Precision.Float, _ => isSimple ? argument : "(" + argument + ")")};");
    }
}
