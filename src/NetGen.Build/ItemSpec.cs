using System.Globalization;
using System.Text;

namespace NetGen.Build;

/// <summary>Paths as MSBuild reads them in an item, where some letters mean something: a list, a wildcard, a property, another letter.</summary>
internal static class ItemSpec
{
    /// <summary>The letters that MSBuild's own escaping escapes.</summary>
    private const string Special = "%*?@$();'";

    public static string Of(string path)
    {
        var escaped = new StringBuilder(path.Length);
        foreach (char c in path)
        {
            if (Special.IndexOf(c) >= 0)
                escaped.Append('%').Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }
}
