using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.Model;
using DiffPlex.Renderer;
using NetGen.Replay.Emission;

namespace NetGen.Replay.Comparison;

/// <summary>What differs between two texts, line by line.</summary>
internal sealed class LineDiff
{
    private const int Context = 2;

    private static readonly UnidiffRenderer s_renderer = new(Differ.Instance, Context);

    private readonly DiffResult _result;

    private LineDiff(DiffResult result) => _result = result;

    /// <summary>The diff of two texts. What the compiler threw is compared with nothing: that all of a file is missing then goes without saying.</summary>
    public static LineDiff Of(string old, string now)
    {
        (bool wasThrown, bool isThrown) = (Emitter.IsFailure(old), Emitter.IsFailure(now));
        return new(Differ.Instance.CreateDiffs(
            isThrown && !wasThrown ? "" : old, wasThrown && !isThrown ? "" : now, ignoreWhiteSpace: false, ignoreCase: false, LineChunker.Instance));
    }

    /// <summary>Lines that were removed and lines that were added.</summary>
    public int Lines => _result.DiffBlocks.Sum(static b => b.DeleteCountA + b.InsertCountB);

    /// <summary>
    /// Equal for diffs that remove and add the same lines: wherever they stand in their texts, as often as that may be, and however far all of them
    /// are indented there.
    /// </summary>
    public string Signature()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string change in Changes().Distinct().Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(change + "\n@\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A unified diff, without the lines that name files.</summary>
    public IReadOnlyList<string> Unified() =>
    [
        .. s_renderer.Generate(_result, "", "").ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')
            .SkipWhile(static line => !line.StartsWith("@@", StringComparison.Ordinal)),
    ];

    /// <summary>Each place that differs, in the order of the text: the lines removed and added, indented only as far as they differ in that.</summary>
    public IEnumerable<string> Changes() => _result.DiffBlocks.Select(Change);

    /// <summary>One of the <see cref="Changes"/> as a unified diff.</summary>
    public IReadOnlyList<string> Unified(int change)
    {
        DiffBlock block = _result.DiffBlocks[change];
        int first = Math.Max(0, block.DeleteStartA - Context), end = block.DeleteStartA + block.DeleteCountA;
        return
        [
            $"@@ line {block.DeleteStartA + 1} @@",
            .. _result.PiecesOld.Skip(first).Take(block.DeleteStartA - first).Select(static line => " " + line),
            .. _result.PiecesOld.Skip(block.DeleteStartA).Take(block.DeleteCountA).Select(static line => "-" + line),
            .. _result.PiecesNew.Skip(block.InsertStartB).Take(block.InsertCountB).Select(static line => "+" + line),
            .. _result.PiecesOld.Skip(end).Take(Context).Select(static line => " " + line),
        ];
    }

    private string Change(DiffBlock block)
    {
        string[] removed = [.. _result.PiecesOld.Skip(block.DeleteStartA).Take(block.DeleteCountA)];
        string[] added = [.. _result.PiecesNew.Skip(block.InsertStartB).Take(block.InsertCountB)];
        int indentation = removed.Concat(added).Where(static line => line.Length > 0).Select(static line => line.Length - line.TrimStart(' ').Length)
            .DefaultIfEmpty().Min();
        string Line(char sign, string line) => sign + line[Math.Min(indentation, line.Length)..];
        return string.Join('\n', [.. removed.Select(line => Line('-', line)), .. added.Select(line => Line('+', line))]);
    }
}
