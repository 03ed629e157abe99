using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Emit;

namespace NetGen.Generator.Reading;

/// <summary>Finds out what the project can compile.</summary>
internal static class TargetReader
{
    private const int StaticAbstractMembers = 1100;

    public static Target Read(Compilation compilation, CancellationToken cancellation)
    {
        int language = (int)((CSharpCompilation)compilation).LanguageVersion;
        return new Target(
            language,
            HasSpan: Has(compilation, "System.Span`1") && Has(compilation, "System.ReadOnlySpan`1"),
            HasVectors: Has(compilation, "System.Runtime.Intrinsics.Vector512", "LoadUnsafe", "MultiplyAddEstimate"),
            HasMathF: Has(compilation, "System.MathF"),
            HasAggressiveOptimization: Has(
                compilation, "System.Runtime.CompilerServices.MethodImplOptions", "AggressiveOptimization"),
            HasTraining: language >= StaticAbstractMembers && Has(compilation, "NetGen.Training.INetwork`1"))
        {
            // What goes with it in the generated code takes C# 9.
            HasStaticSpans = language >= 900 && Has(compilation, "System.Runtime.CompilerServices.RuntimeHelpers", "CreateSpan"),
        };
    }

    private static bool Has(Compilation compilation, string type, params string[] members) =>
        compilation.GetTypesByMetadataName(type).Any(t =>
            compilation.IsSymbolAccessibleWithin(t, compilation.Assembly) && members.All(m => !t.GetMembers(m).IsEmpty));
}
