using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;

namespace NetGen.Compiler.Tests.Documentation;

/// <summary>The pictures of docs/layers, by name: each from what the reference gives for the specs of the section that shows it.</summary>
internal static class LayerPictures
{
    private static readonly string[] s_merges = ["add", "subtract", "multiply", "divide", "maximum", "minimum", "average"];

    public static IReadOnlyDictionary<string, Func<LayerSection, string>> All { get; } = new Dictionary<string, Func<LayerSection, string>>
    {
        ["exp"] = Curve(new(-3, 3, 1), new(-1, 6, 1)),
        ["log"] = Curve(new(-2, 5, 1), new(-3, 4, 1)),
        ["sqrt"] = Curve(new(-1, 5, 1), new(-1, 3, 1)),
        ["square"] = Curve(new(-3, 3, 1), new(-6, 8, 2)),
        ["abs"] = Curve(new(-3, 3, 1), new(-2, 3, 1), 0),
        ["reciprocal"] = Curve(new(-4, 4, 1), new(-5, 5, 1)),
        ["sin"] = Curve(new(-7, 7, 1), new(-1.5, 1.5, 0.5)),
        ["cos"] = Curve(new(-7, 7, 1), new(-1.5, 1.5, 0.5)),
        ["clip"] = Curve(new(-3, 4, 1), new(-2, 3, 1), -1, 2),
        ["power"] = Curve(new(-1, 4, 1), new(-1, 6, 1)),
        ["rescaling"] = s => GridPicture.Draw("rescaling", Row(s.Specs[0], [0, 64, 128, 255])),
        ["normalization"] = s => GridPicture.Draw("normalization", Row(s.Specs[0], [8, 100, 10, 120, 13, 90])),
        ["stretched_axes"] = s => GridPicture.Draw("a column and a row, stretched", Row(s.Specs[0], [1, 2, 3, 10, 20, 30, 40])),
        ["concat"] = s => GridPicture.Draw("concat", Row(s.Specs[0], [1, 2, 3, 4, 5, 6, -1, -2])),
        ["reduce_mean"] = Reduction,
        ["reduce_sum"] = Reduction,
        ["reduce_max"] = Reduction,
        ["reduce_min"] = Reduction,
        ["one_mean"] = s => GridPicture.Draw("which elements one mean is taken over", s.Specs.Select(static spec => ("", Groups(spec))).ToArray()),
        ["group_norm"] = Norm,
        ["instance_norm"] = Norm,
        ["slice"] = s => WithGradient(s, [0, 1, 2, 3, 4, 5, 6, 7]),
        ["pad"] = s => Variants(s, [1, 2, 3, 4], "reflect", "edge", "constant"),
        ["reverse"] = s => GridPicture.Draw("reverse", Row(s.Specs[0], [1, 10, 2, 20, 3, 30, 4, 40])),
        ["repeat_vector"] = s => WithGradient(s, [1, -2, 3]),
        ["upsample1d"] = s => Variants(s, [1, 3, -2], "linear", "nearest"),
        ["upsample2d"] = s => GridPicture.Draw("upsample2d, bilinear", Row(s.Specs[0], [0, 4, 8, -4])),
        ["pixel_shuffle"] = s => GridPicture.Draw("pixel_shuffle", Row(s.Specs[0], [1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34])),
        ["pixel_unshuffle"] = s => GridPicture.Draw("pixel_unshuffle", Row(s.Specs[0], [1, 11, 2, 12, 21, 31, 22, 32, 3, 13, 4, 14, 23, 33, 24, 34])),
        ["ceil_mode"] = s => Variants(s, [1, 3, 2, 0, 5], "true", "false"),
        ["count_include_pad"] = s => Variants(s, [6, 3, 9, 6], "false", "true"),
        ["simple_rnn"] = s => Steps("simple_rnn, step by step", Lane("h", s.Specs[0])),
        ["gru"] = s => Steps("gru with the reset gate behind and before the product",
            Lane("reset_after", s.Specs[0]), Lane("not reset_after", s.Specs[0].Replace("true }", "true, reset_after: false }"))),
        ["lstm"] = s => Steps("lstm, step by step", Lane("h", s.Specs[0])),
        ["initial_state"] = InitialState,
        ["bidirectional"] = Bidirectional,
        ["weights_of"] = SharedWeight,
    }.Concat(s_merges.Select(static kind => KeyValuePair.Create<string, Func<LayerSection, string>>(kind, Merge))).ToDictionary();

