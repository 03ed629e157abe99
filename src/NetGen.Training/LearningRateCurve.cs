using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Training;

/// <summary>A step of a search for a learning rate.</summary>
/// <param name="LearningRate">Its rate.</param>
/// <param name="Loss">The loss of its batch before it.</param>
/// <param name="SmoothedLoss">An exponential average of the losses, corrected for its beginning.</param>
public sealed record LearningRatePoint(float LearningRate, float Loss, double SmoothedLoss);

/// <summary>The losses over growing learning rates. As text, it is a chart.</summary>
/// <param name="Points">The steps, in order.</param>
public sealed record LearningRateCurve(IReadOnlyList<LearningRatePoint> Points)
{
    private const int Height = 12;
    private const int Width = 60;

    /// <summary>
    /// The rate at which the smoothed loss falls most steeply over the logarithm of the rate, before its lowest: a good constant rate, and a safe
    /// peak of a cycle ("Cyclical Learning Rates for Training Neural Networks", L. N. Smith, 2015). Null where the loss never falls.
    /// </summary>
    public float? Suggestion
    {
        get
        {
            int lowest = 0;
            for (int i = 1; i < Points.Count; i++)
                if (Points[i].SmoothedLoss < Points[lowest].SmoothedLoss)
                    lowest = i;
            int steepest = -1;
            double slope = 0;
            for (int i = 1; i < lowest; i++)
                if (Points[i + 1].SmoothedLoss - Points[i - 1].SmoothedLoss < slope)
                    (steepest, slope) = (i, Points[i + 1].SmoothedLoss - Points[i - 1].SmoothedLoss);
            return steepest < 0 ? null : Points[steepest].LearningRate;
        }
    }

    /// <summary>The smoothed loss over the rate, which grows to the right by equal factors, and the suggestion.</summary>
    public override string ToString()
    {
        double low = Points.Min(static p => p.SmoothedLoss), high = Points.Max(static p => p.SmoothedLoss);
        var rows = new char[Height][];
        for (int row = 0; row < Height; row++)
            rows[row] = new string(' ', Width).ToCharArray();
        for (int i = 0; i < Points.Count; i++)
        {
            int column = Points.Count == 1 ? 0 : i * (Width - 1) / (Points.Count - 1);
            int row = high == low ? 0 : (int)Math.Round((high - Points[i].SmoothedLoss) / (high - low) * (Height - 1));
            rows[row][column] = Points[i].LearningRate == Suggestion ? 'O' : '*';
        }

        var text = new StringBuilder();
        for (int row = 0; row < Height; row++)
            text.Append(CultureInfo.InvariantCulture, $"{high - (high - low) * row / (Height - 1),10:g4} |{new string(rows[row]).TrimEnd()}\n");
        string first = string.Create(CultureInfo.InvariantCulture, $"{Points[0].LearningRate:g3}"), last = string.Create(CultureInfo.InvariantCulture, $"{Points[^1].LearningRate:g3}");
        text.Append($"{"",10} +{new string('-', Width)}\n{"",12}{first}{last.PadLeft(Width - first.Length)}\n");
        return text.Append(Suggestion is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"suggested learning rate: {rate:g2} (O), where the loss falls most steeply")
            : "the loss never falls: search from a smaller rate, or check the data").ToString();
    }
}
