using System;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data;

public sealed class SeriesTests
{
    // Two columns: t and 10 t, over six time steps.
    private static readonly Series series = new([0, 0, 1, 10, 2, 20, 3, 30, 4, 40, 5, 50], 2, ["t", "u"]);

    [Fact]
    public void A_window_sees_its_time_steps_and_predicts_those_behind_it()
    {
        TargetDataset data = series.ToWindows(new WindowOptions { Window = 3, Horizon = 2, Targets = ["u"] });

        Assert.Equal((2, 6, 2), (data.Count, data.FeatureCount, data.TargetSize));
        Assert.Equal([0f, 0, 1, 10, 2, 20], data.FeaturesOf(0));
        Assert.Equal([1f, 10, 2, 20, 3, 30], data.FeaturesOf(1));
        Assert.Equal([30f, 40, 40, 50], data.Targets.ToArray());
        Assert.Equal(["t[0]", "u[0]", "t[1]", "u[1]", "t[2]", "u[2]"], data.FeatureNames);
        Assert.Equal(["u[+1]", "u[+2]"], data.TargetNames);
        Assert.Equal([3, 2], data.SampleShape);
    }

    [Fact]
    public void Channels_may_come_first()
    {
        TargetDataset data = series.ToWindows(new WindowOptions { Window = 3, ChannelsFirst = true });

        Assert.Equal([1f, 2, 3, 10, 20, 30], data.FeaturesOf(1));
        Assert.Equal(["t[0]", "t[1]", "t[2]", "u[0]", "u[1]", "u[2]"], data.FeatureNames);
        Assert.Equal([2, 3], data.SampleShape);
        Assert.Equal([4f, 40], data.TargetsOf(1));
    }

    [Fact]
    public void A_stride_leaves_windows_out() =>
        Assert.Equal([2f, 4], series.ToWindows(new WindowOptions { Window = 2, Stride = 2, Targets = ["t"] }).Targets.ToArray());

    [Fact]
    public void No_window_reaches_over_the_border_of_two_series()
    {
        TargetDataset data = Series.Windows([new Series([1, 2, 3]), new Series([7, 8, 9, 10])], new WindowOptions { Window = 2 });

        Assert.Equal([1f, 2, 7, 8, 8, 9], data.Features.ToArray());
        Assert.Equal([3f, 9, 10], data.Targets.ToArray());
    }

    [Fact]
    public void Labels_are_those_of_the_step_that_is_predicted_or_of_the_last_one_seen()
    {
        Assert.Equal([1, 0, 1], series.ToWindows([0, 0, 0, 1, 0, 1], new WindowOptions { Window = 3 }).Labels.ToArray());
        Assert.Equal([0, 1, 0, 1], series.ToWindows([0, 0, 0, 1, 0, 1], new WindowOptions { Window = 3, Horizon = 0 }, ["calm", "storm"]).Labels.ToArray());
        Assert.Equal([1, 1], series.ToWindows([0, 0, 0, 1, 0, 1], new WindowOptions { Window = 2, Horizon = 2, Stride = 2 }).Labels.ToArray());
    }

    [Fact]
    public void A_file_is_a_series_of_its_lines()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "time,load,heat\n1700000000,1,5\n1700000060,,6\n1700000120,3,7\n");

        Series read = Series.FromCsv(path, new CsvOptions { Ignore = ["time"], MissingValues = MissingValues.Fill });

        Assert.Equal(["load", "heat"], read.Names);
        Assert.Equal([1f, 5, 2, 6, 3, 7], read.Values.ToArray());
        Assert.Contains("1700000060 (line 3), which are one float; leave the column out by Ignore", Assert.Throws<DatasetException>(() =>
            Series.FromCsv(path, new CsvOptions { MissingValues = MissingValues.Fill })).Message);
        Assert.Throws<ArgumentException>(() => Series.FromCsv(path, new CsvOptions { MissingValues = MissingValues.Drop }));
    }

    [Fact]
    public void Parts_are_standardized_by_the_first()
    {
        Series train = series.Slice(0, 3);

        Series test = series.Slice(3, 6).Standardized(Standardizer.Fit(train.Values, train.Columns));

        Assert.Equal(3, test.Steps);
        Assert.Equal(2 / MathF.Sqrt(2 / 3f), test.Values[0], 1e-6f);
        Assert.Equal(test.Values[0], test.Values[1], 1e-6f);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_both_numbers()
    {
        Assert.Contains("Series 0 has 6 time steps, but a sample takes 7: a Window of 6 and a Horizon of 1", Error(() => series.ToWindows(new WindowOptions { Window = 6 })));
        Assert.Contains("Series 0 has 6 time steps, but a sample takes 2147483648", Error(() => series.ToWindows(new WindowOptions { Window = int.MaxValue })));
        Assert.Contains("There is no column 'v'", Error(() => series.ToWindows(new WindowOptions { Window = 1, Targets = ["v"] })));
        Assert.Contains("Horizon 0; they are at least 1, 1 and 1", Error(() => series.ToWindows(new WindowOptions { Window = 1, Horizon = 0 })));
        Assert.Contains("There are 2 labels for 6 time steps", Error(() => series.ToWindows([0, 1], new WindowOptions { Window = 1 })));
        Assert.Contains("Series 1 has the columns 'x0', but series 0 has 't', 'u'", Error(() => Series.Windows([series, new Series([1])], new WindowOptions { Window = 1 })));
        Assert.Contains("3 values, which is not a positive multiple of columns, 2", Error(() => new Series([1, 2, 3], 2)));
        Assert.Contains("have one name", Error(() => new Series([1, 2], 2, ["a", "a"])));
        Assert.Contains("Targets has no column", Error(() => series.ToWindows(new WindowOptions { Window = 1, Targets = [] })));
        Assert.Contains("The series has 2 columns, but the standardizer was fitted on 1", Error(() => series.Standardized(new Standardizer([0], [1]))));
    }

    private static string Error(Func<object> act) => Assert.ThrowsAny<ArgumentException>(act).Message;
}
