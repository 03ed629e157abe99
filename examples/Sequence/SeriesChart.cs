using System;
using System.Linq;
using System.Text;

namespace NetGen.Examples;

/// <summary>A series and its forecast over time, as text.</summary>
internal static class SeriesChart
{
    private const int Height = 11;

    /// <summary>Draws each <paramref name="every"/>-th value of both in a column.</summary>
    public static string Draw(ReadOnlySpan<float> series, ReadOnlySpan<float> forecast, int every)
    {
        float top = Math.Max(Largest(series), Largest(forecast)), bottom = -Math.Max(Largest(series, -1), Largest(forecast, -1));
        int columns = (series.Length + every - 1) / every;
        char[,] cells = new char[Height, columns];
        int Row(float value) => (int)MathF.Round((top - value) / (top - bottom) * (Height - 1));
        for (int column = 0; column < columns; column++)
        {
            int at = column * every;
            cells[Row(series[at]), column] = '·';
            ref char cell = ref cells[Row(forecast[at]), column];
            cell = cell == '·' ? '●' : 'o';
        }

        var text = new StringBuilder();
        for (int row = 0; row < Height; row++)
        {
            string line = string.Concat(Enumerable.Range(0, columns).Select(column => cells[row, column] is '\0' ? ' ' : cells[row, column]));
            text.Append($"  {(row % 5 == 0 ? $"{top - (top - bottom) * row / (Height - 1),5:0.0} ┤" : "      │")}{line.TrimEnd()}\n");
        }

        string last = $"step {series.Length}";
        text.Append($"        └{new string('─', columns)}\n         1{last.PadLeft(columns - 1)}\n");
        return text.Append("         · the series   o the forecast   ● both").ToString();
    }

    private static float Largest(ReadOnlySpan<float> values, float sign = 1) => values.ToArray().Max(value => sign * value);
}
