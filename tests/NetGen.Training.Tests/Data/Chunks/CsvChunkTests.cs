using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace NetGen.Training.Tests.Data.Chunks;

/// <summary>CSV files in chunks, against the same files read whole.</summary>
public sealed class CsvChunkTests
{
    private const string Rows = "x,colour,kind\n1,red,b\n2,blue,a\n\n3,\"gr\nee\"\"n\",b\n# a comment, \"quoted\n4,red,c\n5,\"a\r\nb\",c\n6,blue,a\n7,red,b\n";

    private static readonly CsvOptions options = new() { OneHot = ["colour"], Comment = '#' };

    public static TheoryData<string, byte[]> Files { get; } = new()
    {
        { "\\n", Encoding.UTF8.GetBytes(Rows) },
        { "\\r\\n", Encoding.UTF8.GetBytes(Rows.Replace("\r\n", "\n").Replace("\n", "\r\n")) },
        { "\\r", Encoding.UTF8.GetBytes(Rows.Replace("\r\n", "\n").Replace("\n", "\r")) },
        { "with a mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Rows)] },
        { "without a line break at the end", Encoding.UTF8.GetBytes(Rows.TrimEnd()) },
        { "beyond ASCII", Encoding.UTF8.GetBytes(Rows.Replace("red", "röt 🙂")) },
        { "blank lines", Encoding.UTF8.GetBytes("\n\n" + Rows.Replace("\n3", "\n\n\n\r\n\r\r3")) },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Chunks_of_any_size_are_the_rows_of_the_whole_file(string name, byte[] bytes)
    {
        Assert.NotEmpty(name);
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", bytes);
        LabeledDataset whole = Dataset.FromCsv(path, label: "kind", options: options);

        for (int size = 1; size <= 8; size++)
        {
            ChunkedDataset<LabeledDataset> chunks = ChunkedDataset.FromCsv(path, label: "kind", chunkSize: size, options: options);

            Assert.Equal((7, (7 + size - 1) / size), (chunks.Count, chunks.ChunkCount));
            LabeledDataset[] read = [.. Enumerable.Range(0, chunks.ChunkCount).Reverse().Select(chunks.Read).Reverse()];
            Assert.Equal(read.Select(chunk => chunk.Count), Enumerable.Range(0, chunks.ChunkCount).Select(chunks.CountOf));
            Assert.Equal(whole.Features.ToArray(), read.SelectMany(chunk => chunk.Features.ToArray()));
            Assert.Equal(whole.Labels.ToArray(), read.SelectMany(chunk => chunk.Labels.ToArray()));
            Assert.All(read, chunk => Assert.Equal(whole.ClassNames, chunk.ClassNames));
            Assert.All(read, chunk => Assert.Equal(whole.FeatureNames, chunk.FeatureNames));
        }
    }

    [Fact]
    public void A_file_of_many_blocks_is_read_at_the_right_bytes()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder("x,note,kind\n");
        for (int i = 0; i < 40_000; i++)
            text.Append($"{i},{(i % 7 == 0 ? "\"line\n\rbreaks, \"\" and\r\nmore\"" : "plain")},{i % 3}{(i % 5 == 0 ? "\r\n" : i % 5 == 1 ? "\r" : "\n")}");
        string path = folder.Write("a.csv", text.ToString());

        ChunkedDataset<LabeledDataset> chunks = ChunkedDataset.FromCsv(path, label: "kind", chunkSize: 997, options: new CsvOptions { Ignore = ["note"] });

        Assert.Equal(40_000, chunks.Count);
        for (int chunk = 0; chunk < chunks.ChunkCount; chunk += 7)
            Assert.Equal(Enumerable.Range(997 * chunk, chunks.CountOf(chunk)).Select(i => (float)i), chunks.Read(chunk).Features.ToArray());
    }

