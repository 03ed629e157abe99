using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training.Csv;

namespace NetGen.Training.Chunks;

/// <summary>
/// A CSV file in chunks of rows. The first pass reads every row, keeps the categories, classes, means and vocabularies, and notes the line on which each
/// chunk begins; the second finds the bytes of those lines. A chunk is then read from there on, as a second file is by the options of the first.
/// </summary>
internal sealed class CsvChunks<TData> : ChunkedDataset<TData> where TData : Dataset
{
    private readonly FileStamp file;
    private readonly List<int> counts = [];
    private readonly CsvStart[] starts;
    private readonly Func<CsvStart, CsvReader<TData>> open;

    /// <param name="path">The file.</param>
    /// <param name="chunkSize">The rows of a chunk.</param>
    /// <param name="first">Reads the file from its header on.</param>
    /// <param name="openAt">Opens the file at a row, to be read by the options and with the classes that the first pass found.</param>
    public CsvChunks(string path, int chunkSize, CsvReader<TData> first, Func<CsvOptions, IReadOnlyList<string>, CsvStart, CsvReader<TData>> openAt)
    {
        file = FileStamp.Of(path);
        CsvTable table = first.Table;
        if (table.Options.Group is not null)
            throw new ArgumentException("The options have a Group, which is for splits of data in memory; leave the column out by Ignore, and split the file by groups before.", "options");
        table.CheckSeekable();
        first.Columns.CheckMedians();
        var lines = new List<int>();
        while (first.Take())
        {
            if (first.Columns.Count == 1)
            {
                lines.Add(table.Line);
                counts.Add(0);
            }

            counts[^1]++;
            if (first.Columns.Count == chunkSize)
                first.Forget();
        }

        IReadOnlyList<string> classNames = first.Learn();
        CsvOptions options = first.Columns.OptionsForMore();
        open = start => openAt(options, classNames, start);
        long[] offsets = LineOffsets.Find(path, lines);
        starts = [.. lines.Select((line, chunk) => new CsvStart(table.Columns, table.HeaderLine, line, offsets[chunk]))];
        file.Check();
    }

    /// <inheritdoc/>
    public override int ChunkCount => counts.Count;

    /// <inheritdoc/>
    public override int CountOf(int chunk) => counts[chunk];

    /// <inheritdoc/>
    public override TData Read(int chunk)
    {
        file.Check();
        using CsvReader<TData> reader = open(starts[chunk]);
        for (int i = 0; i < counts[chunk]; i++)
            if (!reader.Take())
                throw new DatasetException(file.Path, null, $"the file has changed since its chunks were found: chunk {chunk} had {counts[chunk]} samples, and has {i}; make the chunked data set anew.");

        return reader.Complete();
    }
}
