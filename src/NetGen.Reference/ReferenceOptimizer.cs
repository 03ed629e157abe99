using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Reference;

/// <summary>
/// An optimizer as torch.optim has it, one parameter and one element at a time, with decoupled weight decay for all:
/// w -= learning_rate weight_decay w, of the old w.
/// </summary>
internal sealed record ReferenceOptimizer(string Kind)
{
    public required double LearningRate { get; init; }

    /// <summary>The rate of a step, counted from 0; null where it is always <see cref="LearningRate"/>.</summary>
    public Func<long, double>? Schedule { get; init; }

    public double Momentum { get; init; }

    public bool Nesterov { get; init; }

    public double Beta1 { get; init; }

    public double Beta2 { get; init; }

    public double Rho { get; init; }

    public double Epsilon { get; init; }

    public double WeightDecay { get; init; }

    /// <summary>
    /// The most that the Euclidean norm of all trained gradients together may be; above it they are scaled by exactly
    /// clip_norm / norm (PyTorch's <c>clip_grad_norm_</c> adds 1e-6 to the norm). Null clips nothing.
    /// </summary>
    public double? ClipNorm { get; init; }

    /// <summary>What each element is clamped to first. Null clips nothing.</summary>
    public double? ClipValue { get; init; }

    /// <summary>One step on the trained parameters; <paramref name="state"/> holds what is kept and starts empty.</summary>
    public void Step(
        IReadOnlyDictionary<string, double[]> parameters,
        IReadOnlyDictionary<string, double[]> gradients,
        IReadOnlySet<string> trained,
        Dictionary<string, double[]> state,
        double learningRate)
    {
        double steps = ++Kept("steps", 1)[0];
        double Clamped(double g) => ClipValue is double bound ? Math.Clamp(g, -bound, bound) : g;
        double norm = Math.Sqrt(trained.Sum(name => gradients[name].Sum(g => Clamped(g) * Clamped(g))));
        double scale = ClipNorm is double most && norm > most ? most / norm : 1;
        foreach (string name in trained)
        {
            double[] w = parameters[name];
            for (int i = 0; i < w.Length; i++)
                w[i] -= learningRate * (WeightDecay * w[i] + Direction(scale * Clamped(gradients[name][i]), what => ref Kept($"{name} {what}", w.Length)[i], steps));
        }

        double[] Kept(string what, int length)
        {
            if (!state.TryGetValue(what, out double[]? values))
                state[what] = values = new double[length];
            return values;
        }
    }

    private delegate ref double KeptValue(string what);

    /// <summary>What one element is moved against, times the learning rate.</summary>
    private double Direction(double g, KeptValue kept, double steps)
    {
        switch (Kind)
        {
            case "sgd":
                ref double v = ref kept("velocity");
                v = Momentum * v + g;
                return Nesterov ? g + Momentum * v : v;
            case "adam" or "adamw":
                ref double mean = ref kept("exp_avg"), square = ref kept("exp_avg_sq");
                mean = Beta1 * mean + (1 - Beta1) * g;
                square = Beta2 * square + (1 - Beta2) * g * g;
                double correctedMean = mean / (1 - Math.Pow(Beta1, steps)), correctedSquare = square / (1 - Math.Pow(Beta2, steps));
                return correctedMean / (Math.Sqrt(correctedSquare) + Epsilon);
            case "rmsprop":
                ref double average = ref kept("square_avg"), buffer = ref kept("momentum_buffer");
                average = Rho * average + (1 - Rho) * g * g;
                buffer = Momentum * buffer + g / (Math.Sqrt(average) + Epsilon);
                return buffer;
            case "adagrad":
                ref double sum = ref kept("sum");
                sum += g * g;
                return g / (Math.Sqrt(sum) + Epsilon);
            default:
                throw new NotSupportedException($"the reference knows no optimizer '{Kind}'");
        }
    }
}
