using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Cli.Infer;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Training;
using Xunit;

namespace NetGen.Cli.Tests.Infer;

/// <summary>What is proposed for a file, and what is refused.</summary>
public sealed class SpecProposalTests
{
    [Fact]
    public void Texts_are_classes_in_ordinal_order()
    {
        Proposal proposal = Propose(Rows("x,y,kind", 30, i => $"{i * 7 % 11},{i * 0.5},{(i % 2 == 0 ? "cat" : "bird")}"));

        Assert.True(proposal.IsClassification);
        Assert.Equal(["kind"], proposal.Answers);
        Assert.Null(proposal.ClassNames);
        Assert.Contains("- dense: 2 ", proposal.Yaml, StringComparison.Ordinal);
        Assert.Contains("- softmax", proposal.Yaml, StringComparison.Ordinal);
        Assert.Contains("loss: cross_entropy\n", proposal.Yaml, StringComparison.Ordinal);
        Assert.Equal("'kind', the last column, is predicted: one of 2 classes, 'bird', 'cat'", proposal.Reasons[0]);
    }

    [Theory]
    [InlineData("{0}", 3, null)]
    [InlineData("{0}.0", 3, null)]
    [InlineData("1{0}", 3, "10,11,12")] // no labels by themselves: they are stated
    [InlineData("-{0}", 3, "-2,-1,0")]
    public void Few_integers_are_classes(string form, int classes, string? names)
    {
        Proposal proposal = Propose(Rows("x,y", 60, i => $"{i * 7 % 11},{string.Format(CultureInfo.InvariantCulture, form, i % classes)}"));

        Assert.True(proposal.IsClassification);
        Assert.Equal(names, proposal.ClassNames is { } stated ? string.Join(',', stated) : null);
    }

    [Fact]
    public void Many_integers_and_decimals_are_numbers_to_predict_unless_it_is_said_otherwise()
    {
        Func<int, string> seven = static i => $"{i * 7 % 11},{i % 7}", decimals = static i => $"{i * 7 % 11},{i % 3 * 0.5}";
        Assert.False(Propose(Rows("x,y", 200, static i => $"{i * 7 % 11},{i % 25}")).IsClassification);
        Assert.False(Propose(Rows("x,y", 30, seven)).IsClassification); // four of each
        Assert.True(Propose(Rows("x,y", 30, seven), classify: true).IsClassification);
        Assert.True(Propose(Rows("x,y", 70, seven)).IsClassification);
        Assert.False(Propose(Rows("x,y", 70, seven), classify: false).IsClassification);
        Assert.False(Propose(Rows("x,y", 70, decimals)).IsClassification);
        Assert.Equal(["0", "0.5", "1"], Propose(Rows("x,y", 70, decimals), classify: true).ClassNames);
    }

