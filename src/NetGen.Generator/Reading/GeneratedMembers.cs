using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Emit;

namespace NetGen.Generator.Reading;

/// <summary>The public names that every network class gains, whether the network of today needs them or not.</summary>
internal static class GeneratedMembers
{
    /// <summary>
    /// Methods and their parameters, a letter each: r is a <c>ReadOnlySpan&lt;float&gt;</c>, l one of <c>int</c> (labels),
    /// s a <c>Span&lt;float&gt;</c>, f <c>float</c>, i <c>int</c>, u <c>ulong</c>. Other overloads are the user's to add.
    /// </summary>
    private static readonly Dictionary<string, string[]> s_methods = new()
    {
        ["Forward"] = ["rrss", "rs"],
        ["Step"] = ["rrsss"],
        ["Backward"] = ["rrrssu", "rrlssu", "rr", "rl"],
        ["Loss"] = ["rrrs", "rrls", "rr", "rl"],
        ["SgdStep"] = ["srsf", "f", ""],
        ["OptimizerStep"] = ["srsf", "f", ""],
        ["TrainStep"] = ["rrf", "rlf", "rr", "rl"],
        ["TrainingScratchSize"] = ["i"],
        ["Predict"] = ["rs"],
        [".ctor"] = ["", "i"],
    };

    public static bool HasName(string name) => PublicNames.Contains(name);

    /// <summary>Whether C# would refuse this member beside the generated ones.</summary>
    public static bool Clash(ISymbol member) => member switch
    {
        // No other member can have the name of a constant, a property or a nested type.
        IMethodSymbol method => PublicNames.Values.Contains(method.Name)
            || (method.Arity == 0 && s_methods.TryGetValue(method.Name, out string[]? signatures)
                && signatures.Contains(SignatureOf(method))),
        _ => HasName(member.Name),
    };

    private static string SignatureOf(IMethodSymbol method) =>
        string.Concat(method.Parameters.Select(static p => LetterOf(p.Type)));

    private static string LetterOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Single } => "f",
        { SpecialType: SpecialType.System_Int32 } => "i",
        { SpecialType: SpecialType.System_UInt64 } => "u",
        INamedTypeSymbol { Arity: 1 } span => (span.Name, span.TypeArguments[0].SpecialType) switch
        {
            ("ReadOnlySpan", SpecialType.System_Single) => "r",
            ("ReadOnlySpan", SpecialType.System_Int32) => "l",
            ("Span", SpecialType.System_Single) => "s",
            _ => "?",
        },
        _ => "?",
    };
}
