using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class CsvReadingTests
{
    [Fact]
    public void Integer_labels_are_classes_and_the_other_columns_features()
    {
        LabeledDataset data = Labeled(
            """
            width,kind,height
            1.5,1,-2
            3e-1,0,.25
            4,2,1
            """);

        Assert.Equal(3, data.Count);
        Assert.Equal(["width", "height"], data.FeatureNames);
        Assert.Equal([1.5f, -2, 0.3f, 0.25f, 4, 1], data.Features.ToArray());
        Assert.Equal([1, 0, 2], data.Labels.ToArray());
        Assert.Equal(["0", "1", "2"], data.ClassNames);
        Assert.Equal([0.3f, 0.25f], data.FeaturesOf(1).ToArray());
    }

    [Fact]
    public void Text_labels_are_numbered_in_ordinal_order_and_keep_their_names()
    {
        LabeledDataset data = Labeled(
            """
            x,kind
            1,setosa
            2,Virginica
            3,åkerbär
            4,setosa
            """);

        Assert.Equal(["Virginica", "setosa", "åkerbär"], data.ClassNames);
        Assert.Equal([1, 0, 2, 1], data.Labels.ToArray());
    }

    [Fact]
    public void Given_class_names_number_the_classes_even_where_one_is_absent()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,kind\n1,c\n2,a\n");

        LabeledDataset data = Dataset.FromCsv(path, label: "kind", classNames: ["a", "b", "c"]);

        Assert.Equal([2, 0], data.Labels.ToArray());
        Assert.Equal(3, data.ClassCount);
    }

    [Fact]
    public void Integers_written_as_floats_are_labels_too()
    {
        LabeledDataset data = Labeled("x,kind\n1,0.0\n2,1.0\n3,1\n");

        Assert.Equal([0, 1, 1], data.Labels.ToArray());
        Assert.Equal(["0", "1"], data.ClassNames);

        using var folder = new TemporaryFolder();
        string second = folder.Write("b.csv", "x,kind\n1,1.0\n");
        Assert.Equal([1], Dataset.FromCsv(second, label: "kind", classNames: data.ClassNames).Labels.ToArray());
    }

    [Fact]
    public void A_byte_order_mark_CRLF_quotes_blanks_and_empty_lines_are_fine()
    {
        LabeledDataset data = Labeled("\uFEFF\"x\", \"the \"\"kind\"\"\" ,y\r\n\" 1.5 \",\"a,b\nc\", 2\r\n\r\n3,d,4", label: "the \"kind\"");

        Assert.Equal(["x", "y"], data.FeatureNames);
        Assert.Equal([1.5f, 2, 3, 4], data.Features.ToArray());
        Assert.Equal(["a,b\nc", "d"], data.ClassNames);
    }

    [Fact]
    public void A_target_is_a_number_beside_the_features()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,y\n1,2.5\n3,-4\n");

        TargetDataset data = Dataset.FromCsv(path, target: "y");

        Assert.Equal(1, data.TargetSize);
        Assert.Equal(["y"], data.TargetNames);
        Assert.Equal([2.5f, -4], data.Targets.ToArray());
        Assert.Equal([1f, 3], data.Features.ToArray());
    }

    [Fact]
    public void Several_targets_stand_in_the_order_asked_for()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,y,z\n1,2,3\n4,5,6\n");

        TargetDataset data = Dataset.FromCsv(path, targets: ["z", "y"]);

        Assert.Equal([3f, 2, 6, 5], data.Targets.ToArray());
        Assert.Equal([6f, 5], data.TargetsOf(1).ToArray());
    }

    [Fact]
    public void Columns_are_ignored_or_chosen_and_the_delimiter_stated()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "id;x;y;z\nfirst;1;2;3\n");

        Assert.Equal(["x", "y"], Dataset.FromCsv(path, target: "z", new CsvOptions { Delimiter = ';', Ignore = ["id"] }).FeatureNames);
        Assert.Equal([2f, 1], Dataset.FromCsv(path, target: "z", new CsvOptions { Delimiter = ';', Features = ["y", "x"] }).Features.ToArray());
    }

    [Fact]
    public void The_example_data_sets_load()
    {
        LabeledDataset iris = Dataset.FromCsv("data/iris.csv", label: "species");
        LabeledDataset digits = Dataset.FromCsv("data/digits.csv", label: "digit");
        TargetDataset diabetes = Dataset.FromCsv("data/diabetes.csv", target: "progression");

        Assert.Equal((150, 4, 3), (iris.Count, iris.FeatureCount, iris.ClassCount));
        Assert.Equal((1797, 64, 10), (digits.Count, digits.FeatureCount, digits.ClassCount));
        Assert.Equal((442, 10, 1), (diabetes.Count, diabetes.FeatureCount, diabetes.TargetSize));
        Assert.Equal(151, diabetes.Targets[0]);
        Assert.Equal(4.8598f, diabetes.FeaturesOf(0)[8]);
    }

    private static LabeledDataset Labeled(string text, string label = "kind")
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromCsv(folder.Write("a.csv", text), label: label);
    }
}
