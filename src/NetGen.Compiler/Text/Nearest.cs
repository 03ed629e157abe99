using System;
using System.Collections.Generic;
using System.Text;

namespace NetGen.Compiler.Text;

/// <summary>Finds the name that a misspelt one was meant to be.</summary>
internal static class Nearest
{
    // Longer than any real name; the distance takes the product of the lengths.
    private const int Longest = 128;

    /// <summary>
    /// The candidate with the fewest edits (insertion, deletion, replacement, transposition of neighbours) from
    /// <paramref name="written"/>, or null where even that has too many. Case, <c>-</c>, <c>_</c> and spaces do not count:
    /// <c>learning-rate</c> and <c>learningRate</c> are <c>learning_rate</c>. Of equally near ones, the first in ordinal order.
    /// </summary>
    public static string? Find(string written, IEnumerable<string> candidates)
    {
        if (written.Length > Longest)
            return null;
        string name = Fold(written);
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates)
        {
            string other = Fold(candidate);
            int bound = Math.Min(Bound(Math.Min(name.Length, other.Length)), bestDistance);
            if (Math.Abs(name.Length - other.Length) > bound)
                continue;
            int distance = Distance(name, other);
            bool better = distance < bestDistance || (distance == bestDistance && string.CompareOrdinal(candidate, best) < 0);
            if (distance <= bound && better)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>A third of the letters may be wrong, and three at most; below three letters, none.</summary>
    private static int Bound(int length) => Math.Min(length / 3, 3);

    /// <summary>The letters and digits that count, in lower case.</summary>
    public static string Fold(string name)
    {
        StringBuilder folded = new(name.Length);
        foreach (char c in name)
        {
            if (c is not ('-' or '_' or ' '))
                folded.Append(char.ToLowerInvariant(c));
        }

        return folded.ToString();
    }

    /// <summary>The optimal string alignment distance of Damerau and Levenshtein.</summary>
    private static int Distance(string a, string b)
    {
        int[] beforeLast = new int[b.Length + 1];
        int[] last = new int[b.Length + 1];
        int[] current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            last[j] = j;

        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }
}