    private static Func<LayerSection, string> Curve(Axis x, Axis y, params double[] marks) => section =>
    {
        ReferenceNetwork network = ReferenceNetwork.Parse(section.Specs[0]);
        double[] At(double value) => [.. Enumerable.Repeat(value, network.InputSize)];
        return CurvePicture.Draw(section.Names.First(), v => network.Forward(At(v))[0], v => network.InputGradient(At(v), At(1))[0], x, y, marks);
    };

    private static string Merge(LayerSection section) => WithGradient(section, [1, 2, 4, -1, 3, -2, 1, -4, 4]);

    private static string Reduction(LayerSection section) => WithGradient(section, [1, 5, -3, 5, 2, -1, 0, -1]);

    private static string WithGradient(LayerSection section, double[] values) =>
        GridPicture.Draw(section.Names.First(), Row(section.Specs[0], values), Gradient(section.Specs[0], values));

    /// <summary>The spec that is shown, and the same with other words or numbers for the first of those given.</summary>
    private static string Variants(LayerSection section, double[] values, params string[] words) =>
        GridPicture.Draw(section.Names.First(), [.. words.Select(word => Row(
            section.Specs[0].Replace(words[0], word), values, word is "true" or "false" ? $"{section.Names.First()}: {word}" : word))]);

    private static string Norm(LayerSection section)
    {
        double[] values = [1, 2, 3, 2, 4, 6, -1, 0, 1, 10, 20, 60];
        (string, Grid)[] row = Row(section.Specs[0], values);
        int[] groups = Groups(section.Specs[0]).Groups!;
        return GridPicture.Draw(section.Names.First(), [.. row.Select(g => (g.Item1, g.Item2 with { Groups = groups }))]);
    }

    /// <summary>Which elements of two samples are normalized together: those whose outputs change with one of them, in training.</summary>
    private static Grid Groups(string spec)
    {
        ReferenceNetwork network = Parse(spec);
        int size = network.InputSize;
        bool isOverSamples = spec.Contains("batch_norm");
        double[] x = [.. Enumerable.Range(0, 2 * size).Select(static i => Math.Sin(3 * i))];
        Dictionary<string, double[]> training = [];
        double[] y = network.Forward(x, training);
        int[] first = [.. x.Select((_, i) =>
        {
            double[] moved = [.. x];
            moved[i] += 0.5;
            return network.Forward(moved, training).Zip(y, static (a, b) => Math.Abs(a - b) > 1e-9).ToList().IndexOf(true);
        })];
        int[] groups = Array.ConvertAll(first, f => first.Distinct().ToList().IndexOf(f));
        int[] sizes = network.InputSizes.Single();
        string name = network.LayerKinds.Single();
        int[] shown = isOverSamples ? [2, .. sizes] : sizes;
        int count = shown.Aggregate(static (a, b) => a * b);
        return new Grid(name, [.. groups.Take(count).Select(static g => g + 1.0)], shown, groups[..count]);
    }

    /// <summary>What a network reads, and what it gives.</summary>
    private static (string Sign, Grid Grid)[] Row(string spec, double[] values, string? what = null)
    {
        ReferenceNetwork network = Parse(spec);
        double[] y = network.Forward(values);
        return [.. Inputs(network, values, ""), ("→", new Grid(what ?? $"y {Text(network.OutputShape.Sizes)}", y, network.OutputShape.Sizes))];
    }

    /// <summary>What its inputs get where each element of dL/dy is 1.</summary>
    private static (string Sign, Grid Grid)[] Gradient(string spec, double[] values)
    {
        ReferenceNetwork network = Parse(spec);
        return [.. Inputs(network, network.InputGradient(values, [.. Enumerable.Repeat(1.0, network.OutputSize)]), "∂Σy/∂")];
    }

