using Microsoft.CodeAnalysis;

namespace NetGen.Generator.CallSites;

/// <summary>How memory comes about, by which a remedy speaks of it.</summary>
internal enum Origin { Array, Stack, Other }

/// <summary>A length that is known at compile time.</summary>
/// <param name="Size">The expression that gives it, if a single one does.</param>
internal sealed record KnownLength(long Value, Origin Origin = Origin.Other, SyntaxNode? Size = null);
