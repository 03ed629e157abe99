using System.Collections.Concurrent;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// The texts that are generic over the lanes, for <c>System.Numerics.Vector&lt;float&gt;</c> and C# 7.3: what <c>TLanes</c> has is called of one class, vectors
/// are of one type. A generic method has another name than the one that chooses the width for it, since types no longer tell them apart.
/// </summary>
internal static class PortableText
{
    /// <summary>Behind the name of what is written over vectors, where the same name without it is what chooses.</summary>
    public const string Suffix = "OverVectors";

    private static readonly ConcurrentDictionary<Helper, string[]> s_lanesMembers = new();

    /// <summary>Whether a helper is written over vectors.</summary>
    public static bool Has(Helper helper) => helper >= Helper.AddLaneProducts;

    public static string[] LanesMembers(Helper helper) => s_lanesMembers.GetOrAdd(helper, static h => Has(h) ? [.. PortableLanes.CalledIn(Of(h, optimizes: false))] : []);

    public static string Of(Helper helper, Target target) => Of(helper, target.HasAggressiveOptimization);

    public static string Of(Function function) => Plain(VectorMath.Text(function).Replace(LanesTypes.Parameters, ""));

    private static string Of(Helper helper, bool optimizes)
    {
        string text = helper switch
        {
            Helper.Multiply => MultiplyText.Multiply(WidthChoice.OfRuntime),
            Helper.MultiplyPacked => MultiplyText.MultiplyPacked(WidthChoice.OfRuntime),
            Helper.MultiplyPackedRow => MultiplyText.MultiplyPackedRow(WidthChoice.OfRuntime),
            Helper.AddProduct => MultiplyText.AddProduct(WidthChoice.OfRuntime),
            Helper.AddRows => MultiplyText.AddRows(WidthChoice.OfRuntime),
            Helper.ProductPlaces => ProductText.Places,
            Helper.Product => ProductText.Text(WidthChoice.OfRuntime),
            Helper.MultiplyEach => ProductText.EachText(WidthChoice.OfRuntime),
            Helper.Depthwise => ConvolutionText.Depthwise,
            Helper.FillRows => ConvolutionText.FillRowsByElements,
            Helper.Transpose => TransposeText.ByElements,
            Helper.Window => ConvolutionText.Window,
            Helper.Correlate => ConvolutionText.Correlate,
            Helper.CorrelateWeightGradient => ConvolutionText.WeightGradient,
            Helper.CorrelateInputGradient => ConvolutionText.InputGradient,
            _ => throw new System.InvalidOperationException($"{helper} is for lanes of known widths"),
        };
        text = Plain(text.Replace(LanesTypes.Parameters, Suffix));
        if (!optimizes)
            text = Regex.Replace(text, @"\[OPTIMIZE\]\n *", "");
        return text.Replace("UNSAFE.IsNullRef(", $"{PortableLanes.Class}.{PortableLanes.IsNothing}(")
            .Replace("UNSAFE", VectorDialect.Unsafe)
            .Replace("INLINE", "global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)")
            .Replace("OPTIMIZE", "global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)");
    }

    /// <summary>Without what only generic text says.</summary>
    private static string Plain(string text)
    {
        text = Regex.Replace(text, $@"\s+(?:CONSTRAINTS\b|{Regex.Escape(LanesTypes.Constraints)})", "");
        text = Regex.Replace(text, @"\bTLanes\.", PortableLanes.Class + ".");
        text = Regex.Replace(text, @"\bTVector\b", PortableVectorDialect.Floats);
        // C# 7.3 counts memory by ints alone.
        return Regex.Replace(text, @"\bnint\b", "int");
    }
}
