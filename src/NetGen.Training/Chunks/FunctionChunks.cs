using System;
using System.Collections.Generic;
using NetGen.Compiler.Text;

namespace NetGen.Training.Chunks;

/// <summary>Chunks that functions of the caller read. Each is read once at the beginning, to count it and to check that all are alike.</summary>
internal sealed class FunctionChunks<TData> : ChunkedDataset<TData> where TData : Dataset
{
    private readonly Func<TData>[] chunks;
    private readonly int[] counts;
    private readonly (int Features, int Answers, IReadOnlyList<string> Names) form;

    public FunctionChunks(IReadOnlyList<Func<TData>> chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        if (chunks.Count == 0)
            throw new ArgumentException("There are no chunks; give at least one.", nameof(chunks));

        this.chunks = [.. chunks];
        counts = new int[chunks.Count];
        for (int chunk = 0; chunk < counts.Length; chunk++)
        {
            TData data = Call(chunk);
            form = chunk == 0 ? FormOf(data) : form;
            counts[chunk] = data.Count;
            Check(chunk, data);
        }
    }

    /// <inheritdoc/>
    public override int ChunkCount => chunks.Length;

    /// <inheritdoc/>
    public override int CountOf(int chunk) => counts[chunk];

    /// <inheritdoc/>
    public override TData Read(int chunk)
    {
        TData data = Call(chunk);
        if (data.Count != counts[chunk])
            throw new InvalidOperationException($"Chunk {chunk} has {data.Count} samples, and had {counts[chunk]} when it was first read; its function must give the same samples at each call.");

        Check(chunk, data);
        return data;
    }

    private static (int Features, int Answers, IReadOnlyList<string> Names) FormOf(TData data) => data switch
    {
        LabeledDataset labeled => (data.FeatureCount, labeled.LabelSize, labeled.ClassNames),
        TargetDataset targeted => (data.FeatureCount, targeted.TargetSize, []),
        _ => (data.FeatureCount, 0, []),
    };

    private TData Call(int chunk) => chunks[chunk]() ?? throw new InvalidOperationException($"The function of chunk {chunk} gave null; it must give the chunk's samples.");

    private void Check(int chunk, TData data)
    {
        (int features, int answers, IReadOnlyList<string> names) = FormOf(data);
        if (features != form.Features)
            throw new InvalidOperationException($"Chunk {chunk} has {features} features for each sample, but chunk 0 has {form.Features}; give all chunks the same features.");
        if (answers != form.Answers)
            throw new InvalidOperationException($"Chunk {chunk} has {answers} labels or targets for each sample, but chunk 0 has {form.Answers}; give all chunks as many.");
        if (!System.Linq.Enumerable.SequenceEqual(names, form.Names))
            throw new InvalidOperationException($"Chunk {chunk} has the classes {Excerpt.Names(names)}, but chunk 0 has {Excerpt.Names(form.Names)}; make each chunk with the classNames of all.");
    }
}
