using System;
using System.Linq;
using NetGen.Training;

namespace NetGen.Cli.Report;

/// <summary>A confusion matrix as a heat map: each cell is shaded by its share of the row, in one colour what is right and in another what is wrong.</summary>
internal static class MatrixTable
{
    /// <summary>From so many classes on, cells are small and headings stand upright.</summary>
    private const int ManyClasses = 16;

    /// <summary>Letters of the names beside each other that fit above narrow columns.</summary>
    private const int MostLetters = 80;

    public static void Write(HtmlText html, ConfusionMatrix matrix, string set)
    {
        bool isLarge = matrix.ClassCount >= ManyClasses || matrix.ClassNames.Take(matrix.ClassCount).Sum(static n => n.Length) > MostLetters;
        using (html.Element("div", ("class", "scroll")))
        using (html.Element("table", ("class", matrix.ClassCount >= ManyClasses ? "matrix many" : isLarge ? "matrix upright" : "matrix")))
        {
            DataTable.WriteCaption(html, "Confusion matrix", $"Samples of the {set} set. Each row is a right class, each column the class that the network gave. The shade is the share of the row.");
            using (html.Element("thead"))
            using (html.Element("tr"))
            {
                html.Text("th", "right \\ given", ("class", "corner"), ("scope", "col"));
                for (int given = 0; given < matrix.ClassCount; given++)
                    html.Foreign("th", matrix.ClassNames[given], ("scope", "col"));
            }

            using (html.Element("tbody"))
            {
                for (int right = 0; right < matrix.ClassCount; right++)
                {
                    using (html.Element("tr"))
                        WriteRow(html, matrix, right);
                }
            }
        }
    }

    private static void WriteRow(HtmlText html, ConfusionMatrix matrix, int right)
    {
        html.Foreign("th", matrix.ClassNames[right], ("scope", "row"));
        long support = Enumerable.Range(0, matrix.ClassCount).Sum(given => matrix[right, given]);
        for (int given = 0; given < matrix.ClassCount; given++)
        {
            long count = matrix[right, given];
            int shade = count == 0 ? 0 : Math.Max(1, (int)Math.Round((double)PageStyle.ShadeCount * count / support));
            html.Text("td", Figures.Count(count), ("class", shade == 0 ? "zero" : right == given ? $"r{shade}" : $"w{shade}"));
        }
    }
}
