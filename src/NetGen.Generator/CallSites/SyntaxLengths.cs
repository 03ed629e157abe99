using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.CallSites;

/// <summary>
/// Lengths that are read from syntax: of what Roslyn 4.3.1 has no operations for (<c>stackalloc</c>), of ranges, whose operations differ from one type to the
/// next, and of collection expressions, which only a newer host knows.
/// </summary>
internal static class SyntaxLengths
{
    public static KnownLength? Read(IOperation value, Func<IOperation?, int, KnownLength?> lengths, Func<IOperation?, int, long?> ints, int depth)
    {
        if (value.SemanticModel is not { } model)
            return null;
        return value.Syntax switch
        {
            StackAllocArrayCreationExpressionSyntax stack => OfStack(stack),
            ImplicitStackAllocArrayCreationExpressionSyntax stack => new KnownLength(stack.Initializer.Expressions.Count, Origin.Stack),
            ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } access when arguments[0].Expression is RangeExpressionSyntax range => OfRange(access.Expression, range),
            { } other when KindOf(other) == "CollectionExpression" => OfElements(other),
            _ => null,
        };

        KnownLength? OfStack(StackAllocArrayCreationExpressionSyntax stack)
        {
            if (stack.Initializer is { } initializer)
                return new KnownLength(initializer.Expressions.Count, Origin.Stack);
            return stack.Type is ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } && ranks[0].Sizes is { Count: 1 } sizes && Number(sizes[0]) is >= 0 and { } size
                ? new KnownLength(size, Origin.Stack, sizes[0]) : null;
        }

        KnownLength? OfRange(ExpressionSyntax whole, RangeExpressionSyntax range)
        {
            if (!LengthReader.IsMemory(model.GetTypeInfo(whole).Type))
                return null;
            Lazy<long?> length = new(() => lengths(model.GetOperation(whole), depth)?.Value);
            long? start = range.LeftOperand is { } left ? Place(left) : 0;
            long? end = range.RightOperand is { } right ? Place(right) : length.Value;
            if (start is not { } from || end is not { } to || from > to)
                return null;
            return new KnownLength(to - from, Origin.Other, from == 0 && range.RightOperand is not (null or PrefixUnaryExpressionSyntax) ? range.RightOperand : null);

            long? Place(ExpressionSyntax place) => place is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.IndexExpression } fromEnd
                ? length.Value - Number(fromEnd.Operand) : Number(place);
        }

        long? Number(ExpressionSyntax expression) =>
            model.GetConstantValue(expression) is { HasValue: true, Value: int constant } ? constant : ints(model.GetOperation(expression), depth);
    }

    /// <summary>As many elements as are written, unless others are spread among them.</summary>
    private static KnownLength? OfElements(SyntaxNode collection)
    {
        int count = 0;
        foreach (SyntaxNode element in collection.ChildNodes())
        {
            if (KindOf(element) != "ExpressionElement")
                return null;
            count++;
        }

        return new KnownLength(count);
    }

    /// <summary>By the name that the host gives it.</summary>
    private static string KindOf(SyntaxNode node) => ((SyntaxKind)node.RawKind).ToString();
}
