using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Optimizers;

/// <summary>
/// Adam: D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization" (2015). With b = beta_1, c = beta_2 and t the steps
/// taken, m = b m + (1 - b) g, v = c v + (1 - c) g², and w = w - learningRate m' / (sqrt(v') + epsilon), where
/// m' = m / (1 - bᵗ) and v' = v / (1 - cᵗ). As in PyTorch; adamw is the same with weight decay.
/// </summary>
/// <remarks>
/// An element pays for one square root and one quotient: m' / (sqrt(v') + epsilon) is
/// sqrt(1 - cᵗ) / (1 - bᵗ) · m / (sqrt(v) + epsilon sqrt(1 - cᵗ)), whose factors are the same for all elements. 1 - bᵗ is
/// what the average m would be of gradients that are all 1, and is kept by the same recurrence: it begins at 0 as the rest of
/// the state does, costs no power, and is right after any number of steps, where a count in floats, or bᵗ, would not be.
/// </remarks>
internal static class Adam
{
    public static UpdateRule Rule(float beta1, float beta2, float epsilon, float weightDecay)
    {
        Expr g = Expr.Var("g"), first = Expr.Var("firstMoment"), second = Expr.Var("secondMoment");
        Expr firstShare = Expr.Var("firstShare"), secondShare = Expr.Var("secondShare"), root = Expr.Call(Function.Sqrt, secondShare);
        return new UpdateRule(EquatableArray.Of("firstMoment", "secondMoment"), EquatableArray.Of(
            ("firstMoment", (beta1 * first) + ((1.0 - beta1) * g)),
            ("secondMoment", (beta2 * second) + ((1.0 - beta2) * g * g)),
            ("w", CommonOptions.Decayed(weightDecay, Expr.Var("stepSize") * (first / (Expr.Call(Function.Sqrt, second) + Expr.Var("epsilon")))))))
        {
            Counters = EquatableArray.Of(Share("firstShare", beta1), Share("secondShare", beta2)),
            Numbers = EquatableArray.Of(
                ("stepSize", Expr.Var("learningRate") * root / firstShare),
                ("epsilon", epsilon * root)),
        };
    }

    public static Optimizer Bind(OptionReader options, string kind, float weightDecay)
    {
        CommonOptions common = CommonOptions.Read(options, 0.001f, weightDecay);
        float beta1 = Beta(options, "beta_1", 0.9f), beta2 = Beta(options, "beta_2", 0.999f);
        return common.Optimizer(kind, Rule(beta1, beta2, CommonOptions.Epsilon(options, 1e-8f), common.WeightDecay));
    }

    /// <summary>1 - βᵗ.</summary>
    private static Counter Share(string name, float beta) =>
        new(name, (beta * Expr.Var(name)) + (1.0 - beta), $"1 - {CSharpLiteral.Shortest(beta)}^t");

    private static float Beta(OptionReader options, string key, float @default) =>
        options.Number(key, @default, static v => v is >= 0 and < 1, "at least 0 and below 1");
}
