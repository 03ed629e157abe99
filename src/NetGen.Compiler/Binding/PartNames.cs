using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Binding;

/// <summary>What generated members call the inputs, or the outputs, of a network.</summary>
internal static class PartNames
{
    /// <summary>Each in PascalCase, <c>Gru1H</c> of <c>gru_1.h</c>, with a number behind it where another before it is called so.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> parts)
    {
        var names = new List<string>();
        foreach (string part in parts)
        {
            string name = string.Concat(part.Split('.', '_').Where(static word => word.Length > 0).Select(static word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
            if (name.Length == 0 || char.IsDigit(name[0]))
                name = "Part" + name;
            string unique = name;
            for (int n = 2; names.Contains(unique); n++)
                unique = System.FormattableString.Invariant($"{name}_{n}");
            names.Add(unique);
        }

        return names;
    }
}
