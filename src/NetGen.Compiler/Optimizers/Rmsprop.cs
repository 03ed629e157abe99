using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Optimizers;

/// <summary>
/// RMSprop: T. Tieleman, G. Hinton, "Lecture 6.5" of Neural Networks for Machine Learning (2012). v = rho v + (1 - rho) g²
/// and w = w - learningRate g / (sqrt(v) + epsilon); with momentum m, velocity = m velocity + g / (sqrt(v) + epsilon) and
/// w = w - learningRate velocity. As in PyTorch.
/// </summary>
internal static class Rmsprop
{
    public static UpdateRule Rule(float rho, float epsilon, float momentum, float weightDecay)
    {
        Expr g = Expr.Var("g"), rate = Expr.Var("learningRate"), square = Expr.Var("meanSquare"), velocity = Expr.Var("velocity");
        Expr scaled = g / (Expr.Call(Function.Sqrt, square) + epsilon);
        (string, Expr) mean = ("meanSquare", (rho * square) + ((1.0 - rho) * g * g));
        if (momentum == 0)
            return new UpdateRule(EquatableArray.Of("meanSquare"), EquatableArray.Of(mean, ("w", CommonOptions.Decayed(weightDecay, rate * scaled))));
        return new UpdateRule(EquatableArray.Of("meanSquare", "velocity"), EquatableArray.Of(
            mean, ("velocity", (momentum * velocity) + scaled), ("w", CommonOptions.Decayed(weightDecay, rate * velocity))));
    }

    public static Optimizer Bind(OptionReader options)
    {
        CommonOptions common = CommonOptions.Read(options, 0.01f);
        float rho = options.Number("rho", 0.99f, static v => v is >= 0 and < 1, "at least 0 and below 1");
        float momentum = options.Number("momentum", 0, static v => v is >= 0 and < 1, "at least 0 and below 1");
        return common.Optimizer("rmsprop", Rule(rho, CommonOptions.Epsilon(options, 1e-8f), momentum, common.WeightDecay));
    }
}
