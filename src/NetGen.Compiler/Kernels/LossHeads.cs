using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// A loss that is a sum over the outputs of a formula in f (the prediction) and t (the target), computed in double (over vectors, what has no logarithm in
/// floats):
/// gives back the sum and, where a gradient is wanted, writes df = scale · the formula's derivative.
/// </summary>
/// <param name="LossName">What the loss is called, for people.</param>
/// <param name="Terms">What the formula of one output is, with its share (the mean over the outputs is a factor in it).</param>
/// <param name="Derivative">Its derivative by f.</param>
internal sealed record ElementwiseLoss(string Name, string LossName, Buffer F, Buffer T, Buffer? Df, Expr Terms, Expr Derivative) : Kernel(Name)
{
    /// <summary>The table of what the formula calls p, in the class that holds the kernels.</summary>
    public const string PositiveWeights = "PositiveWeights";

    /// <summary>Its name, where there are several.</summary>
    public string Table { get; init; } = PositiveWeights;

    /// <summary>How many numbers are called p, one for each feature of the output; 0 where the formula holds none.</summary>
    public int Features { get; init; }

    /// <summary>How far apart neighbouring features stand.</summary>
    public int FeatureStride { get; init; } = 1;

    public override IEnumerable<Operand> Operands
    {
        get
        {
            yield return new Operand(F, Access.Read);
            yield return new Operand(T, Access.Read);
            if (Df is not null)
                yield return new Operand(Df, Access.Overwrite);
        }
    }

    public override IEnumerable<Scalar> Scalars => Df is null ? [] : [Scalar.Scale];

    public override bool GivesLoss => true;

    public override long MultiplyAdds => 0;

    public override long Statements => 16L * F.Size;

    public override string Formula => $"loss = {LossName}({F.Name}, {T.Name})" + (Df is null ? "" : $", and its gradient {Df.Name}");

    public override void Emit(KernelWriter w)
    {
        CodeWriter code = w.Code;
        if (IsForFloats)
        {
            w.Vectors(F.Size, WriteVectors, returns: true);
            return;
        }

        if (F.Size == 1)
        {
            Read(w, "0");
            if (Df is not null)
                code.Line($"{w.At(Df, "0")} = (float)(scale * {Factor(w)});");
            code.Line($"return {w.Print(Terms, Precision.Double)};");
            return;
        }

        code.Line("double loss = 0.0;");
        using (code.Block(KernelWriter.Loop("k", F.Size)))
        {
            Read(w, "k");
            code.Line($"loss += {w.Print(Terms, Precision.Double)};");
            if (Df is not null)
                code.Line($"{w.At(Df, "k")} = (float)(scale * {Factor(w)});");
        }

        code.Line();
        code.Line("return loss;");
    }

    public override bool EmitLanes(LaneWriter w)
    {
        if (!IsForFloats || Df is null)
            return false;
        for (int k = 0; k < F.Size; k++)
        {
            Term Variable(string name) => name == "f" ? w.Read(F, k) : name == "t" ? w.Read(T, k) : w.Weights!;
            w.AddLoss(ExprTerms.Of(Terms, Variable));
            w.Write(Df, k, ExprTerms.Of(Derivative * Expr.Var("weights"), Variable));
        }

        return true;
    }

    private bool IsForFloats => !Terms.Parts().Concat(Derivative.Parts()).Any(static p => p is Call { Function: not Function.Abs });

    /// <summary>Where no logarithm asks for more, the terms are computed as floats.</summary>
    private void WriteVectors(VectorCode v)
    {
        Term weight = Df is null ? Term.Zero : v.Code.Let("weight", Term.All(Term.Of(Operation.ToFloat, new Argument("scale", Kind.Double))));
        Local losses = v.Code.Variable("losses", Term.Zero);
        List<(string, Address)> places = [("fs", v.Start(F)), ("ts", v.Start(T))];
        if (Df is not null)
            places.Add(("dfs", v.Start(Df)));
        v.Over(F.Size, once: true, places, (at, part) =>
        {
            Term f = v.Code.Let("f", v.Load(at[0], part)), t = v.Code.Let("t", v.Load(at[1], part));
            Term Variable(string name) => name == "f" ? f : name == "t" ? t : weight;
            // Lanes without an output add nothing.
            v.Code.Increase(losses, VectorCode.Counted(v.Code.Let("term", ExprTerms.Of(Terms, Variable)), part));
            if (Df is not null)
                v.Store(at[2], part is Part.Last ? Part.Whole : part, ExprTerms.Of(Derivative * Expr.Var("weight"), Variable));
        });
        v.Code.Return(Term.Of(Operation.Sum, new Get(losses)));
    }

    private void Read(KernelWriter w, string k)
    {
        w.Code.Line($"double f = {w.At(F, k)};");
        w.Code.Line($"double t = {w.At(T, k)};");
        if (Features > 0)
            w.Code.Line($"double p = {Table}[{FeatureOf(k)}];");
    }

    private string FeatureOf(string k)
    {
        string place = FeatureStride == 1 ? k : Invariant($"{k} / {FeatureStride}");
        return F.Size == Features * FeatureStride ? place : Invariant($"{place} % {Features}");
    }

    private string Factor(KernelWriter w)
    {
        string text = w.Print(Derivative, Precision.Double);
        return Derivative is Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } or Negate or Select ? $"({text})" : text;
    }
}

