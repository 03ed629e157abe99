using System;
using System.Text;
using NetGen.Training;
using Spectre.Console;

namespace NetGen.Examples;

/// <summary>Images of digits as text.</summary>
internal static class Pictures
{
    private const string Shades = " ░▒▓█";

    /// <summary>Test digits side by side, each above what the network takes it for.</summary>
    public static Grid SideBySide(LabeledDataset data, ReadOnlySpan<float> outputs, ReadOnlySpan<int> samples)
    {
        var pictures = new Text[samples.Length];
        var captions = new Markup[samples.Length];
        var grid = new Grid();
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<float> probabilities = outputs.Slice(samples[i] * Digits.OutputSize, Digits.OutputSize);
            int label = data.Labels[samples[i]];
            int guess = Metrics.ArgMax(probabilities);
            string color = guess == label ? "green" : "red";

            pictures[i] = new Text(Draw(data.FeaturesOf(samples[i])));
            captions[i] = new Markup($"a {label}, read as [{color}]{guess}[/]\n({probabilities[guess]:0.0%} sure)");
            grid.AddColumn(new GridColumn { Width = 16, Padding = new Padding(0, 0, 2, 0) });
        }

        return grid.AddRow(pictures).AddRow(captions);
    }

    // Each pixel twice, since a character is about twice as high as it is wide.
    private static string Draw(ReadOnlySpan<float> pixels)
    {
        var text = new StringBuilder();
        for (int i = 0; i < pixels.Length; i++)
        {
            text.Append(Shades[(int)MathF.Round(pixels[i] / 16 * (Shades.Length - 1))], 2);
            if (i % 8 == 7)
                text.Append('\n');
        }

        return text.ToString();
    }
}
