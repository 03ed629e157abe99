using System;

namespace NetGen.Compiler.Weights;

/// <summary>
/// Recurrent parameters have two names: PyTorch's <c>weight_ih_l0</c>, of the first of stacked layers, and <c>weight_ih</c>; with <c>_reverse</c> behind either, where
/// they read a sequence from its end.
/// </summary>
internal static class RecurrentName
{
    private const string FirstLayer = "_l0", Reverse = "_reverse";

    /// <summary>The other one; of any other name, itself.</summary>
    public static string OtherSpelling(string name)
    {
        if (name.EndsWith(Reverse, StringComparison.Ordinal))
            return OtherSpelling(name.Substring(0, name.Length - Reverse.Length)) + Reverse;
        string plain = Plain(name);
        return plain.Substring(plain.LastIndexOf('.') + 1) is "weight_ih" or "weight_hh" or "bias_ih" or "bias_hh"
            ? plain == name ? name + FirstLayer : plain
            : name;
    }

    /// <summary>The one without PyTorch's ending.</summary>
    public static string Plain(string name) =>
        name.EndsWith(FirstLayer + Reverse, StringComparison.Ordinal) ? name.Substring(0, name.Length - FirstLayer.Length - Reverse.Length) + Reverse
        : name.EndsWith(FirstLayer, StringComparison.Ordinal) ? name.Substring(0, name.Length - FirstLayer.Length)
        : name;
}
