using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Optimizers;

/// <summary>The learning rate as a function of the steps taken, which count from 0; computed in double.</summary>
/// <param name="From">The rate that it begins with, after a warmup.</param>
internal abstract record Schedule(float From)
{
    /// <summary>In words, over <c>step</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Prints the body of a method from <c>long step</c> to a float.</summary>
    public abstract void Emit(CodeWriter w);

    protected static string Number(double value) => CSharpLiteral.Double(value);

    protected static string Words(float value) => CSharpLiteral.Shortest(value);
}

/// <summary>
/// from · step / warmup up to the step <c>warmup</c>; from there to the step <c>steps</c>
/// to + (from - to) (1 + cos(π (step - warmup) / (steps - warmup))) / 2; then to. I. Loshchilov, F. Hutter, "SGDR: Stochastic
/// Gradient Descent with Warm Restarts" (2017), without restarts.
/// </summary>
internal sealed record CosineSchedule(float From, float To, int Steps, int Warmup) : Schedule(From)
{
    public override string Description
    {
        get
        {
            string warmup = Warmup == 0 ? "" : $"a line from 0 to {Words(From)} over {CSharpLiteral.Grouped(Warmup)} steps, then ";
            return $"{warmup}half a cosine from {Words(From)} to {Words(To)}, reached at step {CSharpLiteral.Grouped(Steps)}, and {Words(To)} from there on";
        }
    }

    public override void Emit(CodeWriter w)
    {
        if (Warmup > 0)
        {
            using (w.Block(Invariant($"if (step < {Warmup})")))
                w.Line($"return (float)({Number(From)} * step / {Number(Warmup)});");
        }

        using (w.Block(Invariant($"if (step >= {Steps})")))
            w.Line($"return {CSharpLiteral.Float(To)};");
        string since = Warmup == 0 ? "step" : Invariant($"(step - {Warmup})");
        w.Line($"return (float)({Number(To)} + {Number(((double)From - To) / 2)} * (1.0 + global::System.Math.Cos(global::System.Math.PI * {since} / {Number(Steps - Warmup)})));");
    }
}

/// <summary>from · factor^floor(step / every).</summary>
internal sealed record StepSchedule(float From, float Factor, int Every) : Schedule(From)
{
    public override string Description => $"{Words(From)} * {Words(Factor)}^floor(step / {CSharpLiteral.Grouped(Every)})";

    public override void Emit(CodeWriter w) =>
        w.Line(Invariant($"return (float)({Number(From)} * global::System.Math.Pow({Number(Factor)}, step / {Every}));"));
}

/// <summary>from · decay^step.</summary>
internal sealed record ExponentialSchedule(float From, float Decay) : Schedule(From)
{
    public override string Description => $"{Words(From)} * {Words(Decay)}^step";

    public override void Emit(CodeWriter w) => w.Line($"return (float)({Number(From)} * global::System.Math.Pow({Number(Decay)}, step));");
}

/// <summary>from / (1 + decay · step).</summary>
internal sealed record InverseTimeSchedule(float From, float Decay) : Schedule(From)
{
    public override string Description => $"{Words(From)} / (1 + {Words(Decay)} * step)";

    public override void Emit(CodeWriter w) => w.Line($"return (float)({Number(From)} / (1.0 + {Number(Decay)} * step));");
}
