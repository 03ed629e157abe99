using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.CallSites;

/// <summary>The variable that holds the instance of a call: a local, a parameter, a field, or the instance itself.</summary>
/// <param name="Declaration">Where it is declared, if within a method.</param>
internal sealed record SharedInstance(ISymbol Symbol, SyntaxNode? Declaration)
{
    /// <summary>Null where the call needs no instance, or it is not known whether every thread sees the same one.</summary>
    public static SharedInstance? Of(IInvocationOperation call) => call.Instance switch
    {
        ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: { Length: 1 } places } local } reference =>
            OnceAssigned.IsSetAgain(local, OnceAssigned.Root(reference)) ? null : new SharedInstance(local, places[0].GetSyntax()),
        IParameterReferenceOperation { Parameter: { DeclaringSyntaxReferences: { Length: 1 } places } parameter } reference =>
            OnceAssigned.IsSetAgain(parameter, OnceAssigned.Root(reference)) ? null : new SharedInstance(parameter, places[0].GetSyntax()),
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: var field } => IsOfOneThread(field) ? null : new SharedInstance(field, null),
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: var property } => HasField(property) ? new SharedInstance(property, null) : null,
        IInstanceReferenceOperation { Type: { } self } => new SharedInstance(self, null),
        _ => null,
    };

    public bool IsDeclaredIn(IOperation scope) => Declaration is { } declaration && scope.Syntax.Span.Contains(declaration.Span);

    public bool IsOf(IInvocationOperation call) => Of(call) is { } other && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol);

    private static bool IsOfOneThread(IFieldSymbol field) => field.GetAttributes().Any(static a => a.AttributeClass?.Name == "ThreadStaticAttribute");

    /// <summary>What is computed may be another instance each time.</summary>
    private static bool HasField(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));
}
