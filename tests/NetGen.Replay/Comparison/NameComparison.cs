using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace NetGen.Replay.Comparison;

/// <summary>
/// Whether two generated files are the same but for names that they declare themselves: as if each such name were its number in the order in which
/// they appear. A name may have become another one, wherever it stands in code; no two may have become one. A comment may go on using the old name.
/// </summary>
/// <remarks>
/// Generated files have no comment or string that goes on in the next line, so a line is read by itself. To parse all files would take minutes.
/// </remarks>
internal static partial class NameComparison
{
    private enum Kind { Other, Name, CommentWord }

    /// <summary>What stands before a name that is used, and not before one that is declared.</summary>
    private static readonly HashSet<string> s_beforeUses =
    [
        "return", "new", "ref", "out", "in", "is", "as", "case", "goto", "else", "throw", "when", "await", "yield", "do", "not", "and", "or",
        "public", "internal", "private", "protected", "static", "readonly", "const", "sealed", "override", "unsafe",
    ];

    public static bool AreEqual(string old, string now)
    {
        string[] before = old.Split('\n'), after = now.Split('\n');
        if (before.Length != after.Length)
            return false;
        var renaming = new Renaming();
        (string Old, string New)[] lines = [.. before.Zip(after)];
        return lines.Where(static line => line.Old != line.New).All(line => renaming.Admits(Pieces(line.Old), Pieces(line.New)))
            && lines.Where(static line => line.Old == line.New).All(line => renaming.LeavesAlone(Pieces(line.Old)))
            && renaming.Changes.All(change => Declares(before, change.Old) && Declares(after, change.New))
            && renaming.FitsComments;
    }

    private static bool Declares(string[] lines, string name) =>
        lines.Any(line => line.Contains(name, StringComparison.Ordinal) && Declares(Pieces(line), name));

    /// <summary>What is declared stands behind its type, or behind the keyword for what it is; then its value, its parameters or nothing.</summary>
    private static bool Declares(Piece[] line, string name)
    {
        Piece[] solid = [.. line.Where(static p => p.Kind != Kind.CommentWord && !string.IsNullOrWhiteSpace(p.Text))];
        return Enumerable.Range(1, Math.Max(0, solid.Length - 1)).Any(k => solid[k].Text == name
            && (solid[k - 1] is { Kind: Kind.Name, Text: var type } ? !s_beforeUses.Contains(type) : solid[k - 1].Text is "]" or ">" or "?")
            && (k == solid.Length - 1 || solid[k + 1].Text is "=" or ";" or "," or ")" or "(" or "<" or "{" or ":" or "in"));
    }

    private static Piece[] Pieces(string line) => [.. Tokens().Matches(line).SelectMany(Pieces)];

    private static IEnumerable<Piece> Pieces(Match token) => token.Groups["comment"].Success
        ? Words().Matches(token.Value).Select(static word => new Piece(Kind.CommentWord, word.Value))
        : [new Piece(token.Groups["name"].Success ? Kind.Name : Kind.Other, token.Value)];

    [GeneratedRegex("""(?<comment>//.*)|(?<name>[\p{L}_]\w*)|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\d[\w.]*|\s+|.""")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"[\p{L}_]\w*|[^\p{L}_]+")]
    private static partial Regex Words();

    private readonly record struct Piece(Kind Kind, string Text);

    /// <summary>Which name became which.</summary>
    private sealed class Renaming
    {
        private readonly Dictionary<string, string> _new = [], _old = [];
        private readonly List<(string Old, string New)> _words = [];

        public IEnumerable<(string Old, string New)> Changes =>
            _new.Where(static pair => pair.Key != pair.Value).Select(static pair => (pair.Key, pair.Value));

        /// <summary>The words that differ in comments are names that became others.</summary>
        public bool FitsComments => _words.All(word => _new.GetValueOrDefault(word.Old) == word.New);

        /// <summary>Takes the names of a line that differs; false where something else does.</summary>
        public bool Admits(Piece[] old, Piece[] now) => old.Length == now.Length && old.Zip(now).All(Admits);

        /// <summary>A line that is as it was has none of the names that became others or are others now.</summary>
        public bool LeavesAlone(Piece[] line) => line.All(piece =>
            piece.Kind != Kind.Name || (IsOrNone(_new, piece.Text) && IsOrNone(_old, piece.Text)));

        private bool Admits((Piece Old, Piece New) pieces)
        {
            (Piece old, Piece now) = pieces;
            if (old.Kind != now.Kind)
                return false;
            if (old.Kind == Kind.Name)
                return Is(_new, old.Text, now.Text) && Is(_old, now.Text, old.Text);
            if (old.Kind == Kind.CommentWord && old != now)
                _words.Add((old.Text, now.Text));
            return old.Kind == Kind.CommentWord || old == now;
        }

        private static bool Is(Dictionary<string, string> names, string name, string other) => names.TryAdd(name, other) || names[name] == other;

        private static bool IsOrNone(Dictionary<string, string> names, string name) => names.GetValueOrDefault(name, name) == name;
    }
}
