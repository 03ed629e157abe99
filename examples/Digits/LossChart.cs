using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetGen.Examples;

/// <summary>
/// The losses over the epochs on a logarithmic scale, a light line for training and a heavy one for validation, so
/// that they can be told apart without colours too.
/// </summary>
internal static class LossChart
{
    private const int Width = 60;
    private const int Height = 12;

    // A line that comes in level, turns, runs on, turns back: across, out of the row above, out of the row below.
    private const string Light = "─╮│╰╯╭";
    private const string Heavy = "━┓┃┗┛┏";

    /// <summary>Draws it, with room for all epochs of the run.</summary>
    public static IRenderable Draw(IReadOnlyList<EpochReport> reports, int epochs)
    {
        double[] train = [.. reports.Select(report => report.TrainLoss)];
        double[] validation = [.. reports.Select(report => report.ValidationLoss ?? double.NaN)];
        double top = Math.Log(train.Concat(validation).Max());
        double bottom = Math.Log(train.Concat(validation).Min());
        double step = Math.Max(top - bottom, 0.1) / (Height - 1);

        var cells = new (char Line, Color Color)[Height, Width];
        Plot(cells, validation, epochs, top, step, Heavy, Color.Yellow);
        Plot(cells, train, epochs, top, step, Light, Color.Aqua);

        var text = new Paragraph();
        for (int row = 0; row < Height; row++)
        {
            text.Append(row % 3 == 0 || row == Height - 1 ? $"{Math.Exp(top - row * step),8:0.000} ┤" : "         │");
            for (int column = 0; column < Width; column++)
                text.Append(cells[row, column].Line is '\0' ? " " : $"{cells[row, column].Line}", new Style(cells[row, column].Color));
            text.Append("\n");
        }

        string last = $"epoch {epochs}";
        text.Append($"         └{new string('─', Width)}\n          1");
        return text.Append($"{last.PadLeft(Width - 1)}\n")
            .Append("          loss: ").Append("── training", new Style(Color.Aqua)).Append("   ").Append("━━ validation\n", new Style(Color.Yellow));
    }

    private static void Plot((char, Color)[,] cells, double[] losses, int epochs, double top, double step, string lines, Color color)
    {
        int before = -1;
        for (int column = 0; column < Width; column++)
        {
            int epoch = column * epochs / Width;
            if (epoch >= losses.Length)
                break;

            int row = (int)Math.Round((top - Math.Log(losses[epoch])) / step);
            if (before < 0 || row == before)
            {
                cells[row, column] = (lines[0], color);
            }
            else
            {
                bool falls = row > before; // rows count from the top
                for (int between = Math.Min(row, before) + 1; between < Math.Max(row, before); between++)
                    cells[between, column] = (lines[2], color);
                cells[before, column] = (falls ? lines[1] : lines[4], color);
                cells[row, column] = (falls ? lines[3] : lines[5], color);
            }

            before = row;
        }
    }
}
