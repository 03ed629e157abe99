using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>A spec whose compilation is measured.</summary>
/// <param name="Name">"A", or "30 x dense, all different".</param>
/// <param name="Layers">Its layers.</param>
/// <param name="Spec">The YAML.</param>
/// <param name="SourceLimit">Bytes of generated C# that are too many; null where there is no such number.</param>
internal sealed record CostCase(string Name, int Layers, string Spec, int? SourceLimit)
{
    private const int DenseLimit = 60_000, StackLimit = 1_000_000, Least = 16, Most = 64;

    public static IEnumerable<CostCase> All()
    {
        foreach (BenchmarkNet net in Suite.Networks.Nets)
            yield return new(net.Name, net.Layers.Count, net.Spec(), net.Name == "D" ? DenseLimit : StackLimit);
        foreach (int layers in (int[])[1, 3, 10, 30, 100])
        {
            yield return Stack($"{layers} x dense, all equal", [.. Enumerable.Repeat(32, layers + 1)], StackLimit);
            yield return Stack($"{layers} x dense, all different", Different(layers), StackLimit);
        }

        yield return Stack("1,000 x dense, all equal", [.. Enumerable.Repeat(Least, 1001)], null);
    }

    private static CostCase Stack(string name, int[] sizes, int? limit)
    {
        IEnumerable<string> layers = sizes.Skip(1).Select(units => $"  - dense: {{ units: {units}, activation: tanh }}\n");
        return new(
            name, sizes.Length - 1,
            $"input: {sizes[0]}\nlayers:\n{string.Concat(layers)}loss: half_squared_error\noptimizer: {{ sgd: {{ learning_rate: 0.01 }} }}\n", limit);
    }

    /// <summary>Sizes of which no two neighbours occur twice, so that no layer may share another's code.</summary>
    private static int[] Different(int layers)
    {
        Random random = new(1);
        HashSet<(int, int)> used = [];
        List<int> sizes = [random.Next(Least, Most + 1)];
        while (sizes.Count <= layers)
        {
            int next = random.Next(Least, Most + 1);
            if (used.Add((sizes[^1], next)))
                sizes.Add(next);
        }

        return [.. sizes];
    }
}