    private static IEnumerable<(string Sign, Grid Grid)> Inputs(ReferenceNetwork network, double[] values, string before)
    {
        int[][] shapes = [.. network.InputSizes];
        int from = 0;
        for (int k = 0; k < shapes.Length; k++)
        {
            int size = shapes[k].Aggregate(1, static (a, b) => a * b);
            string name = before + (shapes.Length == 1 ? "x" : k == 0 ? "a" : "b");
            yield return ("", new Grid(before.Length == 0 ? $"{name} {Text(shapes[k])}" : name, values[from..(from + size)], shapes[k]));
            from += size;
        }
    }

    private static string Text(int[] shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>
    /// With 1 in each weight of a step's input and scale, 0.5 in each of the state, and 0 in each bias; of a gru, whose two kinds would agree,
    /// 1 in those of the state.
    /// </summary>
    private static ReferenceNetwork Parse(string spec)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse(spec);
        foreach ((string name, double[] values) in network.Parameters)
        {
            if (name.Contains("weight") || name == "gru_1.bias_hh_l0")
                Array.Fill(values, name.Contains("weight_hh") ? 0.5 : 1);
        }

        return network;
    }

    private static double[] Sequence => [1, 0, -2, 1];

    private static string Steps(string title, params Lane[] lanes) => StepPicture.Draw(title, [.. Sequence.Select(static x => Svg.Number(x))], lanes);

    private static Lane Lane(string label, string spec) => new(label, Parse(spec).Forward(Sequence));

    private static string Bidirectional(LayerSection section)
    {
        double[] y = Parse(section.Specs[0]).Forward(Sequence);
        double[] forward = [.. y.Where(static (_, i) => i % 2 == 0)], backward = [.. y.Where(static (_, i) => i % 2 == 1)];
        return StepPicture.Draw("bidirectional, merged by concat", [.. Sequence.Select(static x => Svg.Number(x))],
            [new Lane("forward", forward), new Lane("backward", backward, IsBackward: true)],
            [.. forward.Zip(backward, static (a, b) => $"{Svg.Number(a)}, {Svg.Number(b)}")]);
    }

    private static string InitialState(LayerSection section)
    {
        double[] source = [1, 0, -2], target = [1, 1];
        double[] states = Parse(section.Specs[0]).Forward([.. source, .. target]);
        return StepPicture.Draw("a layer that begins where another one ended", [.. source.Concat(target).Select(static x => Svg.Number(x))],
            [new Lane("h", states)], handOver: (source.Length, "encoder.h, .c"));
    }

    private static string SharedWeight(LayerSection section)
    {
        (double[] encoder, double[] decoder, double[] sum) = GradientsOfSharedWeight(section.Specs[0]);
        return GridPicture.Draw("a shared weight's gradient is the sum over its uses",
        [
            ("", new Grid("of code", encoder, [2, 3])),
            ("+", new Grid("of decoder, transposed", decoder, [2, 3])),
            ("=", new Grid("gradient", sum, [2, 3])),
        ]);
    }

    /// <summary>The gradients of the same two layers with a weight each, and of the one weight that they share.</summary>
    public static (double[] Encoder, double[] Decoder, double[] Sum) GradientsOfSharedWeight(string spec)
    {
        double[] weight = [0.5, -1, 1, 1, 0.5, 0];
        IReadOnlyDictionary<string, double[]> shared = Gradients(spec), apart = Gradients(spec.Replace(", weights_of: code", ""));
        return (apart["code.weight"], [.. Transposed(apart["decoder.weight"], 2, 3)], shared["code.weight"]);

        IReadOnlyDictionary<string, double[]> Gradients(string of)
        {
            ReferenceNetwork network = ReferenceNetwork.Parse(of);
            weight.CopyTo(network.Parameters["code.weight"], 0);
            if (network.Parameters.TryGetValue("decoder.weight", out double[]? own))
                Transposed(weight, 3, 2).ToArray().CopyTo(own, 0);
            return network.Backward([1, 2, -1], new double[] { 1, 0, -1 }).Gradients;
        }
    }

    /// <summary>A matrix of so many rows and columns, whose element [r, c] is [c, r] of what is given.</summary>
    private static IEnumerable<double> Transposed(double[] values, int rows, int columns) =>
        Enumerable.Range(0, rows * columns).Select(i => values[(i % columns * rows) + (i / columns)]);
}
