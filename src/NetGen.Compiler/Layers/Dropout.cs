using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;

namespace NetGen.Compiler.Layers;

/// <summary>
/// In training each value is dropped with probability rate, and the others are divided by 1 - rate, so that inference is the
/// whole network: N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (2014).
/// </summary>
internal sealed record Dropout(string Name, Shape Input, float Rate) : Layer(Name, "dropout", Input, Input)
{
    public override bool IsTransparent => Rate == 0;

    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        int stream = lowering.Stream();
        if (!lowering.IsTraining || Rate == 0)
            return x;
        // A number is drawn by the place of its element as presented, whatever the order in memory.
        x = lowering.RowMajor(x);
        Buffer y = lowering.Activation(Name, "", Input.Size);
        // A number in [0, 1) is kept where it is not below the rate.
        Expr mask = Expr.Select(Rate, new Random(), 0, 1f / (1f - Rate));
        lowering.Add(new Map(lowering.Method(Name), x.Buffer, y, Expr.Var("x") * mask, "dropout", stream));
        return x with { Buffer = y };
    }
}

internal sealed class DropoutDefinition : LayerDefinition
{
    public override string Name => "dropout";

    public override OptionKeys Keys => OptionKeys.WithMain("rate");

    public override bool WorksAtEachStep => true;

    public override Layer? Bind(LayerBinder b)
    {
        if (b.Options.Find("rate") is null)
            b.Options.ReportMissing("rate", $"{b.Options.Owner} needs 'rate', the share of values that is dropped; write dropout: 0.2");
        float rate = b.Options.Number("rate", 0.5f, static v => v is >= 0 and < 1, "at least 0 and below 1: it is the share that is dropped, not the one that is kept");
        b.ReadTrainable();
        b.Output = b.Input;
        return b.Failed || b.Input is null ? null : new Dropout(b.Name, b.Input, rate);
    }
}
