using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>(w, g, kept) -> (w', kept'), for each element of a parameter.</summary>
/// <param name="Kept">The buffers that the rule keeps, in its order.</param>
internal sealed record Update(string Name, Buffer Weight, Buffer Gradient, EquatableArray<Buffer> Kept, UpdateRule Rule) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands =>
        [new(Gradient, Access.Read), .. Kept.Select(static k => new Operand(k, Access.Update)), new(Weight, Access.Update)];

    public override IEnumerable<Scalar> Scalars => UpdateScalars.Of(Rule);

    public override long MultiplyAdds => Weight.Size;

    public override long Statements => 16L * Rule.Length * Weight.Size;

    public override string Formula => $"{Weight.Name}: {UpdateScalars.Summarize(Rule)}";

    public override void Emit(KernelWriter w)
    {
        Dictionary<string, Buffer> inputs = new() { ["g"] = Gradient, ["w"] = Weight };
        for (int k = 0; k < Kept.Count; k++)
            inputs[Rule.Kept[k]] = Kept[k];
        w.Elementwise(Weight.Size, inputs, Rule.Assignments(inputs));
    }
}

/// <summary>
/// The backward pass of an <see cref="Affine"/> and the update of its weight in one sweep: dx = Wᵀ dy from the old weight,
/// and W' from W and dy xᵀ, which is held nowhere. What the rewrite in <c>FuseUpdates</c> makes of an
/// <see cref="AffineInputGradient"/>, an <see cref="AffineWeightGradient"/> and an <see cref="Update"/>.
/// </summary>
internal sealed record AffineUpdate(
    string Name, Buffer X, Buffer Dy, Buffer Weight, Buffer? Dx, Access DxAccess, EquatableArray<Buffer> Kept, UpdateRule Rule, int Inputs, int Outputs)
    : Kernel(Name)
{
    /// <inheritdoc cref="Affine.WeightOrder"/>
    public WeightOrder WeightOrder { get; init; } = WeightOrders.Of(Inputs, Outputs);

    public override IEnumerable<Operand> Operands
    {
        get
        {
            yield return new Operand(X, Access.Read);
            yield return new Operand(Dy, Access.Read);
            foreach (Buffer kept in Kept)
                yield return new Operand(kept, Access.Update);
            yield return new Operand(Weight, Access.Update);
            if (Dx is not null)
                yield return new Operand(Dx, DxAccess);
        }
    }

    public override IEnumerable<Scalar> Scalars => UpdateScalars.Of(Rule);

    public override long MultiplyAdds => (long)Inputs * Outputs * (Dx is null ? 1 : 2);

    // Several terms for each weight.
    public override long Statements => 4L * Rule.Length * Inputs * Outputs;

    public override string Formula =>
        (Dx is null ? "" : KernelNames.Assign(Dx, DxAccess, $"{Weight.Name}ᵀ {Dy.Name}") + ", and with the old weight read, ")
        + $"{Weight.Name}: {UpdateScalars.Summarize(Rule)}, where dy is {Dy.Name} and x is {X.Name}";

    public override void Emit(KernelWriter w)
    {
        Dictionary<string, Buffer> kept = new() { ["w"] = Weight };
        for (int k = 0; k < Kept.Count; k++)
            kept[Rule.Kept[k]] = Kept[k];
        var sink = new Sink(Rule.Assignments(kept), kept);
        new AffineSweep(X, Dy, Weight, Dx, DxAccess, sink, 1, Inputs, Outputs, WeightOrder).Emit(w);
    }
}

/// <summary>G += 2 λ W: the gradient of the l2 penalty.</summary>
internal sealed record PenaltyGradient(string Name, Buffer Weight, Buffer Gradient, float L2) : Kernel(Name)
{
    /// <summary>The penalty's part of the gradient of a weight w.</summary>
    public static Expr Term(float l2) => (2.0 * l2) * Expr.Var("w");

    public override IEnumerable<Operand> Operands => [new(Weight, Access.Read), new(Gradient, Access.Accumulate)];

    public override long MultiplyAdds => Weight.Size;

    public override long Statements => 0;

    public override string Formula => $"{Gradient.Name} += {CSharpLiteral.Shortest(2 * L2)} {Weight.Name}";

    public override void Emit(KernelWriter w) => w.Elementwise(
        Weight.Size, new Dictionary<string, Buffer> { ["w"] = Weight }, [new Assignment("g", Gradient, Term(L2), Accumulate: true)]);
}

/// <summary>λ sum w²: the l2 penalty of one weight.</summary>
internal sealed record Penalty(string Name, Buffer Weight, float L2) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(Weight, Access.Read)];

    public override bool GivesLoss => true;

    public override long MultiplyAdds => Weight.Size;

    public override long Statements => 0;

    public override string Formula => $"loss += {CSharpLiteral.Shortest(L2)} sum {Weight.Name}²";

    public override void Emit(KernelWriter w) =>
        w.Vectors(Weight.Size, v => v.Code.Return(new DoubleNumber(L2) * SquaredNorm.Write(v, Weight)), returns: true);
}
