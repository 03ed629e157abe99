using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data;

/// <summary>Samples without answers, chunk by chunk.</summary>
public sealed class FeatureReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(50)]
    [InlineData(150)]
    [InlineData(10_000)]
    public void A_CSV_files_chunks_are_the_file_in_its_order(int chunkSize)
    {
        LabeledDataset whole = Dataset.FromCsv("data/iris.csv", label: "species");

        FeatureDataset[] chunks = [.. Dataset.ReadFeaturesFromCsv("data/iris.csv", whole.CsvOptions, keep: ["species"], chunkSize)];

        Assert.Equal(whole.Features.ToArray(), chunks.SelectMany(static chunk => chunk.Features.ToArray()));
        Assert.Equal((150 + chunkSize - 1) / chunkSize, chunks.Length);
        Assert.Equal(whole.Labels.ToArray().Select(label => whole.ClassNames[label]), chunks.SelectMany(static chunk => chunk.Kept.Select(static texts => texts[0])));
    }

    [Fact]
    public void A_file_without_the_column_of_labels_will_do_and_columns_stand_in_any_order()
    {
        string path = folder.File("a.csv");
        File.WriteAllText(path, "b,extra,a\n1,x,2\n3,y,4\n");

        FeatureDataset data = Assert.Single(Dataset.ReadFeaturesFromCsv(path, new CsvOptions { Features = ["a", "b"] }));

        Assert.Equal([2f, 1, 4, 3], data.Features.ToArray());
        Assert.Empty(data.Kept);
    }

    [Fact]
    public void What_is_wrong_is_told_when_its_chunk_is_read()
    {
        string path = folder.File("a.csv");
        File.WriteAllText(path, "a\n1\n2\nx\n");
        using IEnumerator<FeatureDataset> chunks = Dataset.ReadFeaturesFromCsv(path, chunkSize: 2).GetEnumerator();

        Assert.True(chunks.MoveNext());
        Assert.Contains("(4): column 'a' holds 'x'", Assert.Throws<DatasetException>(() => chunks.MoveNext()).Message);
        File.WriteAllText(path, "a\n");
        Assert.Contains("no line with a sample", Assert.Throws<DatasetException>(() => Dataset.ReadFeaturesFromCsv(path).ToArray()).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.ReadFeaturesFromCsv(path, chunkSize: 0));
    }

    [Fact]
    public void Arrays_come_in_chunks_too_compressed_ones_as_well()
    {
        float[] values = [.. Enumerable.Range(0, 21).Select(static i => i / 2f)];
        string npy = folder.File("x.npy"), idx = folder.File("x.idx"), gzip = folder.File("x.gz");
        Npy.Write(npy, values, [7, 3]);
        byte[] bytes = [0, 0, 8, 2, 0, 0, 0, 7, 0, 0, 0, 3, .. Enumerable.Range(0, 21).Select(static i => (byte)i)];
        File.WriteAllBytes(idx, bytes);
        using (var stream = new GZipStream(File.Create(gzip), CompressionLevel.Fastest))
            stream.Write(bytes);

        Assert.Equal(values, Dataset.ReadFeaturesFromNpy(npy, chunkSize: 2).SelectMany(static chunk => chunk.Features.ToArray()));
        foreach (string path in (string[])[idx, gzip])
            Assert.Equal(values, Dataset.ReadFeaturesFromIdx(path, scale: 0.5f, chunkSize: 3).SelectMany(static chunk => chunk.Features.ToArray()));
    }

    [Fact]
    public void Standardized_samples_keep_their_texts()
    {
        FeatureDataset data = Dataset.ReadFeaturesFromCsv("data/iris.csv", new CsvOptions { Ignore = ["species"] }, ["species"]).Single();
        var scaler = Standardizer.FitFeatures(data);

        FeatureDataset ready = scaler.ApplyToFeatures(data);

        Assert.Equal(0, ready.Features.ToArray().Average(), 1e-5);
        Assert.Same(data.Kept, ready.Kept);
        Assert.Throws<ArgumentException>(() => data.WithFeatures([1]));
    }

    [Fact]
    public void A_sample_knows_where_it_was_through_all_splits()
    {
        LabeledDataset whole = Dataset.FromCsv("data/iris.csv", label: "species");
        (LabeledDataset rest, LabeledDataset test) = whole.Split(0.2, seed: 3, stratify: true);
        (LabeledDataset train, LabeledDataset validation) = rest.Split(0.25, seed: 4);
        LabeledDataset changed = Standardizer.FitFeatures(train).ApplyToFeatures(train).WithWeights(Enumerable.Repeat(1f, train.Count).ToArray());

        int[] origins = [.. new[] { train, validation, test }.SelectMany(static set => Enumerable.Range(0, set.Count).Select(set.OriginOf))];

        Assert.Equal(Enumerable.Range(0, 150), origins.Order());
        Assert.Equal(Enumerable.Range(0, train.Count).Select(train.OriginOf), Enumerable.Range(0, changed.Count).Select(changed.OriginOf));
        for (int i = 0; i < validation.Count; i++)
            Assert.Equal(whole.FeaturesOf(validation.OriginOf(i)).ToArray(), validation.FeaturesOf(i).ToArray());
        Assert.Equal(7, whole.OriginOf(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.OriginOf(test.Count));
    }

    [Fact]
    public void The_columns_of_a_file_are_read_alone()
    {
        Assert.Equal(["sepal_length", "sepal_width", "petal_length", "petal_width", "species"], new CsvOptions().ReadColumns("data/iris.csv"));
        Assert.Equal("column_5", new CsvOptions { HasHeader = false }.ReadColumns("data/iris.csv")[^1]);
    }
}