/// <summary>
/// Categorical cross-entropy of a softmax over logits z, fused: with rest = the sum of e^(z - max) over all but the
/// largest, the log of the sum is max + log(1 + rest), and 1 - softmax of the largest is rest / (1 + rest); so neither loss
/// nor gradient cancels, however certain the network is. Gradient: softmax(z) times the targets' sum, minus the targets.
/// With label smoothing s, t is (1 - s) t + s / n of the targets' sum, which that leaves as it is.
/// The mean over the groups (steps or positions), times the weight. Computed in floats: what z - max loses in rounding is put back into e^(z - max).
/// </summary>
/// <param name="Target">Probabilities.</param>
internal sealed record SoftmaxCrossEntropy(string Name, Buffer Z, Buffer Target, Buffer? Dz, SoftmaxAxis Axis) : Kernel(Name)
{
    /// <summary>What loss and gradient are multiplied by.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The share of the targets that is spread over all classes.</summary>
    public double Smoothing { get; init; }

    public override IEnumerable<Operand> Operands
    {
        get
        {
            yield return new Operand(Z, Access.Read);
            yield return new Operand(Target, Access.Read);
            if (Dz is not null)
                yield return new Operand(Dz, Access.Overwrite);
        }
    }

    public override IEnumerable<Scalar> Scalars => Dz is null ? [] : [Scalar.Scale];

    public override bool GivesLoss => true;

    public override long MultiplyAdds => 0;

    public override bool IsWorthLanes => Axis.Groups == 1 && Dz is not null && Z.Size <= 4;

    public override long Statements => 16L * Z.Size;

    private string Weighted => Weight == 1 ? "" : CSharpLiteral.Shortest((float)Weight) + " ";

    private string Smoothed => Smoothing == 0 ? "" : $", smoothed by {CSharpLiteral.Shortest((float)Smoothing)}";

    public override string Formula => $"loss = {Weighted}cross_entropy(softmax({Z.Name}), {Target.Name}{Smoothed})" + (Dz is null ? "" : $", and its gradient {Dz.Name}");

    public override void Emit(KernelWriter w) => Axis.Emit(w, Write, returns: true);

    private void Write(VectorCode v)
    {
        Local loss = v.Code.Variable("loss", new DoubleNumber(0));
        Term scale = new Argument("scale", Kind.Double);
        Axis.ForEachGroup(v, Dz is null ? [("z", Z), ("target", Target)] : [("z", Z), ("target", Target), ("dz", Dz)], at =>
            SoftmaxVectors.WriteLoss(v, at[0], at[1], Dz is null ? null : at[2], Axis, loss, OfSample(scale), LabelSmoothing.Of(this)));
        v.Code.Return(OfSample(new Get(loss)));
    }

    /// <summary>The mean over the groups, times the weight.</summary>
    private Term OfSample(Term sum) => Weight != 1 ? sum * new DoubleNumber(Weight / Axis.Groups) : Axis.Groups > 1 ? sum / Axis.Groups : sum;

    /// <summary>As for one sample; the second largest of a sample is what is left of it.</summary>
    public override bool EmitLanes(LaneWriter w)
    {
        if (Axis.Groups > 1 || Dz is null)
            return false;
        Term one = Term.One;
        Term[] t = [.. Enumerable.Range(0, Z.Size).Select(k => w.Read(Target, k))];
        Term max = Softmax.LargestOf(w, Z);
        Local targetSum = w.Code.Variable("targetSum", t[0]), loss = w.Code.Variable("terms", Term.Zero);
        LabelSmoothing? smoothing = LabelSmoothing.Of(this);
        Local? allBelow = smoothing is null ? null : w.Code.Variable("allBelow", Term.Zero);
        var e = new Term[Z.Size];
        for (int k = 0; k < Z.Size; k++)
        {
            Term z = w.Read(Z, k);
            Term below = w.Code.Let("below", z - max), back = w.Code.Let("back", z - below);
            Term lost = w.Code.Let("lost", z - (below + back) + (back - max));
            Term power = w.Code.Let("power", Term.Call(Function.Exp, below));
            e[k] = w.Code.Let("e", Term.MultiplyAdd(power, lost & Term.Of(Operation.Equal, lost, lost), power));
            if (k > 0)
                w.Code.Increase(targetSum, t[k]);
            w.Code.Set(loss, new Get(loss) - Term.Of(Operation.Select, Term.Of(Operation.Equal, t[k], Term.Zero), Term.Zero, t[k] * below));
            if (allBelow is not null)
                w.Code.Set(allBelow, new Get(allBelow) - below);
        }

        Term rest = LogSoftmax.RestOf(w, e), sum = new Get(targetSum);
        Term all = smoothing is null ? new Get(loss) : smoothing.Loss(new Get(loss), sum, new Get(allBelow!));
        Term terms = Term.MultiplyAdd(sum, Term.Call(Function.LogP1, rest), all);
        Term weight = Term.All(new FloatNumber((float)Weight));
        w.AddLoss(Weight == 1 ? terms : terms * weight);
        Term share = w.Code.Let("share", (Weight == 1 ? w.Weights! : w.Weights! * weight) / (one + rest));
        for (int k = 0; k < Z.Size; k++)
        {
            Term others = w.Code.Let("others", Term.Of(Operation.Select, Term.Of(Operation.Equal, e[k], one), rest, one + rest - e[k]));
            (Term own, Term other) = smoothing is null ? (t[k], sum - t[k]) : smoothing.Targets(w.Code, t[k], sum);
            w.Write(Dz, k, share * ((e[k] * other) - (own * others)));
        }

        return true;
    }
}
