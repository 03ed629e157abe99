using System;
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
