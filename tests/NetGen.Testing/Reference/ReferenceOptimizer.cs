using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Testing.Reference;

/// <summary>
/// SGD as in PyTorch: v = momentum v + g; w -= learning_rate v, or with Nesterov's momentum w -= learning_rate (g + momentum v).
/// </summary>
/// <param name="ClipNorm">
/// The most that the Euclidean norm of all trained gradients together may be; above it they are scaled by exactly
/// clip_norm / norm (PyTorch's <c>clip_grad_norm_</c> adds 1e-6 to the norm). Null clips nothing.
/// </param>
internal sealed record ReferenceOptimizer(double LearningRate, double Momentum, bool Nesterov, double? ClipNorm)
{
    /// <summary>One step on the trained parameters; <paramref name="state"/> holds the velocities and starts empty.</summary>
    public void Step(
        IReadOnlyDictionary<string, double[]> parameters,
        IReadOnlyDictionary<string, double[]> gradients,
        IReadOnlySet<string> trained,
        Dictionary<string, double[]> state,
        double learningRate)
    {
        double norm = Math.Sqrt(trained.Sum(name => gradients[name].Sum(g => g * g)));
        double scale = ClipNorm is double most && norm > most ? most / norm : 1;
        foreach (string name in trained)
        {
            double[] w = parameters[name];
            if (!state.TryGetValue(name, out double[]? v))
                state[name] = v = new double[w.Length];
            for (int i = 0; i < w.Length; i++)
            {
                double g = scale * gradients[name][i];
                v[i] = Momentum * v[i] + g;
                w[i] -= learningRate * (Nesterov ? g + Momentum * v[i] : v[i]);
            }
        }
    }
}
