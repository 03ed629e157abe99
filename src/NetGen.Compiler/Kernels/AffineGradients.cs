using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Kernels;

/// <summary>dx = Wᵀ dy for each row: what the inputs of an <see cref="Affine"/> are told.</summary>
internal sealed record AffineInputGradient(string Of, Buffer Dy, Buffer Weight, Buffer Dx, Access DxAccess, int Rows, int Inputs, int Outputs)
    : Kernel(KernelNames.Gradient(Of, "Input"))
{
    /// <inheritdoc cref="Affine.WeightOrder"/>
    public WeightOrder WeightOrder { get; init; } = WeightOrders.Of(Inputs, Outputs);

    public override IEnumerable<Operand> Operands =>
        [new(Dy, Access.Read), new(Weight, Access.Read), new(Dx, DxAccess)];

    public override long MultiplyAdds => (long)Rows * Inputs * Outputs;

    public override string Formula => KernelNames.Assign(Dx, DxAccess, $"{Weight.Name}ᵀ {Dy.Name}");

    public override bool EmitLanes(LaneWriter w)
    {
        if (Rows > 1)
            return false;
        w.Settle(Dy);
        w.WriteEach(new Operand(Dx, DxAccess), [], i =>
        {
            Local? sum = w.IsLoop(Dy) ? w.Code.Variable("sum", Term.Zero) : null;
            w.ForEach(Dy, (o, dy) =>
            {
                Term factor = w.Parameter(Weight, WeightOrder.Index(Inputs, Outputs, i, o));
                if (sum is null)
                    sum = w.Code.Variable("sum", factor * dy);
                else
                    w.Code.Set(sum, Term.MultiplyAdd(factor, dy, new Get(sum)));
            });
            return new Get(sum!);
        });
        return true;
    }

    public override bool EmitBlock(BlockWriter w)
    {
        if (DxAccess == Access.Accumulate || !w.IsEven(Dy, Rows, Outputs) || !w.IsEven(Dx, Rows, Inputs))
            return false;
        bool together = WeightOrder == WeightOrder.OutputsTogether;
        w.Multiply(Rows, Inputs, Outputs, Dy, Weight, together ? 1 : Inputs, together ? Outputs : 1, null, Dx);
        return true;
    }

    public override void Emit(KernelWriter w) =>
        new AffineSweep(null, Dy, Weight, Dx, DxAccess, null, Rows, Inputs, Outputs, WeightOrder).Emit(w);
}

/// <summary>dW += dy xᵀ, summed over the rows.</summary>
internal sealed record AffineWeightGradient(string Of, Buffer X, Buffer Dy, Buffer Dw, int Rows, int Inputs, int Outputs)
    : Kernel(KernelNames.Gradient(Of, "Weight"))
{
    /// <inheritdoc cref="Affine.WeightOrder"/>
    public WeightOrder WeightOrder { get; init; } = WeightOrders.Of(Inputs, Outputs);

    public override IEnumerable<Operand> Operands =>
        [new(X, Access.Read), new(Dy, Access.Read), new(Dw, Access.Accumulate)];

    public override long MultiplyAdds => (long)Rows * Inputs * Outputs;

    // A statement for each weight, not a term.
    public override long Statements => 4 * MultiplyAdds;

    public override string Formula => $"{Dw.Name} += {Dy.Name} {X.Name}ᵀ";

    public override bool EmitLanes(LaneWriter w)
    {
        if (Rows > 1)
            return false;
        for (int i = 0; i < Inputs; i++)
        {
            for (int o = 0; o < Outputs; o++)
                w.AddGradient(Dw, WeightOrder.Index(Inputs, Outputs, i, o), new GradientTerm((Dy, o), (X, i)));
        }

        return true;
    }

    public override bool EmitBlock(BlockWriter w)
    {
        if (WeightOrder == WeightOrder.OutputsTogether)
            w.AddProduct(Rows, Inputs, Outputs, X, Dy, Dw);
        else
            w.AddProduct(Rows, Outputs, Inputs, Dy, X, Dw);
        return true;
    }

    public override void Emit(KernelWriter w) =>
        new AffineSweep(
            X, Dy, null, null, Access.Read, new Sink([new Assignment("g", Dw, Expr.Var("dy") * Expr.Var("x"), Accumulate: true)], []), Rows, Inputs, Outputs, WeightOrder).Emit(w);
}

/// <summary>db += dy, summed over the rows.</summary>
internal sealed record AffineBiasGradient(string Of, Buffer Dy, Buffer Db, int Rows, int Outputs)
    : Kernel(KernelNames.Gradient(Of, "Bias"))
{
    public override IEnumerable<Operand> Operands => [new(Dy, Access.Read), new(Db, Access.Accumulate)];

    public override long MultiplyAdds => (long)Rows * Outputs;

    public override long Statements => 16 * MultiplyAdds;

    public override string Formula => $"{Db.Name} += {Dy.Name}" + (Rows > 1 ? ", summed over the rows" : "");

    public override bool EmitLanes(LaneWriter w)
    {
        if (Rows > 1)
            return false;
        for (int o = 0; o < Outputs; o++)
            w.AddGradient(Db, o, new GradientTerm((Dy, o), null));
        return true;
    }

    public override bool EmitBlock(BlockWriter w)
    {
        if (w.IsEven(Dy, Rows, Outputs))
            w.AddRows(Rows, Outputs, Dy, Db);
        else
            w.AddRowsOfEach(Rows, Outputs, Dy, Db);
        return true;
    }

    public override void Emit(KernelWriter w)
    {
        if (Rows == 1)
        {
            w.Elementwise(Outputs, new Dictionary<string, Buffer> { ["dy"] = Dy }, [new Assignment("g", Db, Expr.Var("dy"), Accumulate: true)]);
            return;
        }

        if (w.HasVectors && !w.IsStraightLine)
        {
            w.Dialect.Use(Helper.AddRows);
            w.Code.Line(System.FormattableString.Invariant($"AddRows({Rows}, {Outputs}, ref {Dy.Name}, {Outputs}, ref {Db.Name}, 1f);"));
            return;
        }

        w.Vectors(Outputs, v => v.Repeat(Rows, [("dyRow", v.Start(Dy), Outputs), ("dbAt", v.Start(Db), 0)], row =>
            v.Over(Outputs, once: true, [("dyK", row[0]), ("dbK", row[1])], (at, part) => v.Store(at[1], part, v.Load(at[1], part) + v.Load(at[0], part))), index: "row"));
    }
}

/// <summary>How kernels that belong to a forward kernel are called and described.</summary>
internal static class KernelNames
{
    /// <summary>The number of a step of time, in the loop over them and where it is handed on.</summary>
    public const string Step = "step";

    /// <summary><c>HiddenForward</c> and <c>Weight</c> give <c>HiddenWeightGradient</c>.</summary>
    public static string Gradient(string forward, string what) => Stem(forward) + what + "Gradient";

    public static string Stem(string forward) =>
        forward.EndsWith("Forward", System.StringComparison.Ordinal) ? forward.Substring(0, forward.Length - "Forward".Length) : forward;

    public static string Assign(Buffer target, Access access, string value) =>
        $"{target.Name} {(access == Access.Accumulate ? "+=" : "=")} {value}";
}
