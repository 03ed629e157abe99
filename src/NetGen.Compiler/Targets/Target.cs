using System.Collections.Generic;

namespace NetGen.Compiler.Targets;

/// <summary>What the project that receives the generated code has: its language version and the library it compiles against.</summary>
/// <param name="LanguageVersion">Major times 100 plus minor: 703 for C# 7.3, 1400 for C# 14.</param>
/// <param name="HasSpan"><c>System.Span&lt;T&gt;</c> and <c>ReadOnlySpan&lt;T&gt;</c>; without them the code uses <c>float[]</c> alone.</param>
/// <param name="HasVectors"><c>System.Runtime.Intrinsics.Vector512</c> and the narrower ones with <c>LoadUnsafe</c> (.NET 8 and later).</param>
/// <param name="HasMathF"><c>System.MathF</c>.</param>
/// <param name="HasAggressiveOptimization"><c>MethodImplOptions.AggressiveOptimization</c>.</param>
/// <param name="HasTraining">The library NetGen.Training is referenced: the class implements its interfaces.</param>
internal sealed record Target(
    int LanguageVersion, bool HasSpan, bool HasVectors, bool HasMathF, bool HasAggressiveOptimization, bool HasTraining)
{
    /// <summary>
    /// <c>RuntimeHelpers.CreateSpan</c>: a span of constants is one of the assembly's own data, without an object (.NET 7 and later, with C# 11).
    /// </summary>
    public bool HasStaticSpans { get; init; }

    /// <summary>The vectors are those of .NET 8, without <c>MultiplyAddEstimate</c> and others: the file brings these along.</summary>
    public bool HasOldVectors { get; init; }

    /// <summary>
    /// <c>System.Numerics.Vector&lt;T&gt;</c>, and <c>Unsafe</c> of System.Runtime.CompilerServices, by which spans are read a vector at a time. The package
    /// System.Memory brings both along.
    /// </summary>
    public bool HasPortableVectors { get; init; }

    /// <summary>
    /// The library is that of a small runtime, such as .NET nanoFramework's: exceptions out of range take no value, <c>Math</c> takes doubles, attributes
    /// for tools are missing, and memory is scarce, so that nothing is held that nobody asked for.
    /// </summary>
    public bool IsSmall { get; init; }

    /// <summary>The file says what may be null. Not of arrays: scratch that a caller may leave out is null there, and is looked at before it is used.</summary>
    public bool IsNullable => LanguageVersion >= 800 && HasSpan;

    /// <summary>Code is written over the vectors of <c>System.Runtime.Intrinsics</c>.</summary>
    public bool UsesVectors => HasSpan && HasVectors && LanguageVersion >= VectorLanguage;

    /// <summary>Code is written over <c>System.Numerics.Vector&lt;float&gt;</c>, since there is nothing better.</summary>
    public bool UsesPortableVectors => HasSpan && HasPortableVectors && !UsesVectors;

    /// <summary>The first C# in which code with vectors can be written.</summary>
    public const int VectorLanguage = 1100;

    public static readonly Target Net10 = new(1400, true, true, true, true, false) { HasStaticSpans = true };

    /// <summary>C# 7.3 with spans from a package, and the vectors that it brings along, as on netstandard2.0 or .NET Framework with System.Memory.</summary>
    public static readonly Target Portable = new(703, true, false, false, false, false) { HasPortableVectors = true };

    /// <summary>C# 7.3 with <c>float[]</c> alone.</summary>
    public static readonly Target Arrays = new(703, false, false, false, false, false);

    /// <summary>C# 7.3 with <c>float[]</c> alone, and nothing that a small runtime lacks, vectors among it.</summary>
    public static readonly Target Minimal = Arrays with { IsSmall = true };

    /// <summary>What .NET 8 has.</summary>
    public static readonly Target Net8 = new(1200, true, true, true, true, false) { HasStaticSpans = true, HasOldVectors = true };

    /// <summary>
    /// C# 9 on .NET Standard 2.1, as Unity has it. Without portable vectors: neither IL2CPP nor Unity's Mono makes instructions of <c>Vector&lt;float&gt;</c>,
    /// so the code over them would never run, and .NET Standard 2.1 has no <c>Unsafe</c>.
    /// </summary>
    public static readonly Target Unity = new(900, true, false, true, false, false);

    /// <summary>The targets that a user can ask for, by the names they have in projects and on the command line.</summary>
    public static IReadOnlyList<(string Name, Target Target)> Named { get; } =
        [("net10.0", Net10), ("net8.0", Net8), ("netstandard2.0", Portable), ("unity", Unity), ("minimal", Minimal)];
}
