using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Replay.Corpus;

/// <summary>
/// The string literals of a C# file, and sums of them. They are read from the source and not from what was built of it: so
/// the tests need not compile while what they test is being changed.
/// </summary>
internal static class CSharpStrings
{
    public static IReadOnlyList<string> Of(string source) =>
        [.. Of(CSharpSyntaxTree.ParseText(source).GetRoot())];

    private static IEnumerable<string> Of(SyntaxNode node)
    {
        if (node is ExpressionSyntax expression && Value(expression) is { } value)
            return [value];
        return node.ChildNodes().SelectMany(Of);
    }

    private static string? Value(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal => literal.Token.ValueText,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when Value(sum.Left) is { } left && Value(sum.Right) is { } right => left + right,
        ParenthesizedExpressionSyntax inner => Value(inner.Expression),
        _ => null,
    };
}
