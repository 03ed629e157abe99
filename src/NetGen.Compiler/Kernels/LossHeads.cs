using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// A loss that is a sum over the outputs of a formula in f (the prediction) and t (the target), computed in double:
/// gives back the sum and, where a gradient is wanted, writes df = scale · the formula's derivative.
/// </summary>
/// <param name="LossName">What the loss is called, for people.</param>
/// <param name="Terms">What the formula of one output is, with its share (the mean over the outputs is a factor in it).</param>
/// <param name="Derivative">Its derivative by f.</param>
internal sealed record ElementwiseLoss(string Name, string LossName, Buffer F, Buffer T, Buffer? Df, Expr Terms, Expr Derivative) : Kernel(Name)
{
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

    public override string Formula => $"loss = {LossName}({F.Name}, {T.Name})" + (Df is null ? "" : $", and its gradient {Df.Name}");

    public override void Emit(KernelWriter w)
    {
        CodeWriter code = w.Code;
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

    private void Read(KernelWriter w, string k)
    {
        w.Code.Line($"double f = {w.At(F, k)};");
        w.Code.Line($"double t = {w.At(T, k)};");
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
/// The mean over the groups (steps or positions). Computed in double.
/// </summary>
/// <param name="Target">Probabilities (floats) or one class index for each group.</param>
internal sealed record SoftmaxCrossEntropy(string Name, Buffer Z, Buffer Target, Buffer? Dz, SoftmaxAxis Axis) : Kernel(Name)
{
    private bool HasLabels => Target.Role == BufferRole.Labels;

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

    public override string Formula => $"loss = cross_entropy(softmax({Z.Name}), {Target.Name})" + (Dz is null ? "" : $", and its gradient {Dz.Name}");

    public override void Emit(KernelWriter w)
    {
        CodeWriter code = w.Code;
        code.Line("double loss = 0.0;");
        if (Dz is not null && Axis.Groups > 1)
            code.Line(Invariant($"scale /= {Axis.Groups};"));
        Groups.ForEach(w, Axis, group => EmitGroup(w, group));
        code.Line();
        code.Line(Axis.Groups > 1 ? Invariant($"return loss / {Axis.Groups};") : "return loss;");
    }

    private void EmitGroup(KernelWriter w, string group)
    {
        CodeWriter code = w.Code;
        string at = Axis.Index(group, "k");
        string exp = $"global::System.Math.Exp((double){w.At(Z, at)} - max)";
        w.Dialect.Use(Helper.LogP1Double);
        code.Line("int largest = 0;");
        using (code.Block(Invariant($"for (int k = 1; k < {Axis.Classes}; k++)")))
        {
            using (code.Block($"if ({w.At(Z, at)} > {w.At(Z, Axis.Index(group, "largest"))})"))
                code.Line("largest = k;");
        }

        code.Line();
        code.Line($"double max = {w.At(Z, Axis.Index(group, "largest"))};");
        code.Line("double rest = 0.0;");
        using (code.Block(KernelWriter.Loop("k", Axis.Classes)))
        {
            using (code.Block("if (k != largest)"))
                code.Line($"rest += {exp};");
        }

        code.Line();
        code.Line("double logSum = LogP1(rest);");
        if (HasLabels)
        {
            code.Line($"int label = {w.At(Target, group)};");
            code.Line($"loss += max - {w.At(Z, Axis.Index(group, "label"))} + logSum;");
        }

        if (HasLabels && Dz is null)
            return;
        if (!HasLabels)
        {
            if (Dz is not null)
                code.Line("double targetSum = 0.0;");
            using (code.Block(KernelWriter.Loop("k", Axis.Classes)))
            {
                code.Line($"double t = {w.At(Target, at)};");
                using (code.Block("if (t != 0.0)"))
                    code.Line($"loss += t * (max - {w.At(Z, at)} + logSum);");
                if (Dz is not null)
                    code.Line("targetSum += t;");
            }
        }

        if (Dz is null)
            return;
        code.Line();
        code.Line(HasLabels
            ? "// The gradient is f, and at the label f - 1, taken as -(1 - f), which does not cancel."
            : "// f t' - t (1 - f), with t' the other targets' sum, is the gradient f - t without its cancellation.");
        using (code.Block(KernelWriter.Loop("k", Axis.Classes)))
        {
            code.Line($"double e = k == largest ? 1.0 : {exp};");
            code.Line("double f = e / (1.0 + rest);");
            code.Line("double others = k == largest ? rest / (1.0 + rest) : 1.0 - f;");
            if (HasLabels)
                code.Line($"{w.At(Dz, at)} = (float)(scale * (k == label ? -others : f));");
            else
            {
                code.Line($"double t = {w.At(Target, at)};");
                code.Line($"{w.At(Dz, at)} = (float)(scale * (f * (targetSum - t) - t * others));");
            }
        }
    }
}
