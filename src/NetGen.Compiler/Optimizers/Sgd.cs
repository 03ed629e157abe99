using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Optimizers;

/// <summary>
/// Stochastic gradient descent: w = w - learningRate g; with momentum m, velocity = m velocity + g and
/// w = w - learningRate velocity; with Nesterov's, w = w - learningRate (g + m velocity). As in PyTorch.
/// </summary>
internal static class Sgd
{
    public static UpdateRule Rule(float momentum, bool nesterov, float weightDecay)
    {
        Expr g = Expr.Var("g"), rate = Expr.Var("learningRate"), velocity = Expr.Var("velocity");
        if (momentum == 0)
            return new UpdateRule(default, EquatableArray.Of(("w", CommonOptions.Decayed(weightDecay, rate * g))));
        return new UpdateRule(EquatableArray.Of("velocity"), EquatableArray.Of(
            ("velocity", (momentum * velocity) + g),
            ("w", CommonOptions.Decayed(weightDecay, rate * (nesterov ? g + (momentum * velocity) : velocity)))));
    }

    public static Optimizer Bind(OptionReader options)
    {
        CommonOptions common = CommonOptions.Read(options, 0.01f);
        float momentum = options.Number("momentum", 0, static v => v is >= 0 and < 1, "at least 0 and below 1");
        bool nesterov = options.Boolean("nesterov", false);
        if (nesterov && momentum == 0 && !options.Failed)
            options.Report(Rules.NesterovWithoutMomentum, options.SpanOf("nesterov"), $"{options.Owner} has nesterov: true, but no momentum to look ahead with; write e.g. momentum: 0.9, or leave nesterov out");
        return common.Optimizer("sgd", Rule(momentum, nesterov, common.WeightDecay));
    }
}
