using System;
using System.Linq;
using NetGen.Training;

namespace NetGen.Cli.Report;

/// <summary>A confusion matrix as a heat map: each cell is shaded by its share of the row, in one colour what is right and in another what is wrong.</summary>
internal static class MatrixTable
{
    /// <summary>From so many classes on, cells are small and headings stand upright.</summary>
    private const int ManyClasses = 16;

    /// <summary>From so many classes on, there is no room for numbers: a cell says its own where the mouse is on it.</summary>
    private const int DenseClasses = 45;

    private const string Note = "Rows: the right class. Columns: the class that the network gave. The shade grows with the share of the row.";

    public static void Write(HtmlText html, ConfusionMatrix matrix, string set)
    {
        using (html.Element("div", ("class", "scroll")))
        using (html.Element("table", ("class", matrix.ClassCount switch
        {
            >= DenseClasses => "matrix many dense",
            >= ManyClasses => "matrix many",
            _ => "matrix",
        })))
        {
            DataTable.WriteCaption(html, $"Confusion matrix of the {set} set", Note);
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
            // By the root: few mistakes among many samples are what is looked for.
            int shade = count == 0 ? 0 : (int)Math.Ceiling(PageStyle.ShadeCount * Math.Sqrt((double)count / support));
            string style = shade == 0 ? "zero" : right == given ? $"r{shade}" : $"w{shade}";
            if (count == 0 && matrix.ClassCount >= ManyClasses)
                html.Text("td", "");
            else if (matrix.ClassCount >= DenseClasses && right != given)
            {
                string title = $"{matrix.ClassNames[right]}, given {matrix.ClassNames[given]}: {Figures.Count(count)}";
                html.Text("td", Figures.Count(count), ("class", style), ("title", title));
            }
            else
                html.Text("td", Figures.Count(count), ("class", style));
        }
    }
}
