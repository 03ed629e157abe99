using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Compiler;
using NetGen.Replay.Corpus;
using NetGen.Replay.Storage;

namespace NetGen.Replay.Emission;

/// <summary>What was recorded.</summary>
/// <param name="Refused">Networks of the corpus that the compiler refuses now.</param>
/// <param name="Failed">Texts at which the compiler threw.</param>
internal sealed record Recording(Manifest Manifest, IReadOnlyList<CorpusNetwork> Refused, int Failed);

/// <summary>Emits a corpus on all cores, and keeps the texts.</summary>
internal static class Recorder
{
    public static Recording Record(SpecCorpus corpus, string name, bool isFull, TextStore store)
    {
        var entries = new ConcurrentBag<TextEntry>();
        var refused = new ConcurrentBag<CorpusNetwork>();
        int failed = 0;
        // One at a time: networks differ in size by a factor of a hundred.
        Parallel.ForEach(Partitioner.Create(corpus.Networks, EnumerablePartitionerOptions.NoBuffering), source =>
        {
            if (NetworkCompiler.Check(source.Yaml).Network is not { } network)
            {
                refused.Add(source);
                return;
            }

            foreach (Variant variant in Variant.Of(source, isFull))
            {
                string text = Emitter.Emit(network, variant);
                if (Emitter.IsFailure(text))
                    Interlocked.Increment(ref failed);
                entries.Add(new TextEntry(TextEntry.KeyOf(source.Place, source.Id, variant.Name), store.Add(text), text.AsSpan().Count('\n'), text.Length));
            }
        });
        return new Recording(
            new Manifest(name, isFull, corpus.Id, [.. entries.OrderBy(static e => e.Key, StringComparer.Ordinal)]),
            [.. refused.OrderBy(static n => n.Place, StringComparer.Ordinal)],
            failed);
    }
}
