using NetGen.Compiler.Text;

namespace NetGen.Compiler.Vocabulary;

/// <summary>What other libraries' words are here.</summary>
/// <param name="Words">The words, with spaces between; case, <c>_</c>, <c>-</c> and a path before a dot do not count.</param>
/// <param name="Names">What that is called here; of several, either or all. Empty where it is not there.</param>
/// <param name="Note">What to say besides, or, where there is no name, instead.</param>
/// <param name="IsSame">The name in the word's place is what was meant, with the same value.</param>
internal sealed record Meaning(string Words, EquatableArray<string> Names, string? Note, bool IsSame)
{
    /// <summary>The same thing under another name.</summary>
    public static Meaning Is(string name, string words, string? note = null) => new(words, EquatableArray.Of(name), note, IsSame: true);

    /// <summary>One of two, which the word leaves open.</summary>
    public static Meaning Either(string one, string other, string words) => new(words, EquatableArray.Of(one, other), null, IsSame: true);

    /// <summary>What serves in its place, written in another way.</summary>
    public static Meaning Like(string name, string words, string note) => new(words, EquatableArray.Of(name), note, IsSame: false);

    /// <summary>What is not there, and what to do.</summary>
    public static Meaning None(string words, string note) => new(words, default, note, IsSame: false);
}
