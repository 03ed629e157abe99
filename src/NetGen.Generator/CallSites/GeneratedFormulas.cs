using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.CallSites;

/// <summary>Sizes that follow from the number of samples, which no constant holds: they are read where they are written, in the generated text.</summary>
internal static class GeneratedFormulas
{
    /// <summary>What <c>TrainingScratchSize</c> returns.</summary>
    public static int? Result(IMethodSymbol method, long samples) =>
        Declaration(method)?.DescendantNodes().OfType<ReturnStatementSyntax>().LastOrDefault()?.Expression is { } formula ? InRange(Value(formula, samples)) : null;

    /// <summary>The length that the labels of one sample are held to: a check within the class says it.</summary>
    public static int? LabelsPerSample(IMethodSymbol loss) =>
        Declaration(loss)?.Parent?.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Select(static call => call.ArgumentList.Arguments)
            .Where(static a => a.Count == 4 && a[0].ToString() == "\"labels\"")
            .Select(static a => InRange(Value(a[2].Expression, 1)))
            .FirstOrDefault();

    private static SyntaxNode? Declaration(IMethodSymbol method) => method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();

    private static int? InRange(long? value) => value is >= 0 and <= int.MaxValue ? (int)value.Value : null;

    private static long? Value(ExpressionSyntax expression, long samples) => expression switch
    {
        IdentifierNameSyntax { Identifier.ValueText: "samples" } => samples,
        LiteralExpressionSyntax { Token.Value: int literal } => literal,
        ParenthesizedExpressionSyntax inner => Value(inner.Expression, samples),
        CheckedExpressionSyntax inner => Value(inner.Expression, samples),
        CastExpressionSyntax inner => Value(inner.Expression, samples),
        BinaryExpressionSyntax binary => Combine(binary.Kind(), Value(binary.Left, samples), Value(binary.Right, samples)),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: string name }, ArgumentList.Arguments: { Count: 2 } arguments } =>
            Combine(name, Value(arguments[0].Expression, samples), Value(arguments[1].Expression, samples)),
        _ => null,
    };

    private static long? Combine(SyntaxKind kind, long? a, long? b) => kind switch
    {
        SyntaxKind.AddExpression => a + b,
        SyntaxKind.SubtractExpression => a - b,
        SyntaxKind.MultiplyExpression => a * b,
        SyntaxKind.DivideExpression when b != 0 => a / b,
        _ => null,
    };

    private static long? Combine(string function, long? a, long? b) => (function, a, b) switch
    {
        ("Min", { } x, { } y) => Math.Min(x, y),
        ("Max", { } x, { } y) => Math.Max(x, y),
        _ => null,
    };
}
