using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using NetGen.Cli.Report;
using NetGen.Training;
using Xunit;

namespace NetGen.Cli.Tests.Report;

/// <summary>Confusion matrices, figures by class and ROC curves.</summary>
public sealed class ClassSectionTests
{
    [Fact]
    public void The_matrix_has_its_counts_and_shades_what_is_right_apart_from_what_is_wrong()
    {
        ReportPage page = ReportPage.Of(SampleReports.Iris());
        Assert.Equal(
            [
                ["right \\ given", "setosa", "versicolor", "virginica"],
                ["setosa", "8", "0", "0"],
                ["versicolor", "0", "6", "1"],
                ["virginica", "0", "0", "7"],
            ], page.Table("Confusion matrix of the test set"));
        XElement matrix = page.All("table").Single(static t => ReportPage.HasClass(t, "matrix"));
        IEnumerable<XElement> cells = matrix.Descendants().Where(static e => e.Name.LocalName == "td");
        // By the root of the share: 6 of 7 are 0.93, 1 of 7 is 0.38.
        Assert.Equal(["r10", "zero", "zero", "zero", "r10", "w4", "zero", "zero", "r10"], cells.Select(static c => (string?)c.Attribute("class")));
    }

    [Fact]
    public void Each_class_has_precision_recall_F1_and_support()
    {
        string[][] table = ReportPage.Of(SampleReports.Iris()).Table("Figures of each class");
        Assert.Equal(["versicolor", "1.000", "0.857", "0.923", "7"], table[2]);
        Assert.Equal(["virginica", "0.875", "1.000", "0.933", "7"], table[3]);
        Assert.Equal(["macro average", "0.958", "0.952", "0.952", "22"], table[4]);
    }

    [Fact]
    public void A_hundred_classes_have_a_matrix_whose_cells_tell_their_numbers()
    {
        ReportModel model = SampleReports.Classifier(100, 5_000);
        ReportPage page = ReportPage.Of(model);
        string[][] table = page.Table("Confusion matrix of the test set");
        ConfusionMatrix matrix = model.Classes!.Matrix;
        Assert.Equal(101, table.Length);
        for (int right = 0; right < 100; right++)
        {
            for (int given = 0; given < 100; given++)
            {
                string count = matrix[right, given].ToString(CultureInfo.InvariantCulture);
                Assert.Equal(count == "0" ? "" : count, table[right + 1][given + 1]);
            }
        }

        int wrong = Enumerable.Range(0, 100).Sum(r => Enumerable.Range(0, 100).Count(g => r != g && matrix[r, g] > 0));
        XElement[] titled = [.. page.Section("classes").Descendants().Where(static e => e.Attribute("title") is not null)];
        Assert.Equal(wrong, titled.Length);
        Assert.All(titled, static t => Assert.EndsWith($": {t.Value}", (string)t.Attribute("title")!, StringComparison.Ordinal));
    }

    [Fact]
    public void More_classes_have_a_table_of_the_worst_pairs_in_place_of_a_matrix()
    {
        long[,] counts = new long[101, 101];
        for (int k = 0; k < 101; k++)
            counts[k, k] = 9;
        (counts[4, 7], counts[100, 0], counts[3, 2]) = (1, 3, 1);
        ReportModel model = SampleReports.Iris() with { Classes = new ClassFacts(new ConfusionMatrix(counts), [], null) };
        ReportPage page = ReportPage.Of(model);

        Assert.DoesNotContain(page.All("table"), static t => ReportPage.HasClass(t, "matrix"));
        Assert.Equal([["100", "0", "3", "25.0 %"], ["3", "2", "1", "10.0 %"], ["4", "7", "1", "10.0 %"]], page.Table("Most frequent mistakes").Skip(1));
    }

    [Fact]
    public void Classes_without_samples_and_a_network_without_mistakes_are_no_trouble()
    {
        ReportModel none = SampleReports.Iris() with { Classes = new ClassFacts(new ConfusionMatrix(new long[3, 3]), [], null) };
        Assert.Equal(["0", "0", "0", "0"], ReportPage.Of(none).Table("Confusion matrix of the test set")[1]);
        long[,] right = new long[20, 20];
        right[3, 3] = 5;
        ReportModel all = SampleReports.Iris() with { Classes = new ClassFacts(new ConfusionMatrix(right), [], null) };
        Assert.Contains("No sample was given a wrong class.", ReportPage.Of(all).Section("classes").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_classes_have_a_roc_curve_from_corner_to_corner()
    {
        ReportModel model = SampleReports.Binary() with
        {
            Classes = SampleReports.Binary().Classes! with
            {
                Roc = [new RocPoint(0, 0, double.PositiveInfinity), new RocPoint(0, 0.6, 0.9), new RocPoint(0.5, 0.8, 0.4), new RocPoint(1, 1, 0)],
                RocAuc = 0.75,
            },
        };
        ReportPage page = ReportPage.Of(model);
        XElement chart = page.Chart("ROC curve");
        Assert.Equal("True positive rate against false positive rate, AUC 0.750.", (string?)chart.Attribute("aria-label"));
        XElement[] paths = [.. chart.Descendants(ReportPage.GraphicsName("path"))];
        Assert.Equal(["reference c1", "line c1", "point c2"], paths.Select(static p => (string?)p.Attribute("class")));
        Assert.Equal(["M0 250L1000 0", "M0 250L0 100L500 50L1000 0", "M500 50h0"], paths.Select(static p => (string?)p.Attribute("d")));
        Assert.Contains("threshold 0.4", page.Section("classes").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(ReportPage.Of(SampleReports.Iris()).All("h3"), static h => h.Value == "ROC curve");
    }
}
