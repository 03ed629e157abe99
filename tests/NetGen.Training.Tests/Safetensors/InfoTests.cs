using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests.Safetensors;

/// <summary>What a weight file says beside the weights, and weights that are loaded in part.</summary>
public sealed class InfoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Names_and_standardizers_come_back_exactly()
    {
        string path = folder.File("net.safetensors");
        LabeledDataset flowers = Dataset.FromCsv("data/iris.csv", label: "species");
        var scaler = Standardizer.FitFeatures(flowers);

        new PlainNet().SaveWeights(path, new WeightsInfo { ClassNames = flowers.ClassNames, FeatureNames = flowers.FeatureNames, Features = scaler, Targets = new Standardizer([1e300], [Math.PI]) });
        WeightsInfo info = new PlainNet(seed: 9).LoadWeights(path);

        Assert.Equal(flowers.ClassNames, info.ClassNames);
        Assert.Equal(flowers.FeatureNames, info.FeatureNames);
        Assert.Equal(scaler.Means, info.Features!.Means);
        Assert.Equal(scaler.Scales, info.Features.Scales);
        Assert.Equal([Math.PI], info.Targets!.Scales);
    }

    [Fact]
    public void How_a_CSV_file_was_read_comes_back_and_reads_another_file_alike()
    {
        string path = folder.File("net.safetensors"), first = folder.File("a.csv"), second = folder.File("b.csv");
        File.WriteAllText(first, "x;side;y;text;kind\n1,5;left;;a b;p\n-1;right;4;b;q\n2;left;6;a;p\n", Encoding.Latin1);
        var options = new CsvOptions
        {
            Delimiter = ';', DecimalSeparator = ',', OneHot = ["side"], MissingValues = MissingValues.Fill, FillWith = FillWith.Median, Encoding = Encoding.Latin1,
            Text = new Dictionary<string, TextColumn> { ["text"] = new TextColumn { Length = 2 } },
        };
        LabeledDataset train = Dataset.FromCsv(first, label: "kind", options: options);
        new PlainNet().SaveWeights(path, new WeightsInfo { Csv = train.CsvOptions, TargetNames = ["a", "b"], Texts = new Dictionary<string, string> { ["about"] = "ü \"quoted\"" } });

        WeightsInfo info = new PlainNet().LoadWeights(path);

        Assert.Equal(["a", "b"], info.TargetNames);
        Assert.Equal("ü \"quoted\"", info.Texts["about"]);
        File.WriteAllText(second, "kind;text;y;x;side\nq;a c;;3;right\n", Encoding.Latin1);
        Assert.Equal(Dataset.FromCsv(second, "kind", ["p", "q"], train.CsvOptions).Features.ToArray(), Dataset.FromCsv(second, "kind", ["p", "q"], info.Csv).Features.ToArray());
        Assert.Equal(5, info.Csv!.FillValues["y"]);
        Assert.Equal("iso-8859-1", info.Csv.Encoding!.WebName);
    }

    [Fact]
    public void The_librarys_own_keys_are_not_for_texts() =>
        Assert.Contains("begins with 'netgen.'", Assert.Throws<ArgumentException>(() =>
            new PlainNet().SaveWeights(new MemoryStream(), new WeightsInfo { Texts = new Dictionary<string, string> { ["netgen.x"] = "" } })).Message);

    [Fact]
    public void A_file_without_them_says_nothing()
    {
        var stream = new MemoryStream();
        new PlainNet().SaveWeights(stream);
        stream.Position = 0;

        Assert.Equal(new WeightsInfo(), new PlainNet().LoadWeights(stream));
    }

    [Theory]
    [InlineData("[1,2,3", "[1,2,x")]
    [InlineData("feature_scales\":\"[1,", "feature_scales\":\"[0,")]
    public void Damaged_metadata_are_an_error_and_the_network_stays(string old, string damaged)
    {
        var stream = new MemoryStream();
        new PlainNet(seed: 2).SaveWeights(stream, new WeightsInfo { Features = new Standardizer([1, 2, 3, 4], [1, 2, 3, 4]) });
        byte[] bytes = stream.ToArray();
        int place = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(old));
        Encoding.UTF8.GetBytes(damaged).CopyTo(bytes, place);
        var net = new PlainNet();
        float[] before = net.Parameters.ToArray();

        var error = Assert.Throws<WeightsException>(() => net.LoadWeights(new MemoryStream(bytes)));

        Assert.Contains("netgen.feature_", error.Message);
        Assert.Equal(before, net.Parameters.ToArray());
    }

    [Fact]
    public void Matching_layers_are_loaded_and_the_rest_stays()
    {
        string path = folder.File("net.safetensors");
        new NormalizedNet(seed: 77).SaveWeights(path); // hidden, norm and output: [8, 4], [8], [3, 8]
        var net = new DropoutNet();                    // hidden and output: [16, 4], [3, 16]
        float[] before = net.Parameters.ToArray();

        PartialLoad load = net.LoadMatchingWeights(path);

        Assert.Equal(["output.bias"], load.Loaded);
        Assert.Equal(["hidden.weight: [16, 4], in the file F32 [8, 4]", "hidden.bias: [16], in the file F32 [8]", "output.weight: [3, 16], in the file F32 [3, 8]"], load.Kept);
        Assert.Contains("norm.running_mean", load.Unused);
        Assert.Equal(before.AsSpan(0, 64).ToArray(), net.Parameters[..64].ToArray());
        Assert.StartsWith("loaded: output.bias\n", load.ToString());
    }

    [Fact]
    public void Nothing_that_matches_is_an_error()
    {
        string path = folder.File("net.safetensors");
        new TinyNetwork().SaveWeights(path);

        Assert.Contains("no tensor has the name and the shape of a parameter of DropoutNet", Assert.Throws<WeightsException>(() => new DropoutNet().LoadMatchingWeights(path)).Message);
    }

    public void Dispose() => folder.Dispose();
}
