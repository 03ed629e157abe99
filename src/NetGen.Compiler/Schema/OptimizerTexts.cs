using System.Collections.Generic;
using static NetGen.Compiler.Schema.ValueTypes;

namespace NetGen.Compiler.Schema;

/// <summary>What an editor says of the optimizers, and of the schedules that a learning rate follows.</summary>
internal static class OptimizerTexts
{
    private static readonly OptionText
        s_momentum = new("momentum", Share, "The share of the velocity that is kept from step to step: v = momentum · v + g, w = w - learning_rate · v.", 0),
        s_beta1 = new("beta_1", Share, "The share of the first moment that is kept from step to step.", 0.9f),
        s_beta2 = new("beta_2", Share, "The share of the second moment that is kept from step to step.", 0.999f),
        s_rate = OptionText.Required("from", NotNegative, "The rate that it begins with.");

    public static IReadOnlyList<DefinitionText> Optimizers { get; } =
    [
        Optimizer("sgd", "Stochastic gradient descent: w = w - learning_rate · g, with momentum if you like.", 0.01f, 0,
            s_momentum, new("nesterov", Boolean, "Nesterov's momentum, which looks ahead; it needs a momentum.", false)),
        Optimizer("adam", "Adam: steps by the first moment of the gradient over the root of the second.", 0.001f, 0, s_beta1, s_beta2, Epsilon(1e-8f)),
        Optimizer("adamw", "Adam with decoupled weight decay.", 0.001f, 0.01f, s_beta1, s_beta2, Epsilon(1e-8f)),
        Optimizer("rmsprop", "RMSprop: steps by the gradient over its root mean square.", 0.01f, 0,
            new("rho", Share, "The share of the mean square that is kept from step to step.", 0.99f), Epsilon(1e-8f), s_momentum),
        Optimizer("adagrad", "Adagrad: steps by the gradient over the root of the sum of its squares.", 0.01f, 0, Epsilon(1e-10f)),
    ];

    public static IReadOnlyList<DefinitionText> Schedules { get; } =
    [
        DefinitionText.Of("constant", "One rate for all steps.", OptionText.Required("value", NotNegative, "The rate.")),
        DefinitionText.Of("cosine", "Falls by half a cosine, after a warmup that rises evenly.",
            s_rate, OptionText.Required("to", NotNegative, "The rate that it ends with."),
            OptionText.Required("steps", Integer(1), "The step at which it ends, the warmup included."),
            new("warmup", Integer(0), "In how many steps it rises from 0.", 0)),
        DefinitionText.Of("step", "from · factor^⌊step / every⌋: falls at once, again and again.",
            s_rate, OptionText.Required("factor", Factor(), "What the rate is multiplied with."),
            OptionText.Required("every", Integer(1), "After how many steps.")),
        DefinitionText.Of("exponential", "from · decay^step.", s_rate, OptionText.Required("decay", Factor(), "What the rate is multiplied with at each step.")),
        DefinitionText.Of("inverse_time", "from / (1 + decay · step).", s_rate, OptionText.Required("decay", NotNegative, "How fast it falls.")),
    ];

    private static DefinitionText Optimizer(string name, string description, float rate, float decay, params OptionText[] own) => DefinitionText.Of(name, description,
    [
        new("learning_rate", OneOf(Definition("schedule"), NotNegative), "How far a step goes: a number, or a schedule over the steps.", rate) { MainType = NotNegative },
        .. own,
        new("weight_decay", NotNegative, "Decoupled weight decay: each step takes learning_rate · weight_decay · w from every trained parameter.", decay),
        new("clip_norm", Positive, "The largest norm of all gradients together; above it they are scaled down to it."),
        new("clip_value", Positive, "Each element of the gradient is kept within plus and minus this."),
    ]);

    private static OptionText Epsilon(float @default) => new("epsilon", Number.With(("minimum", 1e-30f)), "What is added to the divisor, so that nothing is divided by 0.", @default);

    private static JsonObject Factor() => Positive.With(("maximum", 1));
}
