namespace NetGen.Compiler.Text;

/// <summary>
/// Marks in names that could meet others: those that come from the names of layers, which users choose, and aliases. Kernels print them as they are; what they
/// declare for themselves has no mark, so neither can be taken for the other. When the file is whole, each marked name becomes an identifier that nothing else
/// in it has (<c>FileNames</c>).
/// </summary>
internal static class NameMark
{
    /// <summary>Before a layer's name, and before what is added to it. No letter of C# or of a spec's names.</summary>
    public const char Value = '\uE000';

    /// <summary>Before the name of a method.</summary>
    public const char Method = '\uE001';

    /// <summary>Before an alias of the file's.</summary>
    public const char Alias = '\uE002';

    public static bool Is(char c) => c is Value or Method or Alias;

    /// <summary>The name of what belongs to a value.</summary>
    public static string Of(string name, string what) => name + Value + what;
}
