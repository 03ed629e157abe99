using System.Collections.Generic;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// y = min(max(x, Min), Max) for each element, by constants; its derivative is 1 from Min to Max, both included, else 0, as PyTorch's clamp has it.
/// </summary>
/// <param name="Min">Null where nothing is too small.</param>
/// <param name="Max">Null where nothing is too large.</param>
internal sealed record Clip(string Name, Shape Input, float? Min, float? Max) : Layer(Name, "clip", Input, Input)
{
    /// <summary>Of values from 0 to 1, those that it puts in their place are such too.</summary>
    public bool KeepsProbabilities => Min is not > 1 && Max is not < 0;

    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        x = x with { Shape = Input };
        Buffer y = lowering.Activation(Name, "", Input.Size);
        Expr formula = Map.X0, derivative = 1;
        if (Min is { } min)
        {
            formula = Expr.Max(formula, min);
            derivative = Expr.Select(min, Map.X0, 0, derivative);
        }

        if (Max is { } max)
        {
            formula = Expr.Min(formula, max);
            derivative = Expr.Select(Map.X0, max, 0, derivative);
        }

        lowering.Add(new Map(lowering.Method(Name), x.Buffer, y, formula, "clip", Derivative: derivative));
        return x with { Buffer = y };
    }
}

internal sealed class ClipDefinition : LayerDefinition
{
    public override string Name => "clip";

    public override OptionKeys Keys => OptionKeys.Of("min", "max");

    public override bool WorksAtEachStep => true;

    public override Layer? Bind(LayerBinder b)
    {
        float? Limit(string key) => b.Options.Find(key) is null ? null : b.Options.Number(key, 0, static _ => true, "a finite number; leave it out for none");
        float? min = Limit("min"), max = Limit("max");
        if (b.Options.Find("min") is null && b.Options.Find("max") is null)
        {
            if (b.Options.Node.Main is null && !b.Options.IsMisspelt("min") && !b.Options.IsMisspelt("max"))
                b.Report(Rules.MissingKey, b.Options.Node.Kind.Span,
                    $"{b.Options.Owner} needs 'min' or 'max', the limits that values are kept within; write e.g. clip: {{ min: -1, max: 1 }}");
        }
        else if (!b.Options.Failed && min > max)
        {
            b.Report(Rules.OutOfRange, b.Options.SpanOf("max"),
                $"{b.Options.Owner}: 'max' is {CSharpLiteral.Shortest(max.Value)}, below the 'min' of {CSharpLiteral.Shortest(min.Value)}; exchange them");
        }

        b.ReadTrainable();
        b.Output = b.Input;
        return b.Failed || b.Input is null ? null : new Clip(b.Name, b.Input, min, max);
    }
}
