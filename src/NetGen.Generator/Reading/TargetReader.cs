using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Targets;

namespace NetGen.Generator.Reading;

/// <summary>Finds out what the project can compile.</summary>
internal static class TargetReader
{
    public const int StaticAbstractMembers = 1100;

    public static Target Read(Compilation compilation, CancellationToken cancellation)
    {
        int language = (int)((CSharpCompilation)compilation).LanguageVersion;
        // MultiplyAddEstimate came with .NET 9; .NET 8 has the rest.
        bool hasVectors = Has(compilation, "System.Runtime.Intrinsics.Vector512", "LoadUnsafe");
        bool hasSpan = Has(compilation, "System.Span`1") && Has(compilation, "System.ReadOnlySpan`1");
        return new Target(
            language,
            HasSpan: hasSpan,
            HasVectors: hasVectors,
            HasMathF: Has(compilation, "System.MathF"),
            HasAggressiveOptimization: Has(
                compilation, "System.Runtime.CompilerServices.MethodImplOptions", "AggressiveOptimization"),
            HasTraining: language >= StaticAbstractMembers && Has(compilation, "NetGen.Training.INetwork`1"))
        {
            // What goes with it in the generated code takes the same C# as vectors.
            HasStaticSpans = language >= Target.VectorLanguage && Has(compilation, "System.Runtime.CompilerServices.RuntimeHelpers", "CreateSpan"),
            HasOldVectors = hasVectors && !Has(compilation, "System.Runtime.Intrinsics.Vector512", "MultiplyAddEstimate"),
            IsSmall = !hasSpan && !Has(compilation, "System.CodeDom.Compiler.GeneratedCodeAttribute"),
        };
    }

    private static bool Has(Compilation compilation, string type, params string[] members) =>
        compilation.GetTypesByMetadataName(type).Any(t =>
            compilation.IsSymbolAccessibleWithin(t, compilation.Assembly) && members.All(m => !t.GetMembers(m).IsEmpty));
}
