using System.Text;

namespace NetGen.Compiler.Emit;

/// <summary>
/// Folds lines that are too long to be read: behind a comma as far out as there is one, before an operator, or behind a parenthesis, and comments between
/// words.
/// </summary>
internal static class LongLines
{
    public const int Most = 160;

    private const int Indent = 4;

    private static readonly string[] s_operators = [" where ", " => ", " ? ", " : ", " + ", " - ", " && ", " & "];

    public static string Fold(string text)
    {
        if (!HasLong(text))
            return text;
        var result = new StringBuilder(text.Length + 1024);
        bool isTable = false;
        foreach (string line in text.Split('\n'))
        {
            isTable |= line.IndexOf("<code>", System.StringComparison.Ordinal) >= 0;
            if (line.Length > Most && !isTable)
                Fold(line, result);
            else
                result.Append(line);
            result.Append('\n');
            isTable &= line.IndexOf("</code>", System.StringComparison.Ordinal) < 0;
        }

        // Split gave one more than there are line ends.
        return result.ToString(0, result.Length - 1);
    }

    private static bool HasLong(string text)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            if (end - start > Most)
                return true;
            start = end + 1;
        }

        return false;
    }

    private static void Fold(string line, StringBuilder result)
    {
        int indent = 0;
        while (indent < line.Length && line[indent] == ' ')
            indent++;
        if (line[indent] == '#')
        {
            result.Append(line);
            return;
        }

        string comment = line.IndexOf("/// ", indent, System.StringComparison.Ordinal) == indent ? "/// " : line.IndexOf("// ", indent, System.StringComparison.Ordinal) == indent ? "// " : "";
        string lead = new string(' ', comment == "" ? indent + Indent : indent) + comment;
        while (line.Length > Most)
        {
            int at = comment == "" ? BreakIn(line, lead.Length) : line.LastIndexOf(' ', Most);
            if (at <= lead.Length)
                break;
            result.Append(line, 0, at).Append('\n');
            line = lead + line.Substring(at).TrimStart(' ');
        }

        result.Append(line);
    }

    /// <summary>Where a line of code is broken; 0 where it cannot be.</summary>
    private static int BreakIn(string line, int from)
    {
        int open = 0, comma = 0, commaDepth = int.MaxValue, sign = 0, signDepth = int.MaxValue, depth = 0;
        for (int k = from; k < Most && k < line.Length; k++)
        {
            switch (line[k])
            {
                case '"':
                    // To the end of the string: no code stands there.
                    for (k++; k < line.Length && line[k] != '"'; k++)
                        k += line[k] == '\\' ? 1 : 0;
                    break;
                case '(' or '[' or '{':
                    open = line[k] == '(' ? k + 1 : open;
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth--;
                    break;
                // Of type arguments: comparisons have blanks around them.
                case '<' when line[k - 1] != ' ' && line[k + 1] != ' ':
                    depth++;
                    break;
                case '>' when line[k - 1] != ' ' && line[k - 1] != '=':
                    depth--;
                    break;
                case ',' when depth <= commaDepth:
                    (comma, commaDepth) = (k + 1, depth);
                    break;
                case ' ' when depth <= signDepth && IsOperator(line, k):
                    (sign, signDepth) = (k, depth);
                    break;
            }
        }

        return sign > 0 && (comma == 0 || signDepth < commaDepth) ? sign : comma > 0 ? comma : open;
    }

    private static bool IsOperator(string line, int at)
    {
        foreach (string sign in s_operators)
        {
            if (string.CompareOrdinal(line, at, sign, 0, sign.Length) == 0)
                return true;
        }

        return false;
    }
}
