using System.Collections.Generic;

namespace NetGen.Compiler.Text;

/// <summary>An identifier, keyword or number in the text of a generated file.</summary>
/// <param name="IsCode">It is neither in a comment nor in a string.</param>
/// <param name="IsMarked">One of its characters is a mark (<see cref="NameMark"/>).</param>
internal readonly record struct CSharpWord(int Start, int Length, bool IsCode, bool IsMarked)
{
    /// <summary>All of them, in order. Generated files have line comments and ordinary strings alone.</summary>
    public static IEnumerable<CSharpWord> In(string text)
    {
        char open = '\0'; // What ends the comment or the string here.
        for (int at = 0; at < text.Length;)
        {
            char c = text[at];
            if (IsOfWord(c) || NameMark.Is(c))
            {
                int start = at;
                bool isMarked = false;
                for (; at < text.Length && (IsOfWord(text[at]) || NameMark.Is(text[at])); at++)
                    isMarked |= NameMark.Is(text[at]);
                yield return new CSharpWord(start, at - start, open == '\0', isMarked);
                continue;
            }

            if (open == '\0')
                open = c == '/' && at + 1 < text.Length && text[at + 1] == '/' ? '\n' : c is '"' or '\'' ? c : '\0';
            else if (c == open)
                open = '\0';
            else if (c == '\\' && open != '\n')
                at++;
            at++;
        }
    }

    private static bool IsOfWord(char c) => c == '_' || char.IsLetterOrDigit(c);
}
