using System;
using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// y = x^e for each element, with a constant e: products and roots where that is what it is, else e^(e log |x|), with the sign of x where e is a whole, odd
/// number, and NaN for x below 0 where it is none. Its derivative is e x^(e - 1).
/// </summary>
internal sealed record Power(string Name, Shape Input, float Exponent) : Layer(Name, "power", Input, Input)
{
    /// <summary>Whole exponents up to this are products: those of eight factors are three, since equal ones are computed once.</summary>
    private const int MostFactors = 8;

    public override bool IsTransparent => Exponent == 1;

    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        x = x with { Shape = Input };
        if (IsTransparent)
            return x;
        Ir.Buffer y = lowering.Activation(Name, "", Input.Size);
        // What the result tells, backward need not read x for.
        Expr result = Expr.Var("y"), derivative = Exponent switch
        {
            0.5f => 0.5 / result,
            -1 => -(result * result),
            -0.5f => -0.5 * (result * result * result),
            _ => Exponent * Of(Map.X0, Exponent - 1.0),
        };
        if (!lowering.IsTraining && Of(Map.X0, Exponent) is Call { Operand: var logarithm } exponential)
        {
            // One after the other: a product before it may end in the logarithm, and the JIT has registers for the constants of one of them.
            Ir.Buffer log = lowering.Activation(Name, "Log", Input.Size);
            lowering.Add(new Map(lowering.Method(Name, "LogForward"), x.Buffer, log, logarithm, $"{CSharpLiteral.Shortest(Exponent)} log"));
            lowering.Add(new Map(lowering.Method(Name), log, y, exponential with { Operand = Map.X0 }, "exp"));
            return x with { Buffer = y };
        }

        lowering.Add(new Map(lowering.Method(Name), x.Buffer, y, Of(Map.X0, Exponent), "power", Derivative: derivative));
        return x with { Buffer = y };
    }

    /// <summary>x^e as a formula.</summary>
    private static Expr Of(Expr x, double e)
    {
        if (e == 0)
            return 1;
        bool isWhole = Math.Floor(e) == e;
        if (isWhole && Math.Abs(e) <= MostFactors)
            return e < 0 ? 1.0 / Product(x, (int)-e) : Product(x, (int)e);
        if (Math.Abs(e) == 0.5)
            return e < 0 ? 1.0 / Expr.Call(Function.Sqrt, x) : Expr.Call(Function.Sqrt, x);
        Expr size = Expr.Call(Function.Exp, e * Expr.Call(Function.Log, isWhole ? Expr.Call(Function.Abs, x) : x));
        // Beyond 2^24 every float is even.
        return isWhole && e % 2 != 0 ? Expr.Select(0, x, -size, size) : size;
    }

    private static Expr Product(Expr x, int factors)
    {
        if (factors == 1)
            return x;
        if (factors % 2 == 1)
            return Product(x, factors - 1) * x;
        Expr half = Product(x, factors / 2);
        return half * half;
    }
}

internal sealed class PowerDefinition : LayerDefinition
{
    public override string Name => "power";

    public override OptionKeys Keys => OptionKeys.WithMain("exponent");

    public override bool WorksAtEachStep => true;

    public override Layer? Bind(LayerBinder b)
    {
        if (b.Options.Find("exponent") is null)
            b.Options.ReportMissing("exponent", $"{b.Options.Owner} needs 'exponent', to which each value is raised; write e.g. power: 2");
        float exponent = b.Options.Number("exponent", 1, static v => v != 0, "a finite number other than 0, which would make every value 1");
        b.ReadTrainable();
        b.Output = b.Input;
        return b.Failed || b.Input is null ? null : new Power(b.Name, b.Input, exponent);
    }
}
