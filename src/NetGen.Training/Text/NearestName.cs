using System;
using System.Collections.Generic;

namespace NetGen.Training.Text;

/// <summary>Finds the name that was probably meant, by edit distance.</summary>
internal static class NearestName
{
    // Far longer than any real name; keeps the quadratic distance cheap for names from hostile files.
    private const int LongestName = 128;

    /// <summary>
    /// The candidate within a third of the name's length (at least two edits) of <paramref name="name"/>, whatever
    /// the case; the first of the nearest ones, or null.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length > LongestName)
            return null;

        string? nearest = null;
        int limit = Math.Max(2, name.Length / 3);
        foreach (string candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) > limit)
                continue;

            int distance = Distance(name, candidate);
            if (distance <= limit && distance < Math.Max(name.Length, candidate.Length))
            {
                nearest = candidate;
                limit = distance - 1;
            }
        }

        return nearest;
    }

    /// <summary>The text <c>; did you mean 'x'?</c>, or nothing.</summary>
    public static string Suggestion(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    // The Levenshtein distance, one row of its table at a time.
    private static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[LongestName * 2];
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