    [Fact]
    public void Ids_constants_counters_and_columns_of_gaps_are_left_out_with_the_reason()
    {
        Proposal proposal = Propose(Rows("id,customerId,n,always,gaps,name,time,x,y", 40, i => string.Join(
            ',', i * 13 % 40, $"c{i % 20}", i + 100, 5, i % 3 == 0 ? "1" : "", $"Ada {i}", 1_700_000_000 + 60 * (i % 39), i * 7 % 11, i * 0.5)));

        Assert.Equal(["id", "customerId", "n", "always", "gaps", "name", "time"], proposal.Options.Ignore);
        Assert.Contains("input: 1 ", proposal.Yaml, StringComparison.Ordinal);
        string[] reasons =
        [
            "'id' is left out: it names the row, and a network would learn the rows by heart",
            "'customerId' is left out: it names what the row is about, and its value means nothing by itself",
            "'n' is left out: it counts the rows, from 100 to 139",
            "'always' is left out: it is '5' in every row, which tells nothing",
            "'name' is left out: it has another text in every row, too many for a feature each; an embedding could take it",
        ];
        Assert.All(reasons, reason => Assert.Contains(reason, proposal.Reasons));
        Assert.Contains("# - " + reasons[0], proposal.Yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("width")]
    [InlineData("valid")]
    [InlineData("humid")]
    [InlineData("fluid")]
    [InlineData("paid")]
    public void A_name_that_ends_in_id_by_chance_is_no_id(string name) =>
        Assert.Empty(Propose(Rows($"{name},y", 40, static i => $"{i * 7 % 11},{i * 0.5}")).Options.Ignore);

    [Fact]
    public void A_few_texts_become_a_feature_each_and_gaps_the_median()
    {
        Proposal proposal = Propose(Rows("colour,age,x,y", 40, static i => string.Join(
            ',', i == 5 ? "" : i % 3 == 0 ? "red" : i % 3 == 1 ? "blue" : "NA", i % 10 == 0 ? "NA" : $"{i % 10}", i * 7 % 11, i * 0.5)));

        // Red, blue and NA, which is a text among texts; the age; x.
        Assert.Contains("input: 5 ", proposal.Yaml, StringComparison.Ordinal);
        Assert.Equal(["colour"], proposal.Options.OneHot);
        Assert.Equal((MissingValues.Fill, FillWith.Median), (proposal.Options.MissingValues, proposal.Options.FillWith));
        Assert.Contains("'age' is missing in 4 of 40 rows: its median stands in", proposal.Reasons);
        Assert.Contains("'colour' becomes 3 features, 1 or 0 for each of its categories", proposal.Reasons);
    }

    [Fact]
    public void What_the_options_say_already_stays()
    {
        string rows = Rows("a,b,c,who,y,z", 40, static i => $"{i * 7 % 11},{i * 3 % 7},{i * 5 % 13},{i % 5},{i * 0.5},{i}.5");
        CsvOptions read = new() { Ignore = ["a", "z"], Group = "who" };

        Proposal ignoring = Propose(rows, read);
        Assert.Equal("who", ignoring.Options.Group);
        Assert.Equal(["a", "z"], ignoring.Options.Ignore);
        Assert.Equal(["y"], ignoring.Answers);
        Assert.Contains("input: 2 ", ignoring.Yaml, StringComparison.Ordinal);
        Proposal choosing = Propose(rows, new CsvOptions { Features = ["c", "a"] }, answers: ["y"]);
        Assert.Equal(["c", "a"], choosing.Options.Features);
        Assert.Empty(choosing.Options.Ignore);
    }

    [Fact]
    public void Rare_classes_weigh_more()
    {
        Proposal proposal = Propose(Rows("x,kind", 100, static i => $"{i * 7 % 11},{(i % 10 == 0 ? "rare" : "common")}"));

        // 100 / (2 x 90) and 100 / (2 x 10): a sample weighs 1 on average.
        Assert.Contains("loss: { cross_entropy: { class_weight: [0.555556, 5] } }\n", proposal.Yaml, StringComparison.Ordinal);
        Assert.Contains("class 'common' has 90 rows and 'rare' 10: the loss weighs them so that all classes count alike", proposal.Reasons);
        Proposal even = Propose(Rows("x,kind", 100, static i => $"{i * 7 % 11},{(i % 3 == 0 ? "a" : "b")}"));
        Assert.DoesNotContain("class_weight:", even.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_is_predicted_in_its_own_units()
    {
        // 100 and 300: mean 200, deviation 100.
        Proposal proposal = Propose(Rows("x,price", 40, static i => $"{i * 7 % 11},{(i % 2 == 0 ? 100.0 : 300.0)}"), classify: false);

        Assert.Contains("  - normalization ", proposal.Yaml, StringComparison.Ordinal);
        Assert.Contains("  - dense: 1 ", proposal.Yaml, StringComparison.Ordinal);
        Assert.Contains("  - rescaling: { scale: 100, offset: 200 }\n", proposal.Yaml, StringComparison.Ordinal);
        Assert.Contains("loss: { mean_squared_error: { weight: 0.0001 } }\n", proposal.Yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e-4)]
    [InlineData(1e9)]
    public void Small_and_large_units_give_a_spec_as_well(double unit) =>
        Assert.Contains("rescaling", Propose(Rows("x,y", 40, i => FormattableString.Invariant($"{i * 7 % 11},{i * unit}"))).Yaml, StringComparison.Ordinal);

    [Fact]
    public void Several_targets_each_have_their_own_units()
    {
        string rows = Rows("x,a,b", 40, static i => $"{i * 7 % 11},{(i % 2 == 0 ? 100.0 : 300.0)},{(i % 2 == 0 ? -20 : 0)}");
        Proposal proposal = Propose(rows, answers: ["a", "b"]);

        Assert.Equal(["a", "b"], proposal.Answers);
        // y = (x - mean) / sqrt(variance) with -200 / 100 and 1 / 100^2; 10 / 10 and 1 / 10^2.
        Assert.Contains("      mean: [-2, 1]\n      variance: [0.0001, 0.01]\n", proposal.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_pixels_become_an_image_with_its_constant_corners()
    {
        string names = string.Join(',', Enumerable.Range(0, 64).Select(static p => $"pixel{p}"));
        string places = string.Join(',', Enumerable.Range(0, 64).Select(static p => $"{p / 8 + 1}x{p % 8 + 1}"));
        string other = names.Replace("pixel63", "pixel99", StringComparison.Ordinal);
        Func<int, string> row = static i => $"{string.Join(',', Enumerable.Range(0, 64).Select(p => p == 0 ? 0 : i * p % 17))},{(i % 2 == 0 ? "a" : "b")}";

        Proposal proposal = Propose(Rows(names + ",kind", 40, row));
        Assert.Contains("input: [1, 8, 8]", proposal.Yaml, StringComparison.Ordinal);
        Assert.Contains("conv2d", proposal.Yaml, StringComparison.Ordinal);
        Assert.Empty(proposal.Options.Ignore);
        // A name out of the order: they may be anything.
        Assert.DoesNotContain("conv2d", Propose(Rows(other + ",kind", 40, row)).Yaml, StringComparison.Ordinal);
        Assert.Contains("conv2d", Propose(Rows(places + ",kind", 40, row)).Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void More_rows_give_a_larger_network_and_fewer_epochs()
    {
        Func<int, string> row = static i => $"{i * 7 % 11},{i * 0.5}";
        Proposal few = Propose(Rows("x,y", 100, row)), many = Propose(Rows("x,y", 6_000, row));

        Assert.Contains("units: 16", few.Yaml, StringComparison.Ordinal);
        Assert.Contains("units: 128", many.Yaml, StringComparison.Ordinal);
        Assert.True(few.Epochs > many.Epochs && few.BatchSize < many.BatchSize && few.Patience > many.Patience);
    }

    [Fact]
    public void What_a_header_smuggles_in_stays_within_its_comment()
    {
        const string header = "\"x\nseed: 7 \u2028input: 3\",\"a # b: {\",kind";
        Proposal proposal = Propose(Rows(header, 40, static i => $"5,{i * 7 % 11},{(i % 2 == 0 ? "\"p\nq\"" : "\u0085")}"));

        Assert.Contains("seed: 1 ", proposal.Yaml, StringComparison.Ordinal);
        Assert.Equal(1, proposal.Yaml.Split('\n').Count(static l => l.StartsWith("input:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("x,name", "{0},n{0}", 40,
        "column 'name' has another text in each of the 40 rows, so there are no classes to learn; name the column that has them by --label")]
    [InlineData("x,kind", "{0},a", 40, "column 'kind' has one class, 'a', in all rows, so there is nothing to learn; name another column by --label")]
    [InlineData("x,y", "{0},2.5", 40, "column 'y' is 2.5 in every row, so there is nothing to predict; name another column")]
    [InlineData("id,y", "{0},{0}.5", 40, "no column is left to predict from; 'id' is left out: it names the row")]
    [InlineData("y", "{0}.5", 40, "no column is left to predict from; add columns beside those that are predicted")]
    [InlineData("x,y", "{0},{0}.5", 9, "has 9 rows, too few to train and to validate on; at least 10 are needed")]
    public void Data_that_teach_nothing_are_refused_with_the_remedy(string header, string row, int rows, string message) =>
        Assert.Contains(
            message, Refused(Rows(header, rows, i => string.Format(CultureInfo.InvariantCulture, row, i))), StringComparison.Ordinal);

    [Fact]
    public void Mistakes_in_the_data_are_refused_with_their_place()
    {
        string stray = Rows("x,y", 60, static i => $"{(i == 7 ? "3 kg" : $"{i}")},{i}.5");
        string gap = Rows("x,y", 60, static i => $"{i},{(i == 7 ? "NA" : $"{i}.5")}");
        string texts = Rows("x,kind", 40, static i => $"{i},{(i % 2 == 0 ? "a" : "b")}"), numbers = Rows("x,a,b", 40, static i => $"{i * 7 % 11},{i},{i % 2}");
        (string Problem, string Message)[] all =
        [
            (Refused(stray), "a.csv(9): column 'x' holds '3 kg', but 59 of its cells are numbers; correct the cell"),
            (Refused(gap), "column 'y', which is to be predicted, is missing in 1 of 60 rows; fill it in, or take these rows out"),
            (Refused(texts, classify: false), "a.csv(2): column 'kind' holds 'a', which is no number to predict; correct the cell, or predict classes"),
            (Refused(texts, answers: ["kimd"]), "has no column 'kimd'; did you mean 'kind'?"),
            (Refused(texts, answers: ["x", "x"]), "column 'x' is named twice"),
            (Refused(numbers, classify: true, answers: ["a", "b"]), "2 columns were named, and a classifier predicts one"),
            (Refused(numbers, answers: ["a", "b"]), "the targets 'b' and 'a' have standard deviations of 0.5 and 11.5434, so a common loss would hardly see"),
        ];
        Assert.All(all, static one => Assert.Contains(one.Message, one.Problem, StringComparison.Ordinal));
    }

    private static string Rows(string header, int count, Func<int, string> row) =>
        $"{header}\n{string.Concat(Enumerable.Range(0, count).Select(i => row(i) + "\n"))}";

    private static string Refused(string csv, bool? classify = null, params string[] answers)
    {
        using var folder = new TemporaryFolder();
        Assert.Null(SpecProposal.Of(CsvSummary.Read(folder.Write("a.csv", csv)), new CsvOptions(), answers, classify, out string? problem));
        return problem!;
    }

    /// <summary>A proposal that fits its data: the spec has no warning, and what its options read is its input and its output.</summary>
    private static Proposal Propose(string csv, CsvOptions? read = null, bool? classify = null, params string[] answers)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a.csv", csv);
        Proposal? proposal = SpecProposal.Of(CsvSummary.Read(file), read ?? new CsvOptions(), answers, classify, out string? problem);
        Assert.Null(problem);

        CheckResult check = NetworkCompiler.Check(proposal!.Yaml);
        Assert.Empty(check.Diagnostics);
        Network network = check.Network!;
        if (proposal.IsClassification)
        {
            LabeledDataset data = Dataset.FromCsv(file, proposal.Answers[0], proposal.ClassNames, proposal.Options);
            Assert.Equal((data.FeatureCount, data.ClassCount), (network.Input.Size, network.Output.Size));
        }
        else
        {
            TargetDataset data = Dataset.FromCsv(file, proposal.Answers, proposal.Options);
            Assert.Equal((data.FeatureCount, data.TargetSize), (network.Input.Size, network.Output.Size));
        }

        return proposal;
    }
}
