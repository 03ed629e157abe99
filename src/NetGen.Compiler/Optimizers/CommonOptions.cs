using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;

namespace NetGen.Compiler.Optimizers;

/// <summary>The options that every optimizer has.</summary>
/// <param name="WeightDecay">λ of the decoupled decay.</param>
internal sealed record CommonOptions(float LearningRate, Schedule? Schedule, float WeightDecay, float? ClipNorm, float? ClipValue)
{
    /// <summary>These keys and an optimizer's own; the learning rate is the main one.</summary>
    public static OptionKeys With(params string[] own) => OptionKeys.WithMain("learning_rate", [.. own, "weight_decay", "clip_norm", "clip_value"]);

    public static CommonOptions Read(OptionReader options, float learningRate, float weightDecay = 0)
    {
        (float rate, Schedule? schedule) = ScheduleRegistry.Read(options, learningRate);
        return new CommonOptions(
            rate, schedule, options.Number("weight_decay", weightDecay, static v => v >= 0, "at least 0"), Bound(options, "clip_norm"), Bound(options, "clip_value"));
    }

    public Optimizer Optimizer(string kind, UpdateRule rule) => new(kind, LearningRate, ClipNorm, rule) { ClipValue = ClipValue, Schedule = Schedule };

    /// <summary>What keeps a quotient from being 0 / 0: so large that it stays above 0 where the optimizer makes it smaller.</summary>
    public static float Epsilon(OptionReader options, float @default) =>
        options.Number("epsilon", @default, static v => v >= 1e-30f, "at least 1e-30, since it keeps 0 from being divided by 0");

    /// <summary>
    /// w - step, and with decay w - step - learningRate λ w: decoupled, that is beside the gradient, as in I. Loshchilov,
    /// F. Hutter, "Decoupled Weight Decay Regularization" (2019). Like PyTorch's AdamW it decays every trained parameter.
    /// </summary>
    public static Expr Decayed(float weightDecay, Expr step)
    {
        Expr w = Expr.Var("w");
        return weightDecay == 0 ? w - step : w - ((weightDecay * Expr.Var("learningRate") * w) + step);
    }

    private static float? Bound(OptionReader options, string key) =>
        options.Find(key) is null ? null : options.Number(key, 1, static v => v > 0, "above 0");
}
