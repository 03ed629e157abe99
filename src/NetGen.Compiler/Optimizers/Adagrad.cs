using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Optimizers;

/// <summary>
/// Adagrad: J. Duchi, E. Hazan, Y. Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization"
/// (2011). s = s + g² and w = w - learningRate g / (sqrt(s) + epsilon). As in PyTorch.
/// </summary>
internal static class Adagrad
{
    public static UpdateRule Rule(float epsilon, float weightDecay)
    {
        Expr g = Expr.Var("g"), sum = Expr.Var("sumOfSquares");
        return new UpdateRule(EquatableArray.Of("sumOfSquares"), EquatableArray.Of(
            ("sumOfSquares", sum + (g * g)),
            ("w", CommonOptions.Decayed(weightDecay, Expr.Var("learningRate") * (g / (Expr.Call(Function.Sqrt, sum) + epsilon))))));
    }

    public static Optimizer Bind(OptionReader options)
    {
        CommonOptions common = CommonOptions.Read(options, 0.01f);
        return common.Optimizer("adagrad", Rule(CommonOptions.Epsilon(options, 1e-10f), common.WeightDecay));
    }
}