    [Fact]
    public void Labels_that_are_numbers_targets_and_files_without_a_header_are_read_so_too()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "1,0,2.5\n2,2.0,3\n3,1,4\n");
        var noHeader = new CsvOptions { HasHeader = false };

        ChunkedDataset<LabeledDataset> labeled = ChunkedDataset.FromCsv(path, label: "column_2", chunkSize: 2, options: noHeader);
        ChunkedDataset<TargetDataset> targeted = ChunkedDataset.FromCsv(path, targets: ["column_3", "column_1"], chunkSize: 2, options: noHeader);

        Assert.Equal(["0", "1", "2"], labeled.Read(1).ClassNames);
        Assert.Equal([0, 2], labeled.Read(0).Labels.ToArray());
        Assert.Equal([4f, 3], targeted.Read(1).Targets.ToArray());
        Assert.Equal([0f, 2], ChunkedDataset.FromCsv(path, target: "column_2", chunkSize: 2, options: noHeader).Read(0).Targets.ToArray());
    }

    [Fact]
    public void Missing_values_are_dropped_or_filled_by_the_mean_of_the_whole_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,y\n,1\n2,2\n4,3\n,4\n6,5\n");
        ChunkedDataset<TargetDataset> Chunks(CsvOptions options) => ChunkedDataset.FromCsv(path, target: "y", chunkSize: 2, options: options);

        ChunkedDataset<TargetDataset> filled = Chunks(new() { MissingValues = MissingValues.Fill }), dropped = Chunks(new() { MissingValues = MissingValues.Drop });

        Assert.Equal([4f, 2, 4, 4, 6], Enumerable.Range(0, 3).SelectMany(i => filled.Read(i).Features.ToArray()));
        Assert.Equal((3, 2), (dropped.Count, dropped.ChunkCount));
        Assert.Equal([2f, 3, 5], Enumerable.Range(0, 2).SelectMany(i => dropped.Read(i).Targets.ToArray()));
        var median = new CsvOptions { MissingValues = MissingValues.Fill, FillWith = FillWith.Median };
        Assert.Contains("the median of column 'x' takes all its values at once", Assert.Throws<ArgumentException>(() => Chunks(median)).Message);
        Assert.Equal([9f, 2], Chunks(median with { FillValues = new Dictionary<string, double> { ["x"] = 9 } }).Read(0).Features.ToArray());
    }

    [Fact]
    public void Categories_and_vocabularies_are_those_of_the_whole_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "text,city,kind\nbad film,Rome,0\ngood film,Oslo,1\ngood,Bern,1\n");
        var texts = new CsvOptions { Text = new Dictionary<string, TextColumn> { ["text"] = new() { Length = 2 } }, Index = ["city"] };

        ChunkedDataset<LabeledDataset> chunks = ChunkedDataset.FromCsv(path, label: "kind", chunkSize: 1, options: texts);

        Assert.Equal(Dataset.FromCsv(path, label: "kind", options: texts).Features.ToArray(), Enumerable.Range(0, 3).SelectMany(i => chunks.Read(i).Features.ToArray()));
        Assert.Equal(["film", "good", "bad"], chunks.Read(0).CsvOptions!.Text["text"].Vocabulary!);
    }

    [Theory]
    [InlineData("x,y\n1,1\n2,2\nabc,3\n", 4, "column 'x' holds 'abc', which is not a number")]
    [InlineData("x,y\n1,1\n2,2\n3\n", 4, "the line has 1 cells, but the header has 2")]
    [InlineData("x,y\n", null, "the file has a header, but no line with a sample")]
    public void Every_row_is_checked_when_the_file_is_opened(string text, int? line, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", text);

        var error = Assert.Throws<DatasetException>(() => ChunkedDataset.FromCsv(path, target: "y", chunkSize: 1));

        Assert.Contains(message, error.Message);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void A_file_that_changed_is_refused_and_a_bad_row_found_later_has_its_line_in_the_whole_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.csv", "x,y\n1,1\n\"2\",2\n3,3\n");
        ChunkedDataset<TargetDataset> chunks = ChunkedDataset.FromCsv(path, target: "y", chunkSize: 1);
        DateTime written = File.GetLastWriteTimeUtc(path);

        folder.Write("a.csv", "x,y\n1,1\n\"2\",2\nz,3\n");
        File.SetLastWriteTimeUtc(path, written);
        Assert.Contains("a.csv(4): column 'x' holds 'z'", Assert.Throws<DatasetException>(() => chunks.Read(2)).Message);

        folder.Write("a.csv", "x,y\n1,1\n");
        Assert.Contains("it had 18 bytes", Assert.Throws<DatasetException>(() => chunks.Read(0)).Message);
        File.Delete(path);
        Assert.Contains("the file is gone", Assert.Throws<DatasetException>(() => chunks.Read(0)).Message);
    }

    [Fact]
    public void Encodings_in_which_lines_cannot_be_found_are_refused()
    {
        using var folder = new TemporaryFolder();
        string utf16 = folder.Write("a.csv", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("x,y\n1,2\n")]);
        string latin = folder.Write("b.csv", Encoding.Latin1.GetBytes("x,ä\n1,2\n3,4\n"));

        Assert.Contains("encoding is UTF-16, and chunks are read from UTF-8", Assert.Throws<DatasetException>(() => ChunkedDataset.FromCsv(utf16, target: "y")).Message);
        Assert.Equal([4f], ChunkedDataset.FromCsv(latin, target: "ä", chunkSize: 1, new CsvOptions { Encoding = Encoding.Latin1 }).Read(1).Targets.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkedDataset.FromCsv(latin, target: "x", chunkSize: 0));
    }

    // Of cells and line breaks of every kind, well-formed or not.
    [Fact]
    public void Random_files_are_read_in_chunks_as_they_are_whole_or_refused_alike()
    {
        string[] cells = ["1", "-2.5", "\"3\"", " 4 ", "\"a\nb\"", "\"\r\"", "\"x \"\"y\"\"\r\nz\"", "red", "ä🙂", "", "\"", "a\"b", "# c"];
        string[] breaks = ["\n", "\r\n", "\r", "\n\n", "\r\r", "\n# comment, \"\n", "\n \n"];
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        int read = 0;
        for (int file = 0; file < 300; file++)
        {
            int kinds = file % 2 == 0 ? 9 : cells.Length; // every second file is well-formed, but for its numbers
            string Cell(int count) => cells[random.Next(count)];
            var text = new StringBuilder(file % 3 == 0 ? "\uFEFFx,colour,kind" : "x,colour,kind");
            for (int row = 0; row < 8; row++)
                text.Append(breaks[random.Next(breaks.Length)]).Append($"{Cell(file % 5 == 0 ? kinds : 4)},{Cell(kinds)},{Cell(kinds)}");
            string path = folder.Write("a.csv", text.ToString());
            string Outcome(Func<IEnumerable<LabeledDataset>> load)
            {
                try
                {
                    return string.Join(';', load().SelectMany(data => Enumerable.Range(0, data.Count).Select(i => $"{string.Join(',', data.FeaturesOf(i).ToArray())}:{data.ClassNames[data.Labels[i]]}")));
                }
                catch (DatasetException e)
                {
                    return e.Message;
                }
            }

            string whole = Outcome(() => [Dataset.FromCsv(path, label: "kind", options: options)]);
            read += whole.StartsWith(path, StringComparison.Ordinal) ? 0 : 1;
            for (int size = 1; size <= 5; size += 2)
                Assert.Equal(whole, Outcome(() =>
                {
                    ChunkedDataset<LabeledDataset> chunks = ChunkedDataset.FromCsv(path, label: "kind", chunkSize: size, options: options);
                    return Enumerable.Range(0, chunks.ChunkCount).Select(chunks.Read);
                }));
        }

        Assert.InRange(read, 30, 270);
    }
}
