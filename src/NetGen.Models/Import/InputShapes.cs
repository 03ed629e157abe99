using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>The sizes of a model's inputs, with one sample in the batch.</summary>
internal static class InputShapes
{
    /// <summary>Each input's sizes; the first is 1 where it is the batch's.</summary>
    /// <param name="batch">The number of samples that the file fixes, where all is done for each of them by itself; 1 where it is open.</param>
    /// <exception cref="ImportException">A size is open that a network must know.</exception>
    public static Dictionary<string, int[]> Of(IReadOnlyList<ModelInput> inputs, ImportOptions options, int batch)
    {
        if (options.Shapes.Keys.FirstOrDefault(name => inputs.All(i => i.Name != name)) is { } unknown)
            throw new ImportException($"--input-shape names '{unknown}', but the model's inputs are {string.Join(", ", inputs.Select(static i => $"'{i.Name}'"))}");
        var shapes = new Dictionary<string, int[]>();
        string[] batches = [.. inputs.Where(static i => i.Shape is [null, ..] && !IsTime(i.Symbols[0])).Select(static i => i.Symbols[0]).Where(static s => s != "?")];
        foreach (ModelInput input in inputs)
        {
            if (options.Shapes.TryGetValue(input.Name, out int[]? stated))
            {
                if (input.Shape.Count != stated.Length && input.Shape.Count > 0)
                    throw new ImportException($"--input-shape gives '{input.Name}' {stated.Length} sizes, but it has {input.Shape.Count}, the batch included");
                shapes[input.Name] = stated;
                continue;
            }

            int[] sizes = new int[input.Shape.Count];
            for (int k = 0; k < sizes.Length; k++)
            {
                string symbol = input.Symbols[k];
                sizes[k] = input.Shape[k] is { } size ? k == 0 && size == batch ? 1 : size
                    : (k == 0 && !IsTime(symbol)) || batches.Contains(symbol) || symbol.Contains("batch", StringComparison.OrdinalIgnoreCase) ? 1
                    : throw new ImportException($"the input '{input.Name}' has the sizes {Written(input)}, of which a network must know '{symbol}'; say it by --input-shape {input.Name}={string.Join(',', input.Shape.Select((d, i) => d ?? (i == 0 && !IsTime(input.Symbols[0]) ? 1 : 100)))} with the number that is right in the place of 100");
            }

            shapes[input.Name] = sizes;
        }

        return shapes;
    }

    private static string Written(ModelInput input) => $"[{string.Join(", ", input.Shape.Select((d, k) => d?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? input.Symbols[k]))}]";

    private static bool IsTime(string symbol) =>
        new[] { "seq", "time", "step", "len", "frame" }.Any(word => symbol.Contains(word, StringComparison.OrdinalIgnoreCase));
}
