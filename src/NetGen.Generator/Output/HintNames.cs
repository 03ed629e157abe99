using System;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Generator.Output;

/// <summary>The names of the generated files: the class's full name, unique whatever the case, legal as a file name.</summary>
internal static class HintNames
{
    // Leaves room for folders and for letters of several bytes under the 255 bytes that file systems take.
    private const int LongestName = 120;

    /// <param name="metadataName">The class to name.</param>
    /// <param name="all">The metadata names of every network class, this one among them.</param>
    public static string Of(string metadataName, EquatableArray<string> all)
    {
        // No type has the name of a namespace, so a dot stands for the plus of a nested class without ambiguity;
        // no identifier begins with a digit, so neither does a number after a dot.
        int earlier = all.Count(other =>
            string.Equals(other, metadataName, StringComparison.OrdinalIgnoreCase) &&
            string.CompareOrdinal(other, metadataName) < 0);
        string name = Shorten(metadataName.Replace('+', '.'));
        return earlier == 0
            ? name + ".g.cs"
            : name + "." + (earlier + 1).ToString(CultureInfo.InvariantCulture) + ".g.cs";
    }

    private static string Shorten(string name)
    {
        if (name.Length <= LongestName)
            return name;

        // FNV-1a over the upper case, so that names which differ in case alone still share a name and are numbered.
        uint hash = 2166136261;
        foreach (char c in name.ToUpperInvariant())
            hash = unchecked((hash ^ c) * 16777619);
        string end = name.Substring(name.Length - LongestName + 9).TrimStart('.');
        return hash.ToString("x8", CultureInfo.InvariantCulture) + "." + end;
    }
}
