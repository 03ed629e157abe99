using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.CallSites;

/// <summary>The value of a local or a field that is set where it is declared, and nowhere else.</summary>
internal static class OnceAssigned
{
    /// <summary>Null where there is any doubt.</summary>
    public static IOperation? ValueOf(ILocalReferenceOperation reference)
    {
        ILocalSymbol local = reference.Local;
        if (local.RefKind != RefKind.None)
            return null;
        IOperation? value = null;
        foreach (IOperation operation in Root(reference).DescendantsAndSelf())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                value = declarator.Initializer?.Value;
            else if (operation is ILocalReferenceOperation other && SymbolEqualityComparer.Default.Equals(other.Local, local) && MayAssign(other))
                return null;
        }

        return value;
    }

    /// <summary>Of a readonly field in the file of the reference, which no constructor sets.</summary>
    public static IOperation? ValueOf(IFieldReferenceOperation reference)
    {
        IFieldSymbol field = reference.Field;
        if (!field.IsReadOnly || reference.SemanticModel is not { } model || field.DeclaringSyntaxReferences is not { Length: 1 } places
            || places[0].SyntaxTree != model.SyntaxTree || places[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } value })
        {
            return null;
        }

        bool isSet = field.ContainingType.DeclaringSyntaxReferences
            .SelectMany(static r => r.GetSyntax().DescendantNodes(static n => n is not MethodDeclarationSyntax))
            .Any(node => Assigns(node, field.Name));
        return isSet ? null : model.GetOperation(value);
    }

    /// <summary>Whether a local is set anywhere but where it is declared, or a parameter anywhere.</summary>
    public static bool IsSetAgain(ISymbol variable, IOperation within) => within.DescendantsAndSelf().Any(r => r switch
    {
        ILocalReferenceOperation { Local: var local } => SymbolEqualityComparer.Default.Equals(local, variable) && MayAssign(r),
        IParameterReferenceOperation { Parameter: var parameter } => SymbolEqualityComparer.Default.Equals(parameter, variable) && MayAssign(r),
        _ => false,
    });

    public static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    private static bool Assigns(SyntaxNode node, string field) => node switch
    {
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax tuple } => tuple.Arguments.Any(a => Names(a.Expression, field)),
        AssignmentExpressionSyntax assignment => Names(assignment.Left, field),
        ArgumentSyntax argument => !argument.RefKindKeyword.Span.IsEmpty && Names(argument.Expression, field),
        RefExpressionSyntax reference => Names(reference.Expression, field),
        PrefixUnaryExpressionSyntax unary => Names(unary.Operand, field),
        PostfixUnaryExpressionSyntax unary => Names(unary.Operand, field),
        _ => false,
    };

    private static bool Names(ExpressionSyntax expression, string field) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText == field,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == field,
        _ => false,
    };

    private static bool MayAssign(IOperation reference)
    {
        IOperation value = reference;
        while (value.Parent is ITupleOperation or IDeclarationExpressionOperation)
            value = value.Parent;
        return value.Parent switch
        {
            ISimpleAssignmentOperation { IsRef: true } => true,
            IAssignmentOperation assignment => assignment.Target == value,
            IIncrementOrDecrementOperation or IAddressOfOperation => true,
            IArgumentOperation argument => argument.Parameter is null or { RefKind: RefKind.Ref or RefKind.Out },
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol.RefKind != RefKind.None,

            // What this Roslyn has no operation for.
            { Kind: OperationKind.None } unknown => unknown.Syntax is not (StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax),
            _ => false,
        };
    }
}
