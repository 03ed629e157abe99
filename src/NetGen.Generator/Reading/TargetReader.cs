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
        var target = new Target(
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
        // Where there is better, nobody asks for these.
        return target with { HasPortableVectors = hasSpan && !target.UsesVectors && HasPortableVectors(compilation) };
    }

    /// <summary>The package System.Memory brings all of it along, and .NET Core has it from 3.0 on.</summary>
    private static bool HasPortableVectors(Compilation compilation) =>
        Has(compilation, "System.Numerics.Vector`1") && Has(compilation, "System.Numerics.Vector", "ConvertToSingle", "Widen") && Has(compilation, "System.Numerics.Vector4")
        && Has(compilation, "System.Runtime.CompilerServices.Unsafe", "ReadUnaligned", "WriteUnaligned", "AreSame")
        && Has(compilation, "System.Runtime.InteropServices.MemoryMarshal", "GetReference");

    private static bool Has(Compilation compilation, string type, params string[] members) =>
        compilation.GetTypesByMetadataName(type).Any(t =>
            compilation.IsSymbolAccessibleWithin(t, compilation.Assembly) && members.All(m => !t.GetMembers(m).IsEmpty));
}
