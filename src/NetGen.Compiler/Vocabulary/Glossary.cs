using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Vocabulary;

/// <summary>The words of other libraries for what a spec can name: Keras's and PyTorch's, as classes, functions and arguments.</summary>
/// <param name="meanings">Where a word has several, the first that the names at hand allow counts.</param>
internal sealed class Glossary(params Meaning[] meanings)
{
    public static readonly Glossary Empty = new();

    private Dictionary<string, List<Meaning>>? _byWord;

    public IReadOnlyList<Meaning> All => meanings;

    /// <summary>What a word means among the names that are right where it stands; null where it is no word of the glossary.</summary>
    public Meaning? Find(string written, IReadOnlyCollection<string> names) =>
        Meanings(written).FirstOrDefault(m => m.Names.Any(names.Contains)) is { } meaning
            ? meaning with { Names = meaning.Names.Where(names.Contains).ToEquatable() }
            : null;

    /// <summary>What to say of a word for which there is nothing here.</summary>
    public string? Missing(string written) => Meanings(written).FirstOrDefault(static m => m.Names.Count == 0)?.Note;

    /// <summary>A word as it is looked up: of <c>nn.AvgPool2d</c>, <c>avgpool2d</c>.</summary>
    public static string Key(string word) => Nearest.Fold(word.Substring(word.LastIndexOf('.') + 1));

    private IEnumerable<Meaning> Meanings(string written) => ByWord.TryGetValue(Key(written), out List<Meaning>? found) ? found : Enumerable.Empty<Meaning>();

    // Made when the first word is looked up: a spec without mistakes looks up none. Made twice, it is the same.
    private Dictionary<string, List<Meaning>> ByWord
    {
        get
        {
            if (_byWord is { } known)
                return known;
            var byWord = new Dictionary<string, List<Meaning>>(StringComparer.Ordinal);
            foreach (Meaning meaning in meanings)
            {
                foreach (string word in meaning.Words.Split(' '))
                {
                    if (!byWord.TryGetValue(Key(word), out List<Meaning>? list))
                        byWord[Key(word)] = list = [];
                    list.Add(meaning);
                }
            }

            _byWord = byWord;
            return byWord;
        }
    }
}
