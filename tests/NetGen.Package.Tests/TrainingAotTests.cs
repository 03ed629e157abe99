using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>A fact that links native code and takes a minute.</summary>
internal sealed class ThoroughNativeFactAttribute : FactAttribute
{
    public ThoroughNativeFactAttribute()
    {
        Skip = new NativeFactAttribute().Skip;
        if (Skip is null && Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") != "1")
            Skip = "NETGEN_THOROUGH_TESTS=1 runs it.";
    }
}

/// <summary>A native program that calls all of NetGen.Training: no warning of trimming or of native code, from any of its calls.</summary>
[Collection(PackageFeed.Name)]
public sealed class TrainingAotTests(PackageFeed feed)
{
    private const string Program = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Text;
        using NetGen;
        using NetGen.Training;

        File.WriteAllText("flowers.csv", "# 60 flowers\nwidth;colour;height;seconds;kind\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{i % 3},{i % 10};{(i % 2 == 0 ? "red" : "blue")};{(i % 20 == 7 ? "NA" : "2,5")};{1_700_000_000 + i};{"abc"[i % 3]}\n")));
        var options = new CsvOptions
        {
            Encoding = Encoding.Latin1, Delimiter = ';', DecimalSeparator = ',', Comment = '#', MissingValues = MissingValues.Fill, FillWith = FillWith.Median, OneHot = ["colour"],
        };

        LabeledDataset flowers = Dataset.FromCsv("flowers.csv", label: "kind", options: options);
        LabeledDataset again = Dataset.FromCsv("flowers.csv", label: "kind", classNames: flowers.ClassNames, options: flowers.CsvOptions);
        var (train, test) = flowers.Split(testFraction: 0.2, seed: 1, stratify: true);
        Standardizer scaler = Standardizer.FitFeatures(train);
        (train, test) = (scaler.ApplyToFeatures(train), scaler.ApplyToFeatures(test));
        var net = new Flower();
        TrainingHistory history = net.Fit(train, test, new TrainingOptions { Epochs = 40, BatchSize = 16, Patience = 20, DropLast = true }, epochCompleted: Console.WriteLine);
        Console.WriteLine(history.Best);
        net.SaveWeights("flower.safetensors");
        var loaded = new Flower();
        loaded.LoadWeights("flower.safetensors");
        Console.WriteLine(loaded.Evaluate(test));
        float[] outputs = loaded.Predict(test);
        Console.WriteLine(Metrics.Accuracy(outputs, test.Labels) + " " + Metrics.ConfusionMatrix(outputs, test.Labels).Length + " " + Metrics.ArgMax(outputs));

        var all = new TrainingOptions
        {
            Epochs = 3, BatchSize = 16, DropLast = true, Workers = 2, AccumulateBatches = 2, AverageDecay = 0.9f, Metrics = [Metric.F1, Metric.RocAuc, Metric.TopK(2)], Monitor = Metric.F1,
            MeasureTraining = true, ReduceOnPlateau = new ReduceOnPlateau(), Augmentation = (x, random) => Augment.AddNoise(x, 0.01f, random), Frozen = ["dense_2.bias"],
            Checkpoint = new CheckpointOptions("flower.checkpoint") { Resume = true }, Progress = new Progress<TrainingProgress>(_ => { }),
        };
        Console.WriteLine(new Flower().Fit(train, test, all));
        Console.WriteLine(new Flower().Fit(train, test, all with { Epochs = 4 }).ResumedEpoch is 4 ? "resumed" : "NOT RESUMED");
        Console.WriteLine(new Flower().FindLearningRate(train));
        Console.WriteLine(loaded.Evaluate(test).Confusion);
        loaded.SaveWeights("flower.safetensors", new WeightsInfo { ClassNames = train.ClassNames, Features = scaler });
        Console.WriteLine(loaded.LoadWeights("flower.safetensors").ClassNames!.Count + loaded.LoadMatchingWeights("flower.safetensors").ToString());
        Npy.Write("x.npy", train.Features, [train.Count, train.FeatureCount]);
        Npy.Write("y.npy", Array.ConvertAll(train.Labels.ToArray(), label => (float)label), [train.Count]);
        Console.WriteLine(Dataset.FromNpy("x.npy", targets: "y.npy").Count + ChunkedDataset.FromNpy("x.npy", targets: "y.npy", chunkSize: 7).ChunkCount);
        Console.WriteLine(ChunkedDataset.FromCsv("flowers.csv", label: "kind", chunkSize: 10, options: options with { MissingValues = MissingValues.Drop }).Count);
        Directory.CreateDirectory("images/a");
        Directory.CreateDirectory("images/b");
        File.WriteAllBytes("images/a/1.pgm", [.. "P5 2 2 255\n"u8, 1, 2, 3, 4]);
        File.WriteAllBytes("images/b/1.pgm", [.. "P5 2 2 255\n"u8, 4, 3, 2, 1]);
        Console.WriteLine(Dataset.FromImages("images", options: new ImageOptions { Channels = 1 }).Count);
        Console.WriteLine(new Series([1, 2, 3, 4, 5, 6]).ToWindows(new WindowOptions { Window = 3 }).Count);

        TargetDataset heights = Dataset.FromCsv("flowers.csv", targets: ["seconds"], options with { Ignore = ["kind"] });
        Standardizer targets = Standardizer.FitTargets(heights), features = Standardizer.FitFeatures(heights);
        TargetDataset standard = targets.ApplyToTargets(features.ApplyToFeatures(heights));
        var line = new Line();
        line.Fit(standard, standard, new TrainingOptions { Epochs = 2 });
        float[] predicted = line.Predict(standard);
        Console.WriteLine(Metrics.MeanSquaredError(predicted, standard.Targets) + Metrics.MeanAbsoluteError(predicted, standard.Targets) + Metrics.R2(predicted, standard.Targets));
        targets.Invert(predicted);
        targets.Invert(standard.Targets, new double[standard.Count]);
        try
        {
            File.WriteAllBytes("latin.csv", Encoding.Latin1.GetBytes("x,kind\n1,B\u00E4r\n"));
            Dataset.FromCsv("latin.csv", label: "kind");
        }
        catch (DatasetException e)
        {
            Console.WriteLine("refused: " + e.Message);
        }

        Console.WriteLine($"done with {again.Count} flowers");

        [Network, Input(5), Dense(8, UseBias = false), BatchNorm, Relu, Dense(3), Softmax, CrossEntropy, Adam]
        public partial class Flower;

        [Network, Input(4), Dense(1), MeanSquaredError, Sgd]
        public partial class Line;
        """;

    [ThoroughNativeFact]
    public async Task Every_call_works_in_a_native_program_and_none_of_them_warns()
    {
        string folder = feed.NewProject("TrainingAot", $"""
            <PropertyGroup>
              <PublishAot>true</PublishAot>
              <UseAppHost>true</UseAppHost>
              <TrimmerSingleWarn>false</TrimmerSingleWarn>
            </PropertyGroup>
            <ItemGroup>
              <PackageReference Include="NetGen.Training" Version="{PackageFeed.Version}" />
            </ItemGroup>
            """, ("Program.cs", Program));
        string system = "linux-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

        string log = (await DotNet.Build(folder, "publish", "-c", "Release", "-r", system, "-o", "out")).Successful();

        Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);
        string output = (await DotNet.RunProgram(Path.Combine(folder, "out", "TrainingAot"), folder)).Successful();
        Assert.Contains("refused: latin.csv(2): byte 0xE4", output);
        Assert.Contains("done with 60 flowers", output);
    }
}
