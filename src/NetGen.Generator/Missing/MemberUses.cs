using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler.Emit;
using NetGen.Generator.Reading;

namespace NetGen.Generator.Missing;

/// <summary>A use of what network classes have, or have not, by their specs.</summary>
/// <param name="Class">The class's metadata name.</param>
internal sealed record ClassUse(string Class, MemberUse Use);

/// <summary>
/// Finds the uses of members that depend on the spec, before it is known which a class has: all those that C# finds no other member for in what the
/// project itself declares.
/// </summary>
internal static class MemberUses
{
    /// <summary>Of all code, the names alone are looked at.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) =>
        node is SimpleNameSyntax name && MissingMembers.Names.Contains(name.Identifier.ValueText) && name.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Name == name,
            MemberBindingExpressionSyntax => true,
            InvocationExpressionSyntax => true,
            _ => false,
        };

    public static ClassUse? Read(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        try
        {
            return Read((SimpleNameSyntax)context.Node, context.SemanticModel, cancellation);
        }
        catch (Exception exception) when (InternalErrors.IsOurs(exception))
        {
            // C# still says that there is no such member.
            return null;
        }
    }

    private static ClassUse? Read(SimpleNameSyntax name, SemanticModel model, CancellationToken cancellation)
    {
        string member = name.Identifier.ValueText;
        if (TypeOf(name, model, cancellation) is not INamedTypeSymbol { Arity: 0 } type || !IsNetwork(type, model.Compilation))
            return null;
        ArgumentSyntax[] arguments = InvocationOf(name) is { } invocation ? [.. invocation.ArgumentList.Arguments] : [];
        // What one argument is passed to is NetGen.Training's, which a class has whatever its spec.
        if ((member == "Predict" && arguments.Length == 1) || model.GetSymbolInfo(name, cancellation).Symbol is not null)
            return null;
        bool onInstance = name.Parent is MemberBindingExpressionSyntax
            || (name.Parent is MemberAccessExpressionSyntax { Expression: { } receiver } && model.GetSymbolInfo(receiver, cancellation).Symbol is not INamedTypeSymbol);
        bool takesLabels = arguments.Any(a => HoldsLabels(model.GetTypeInfo(a.Expression, cancellation).Type));
        return new ClassUse(ClassReader.MetadataNameOf(type), new MemberUse(member, takesLabels, onInstance));
    }

    private static ITypeSymbol? TypeOf(SimpleNameSyntax name, SemanticModel model, CancellationToken cancellation)
    {
        ExpressionSyntax? receiver = name.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax => name.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        if (receiver is not null)
            return model.GetSymbolInfo(receiver, cancellation).Symbol as INamedTypeSymbol ?? model.GetTypeInfo(receiver, cancellation).Type;
        for (INamedTypeSymbol? around = model.GetEnclosingSymbol(name.SpanStart, cancellation)?.ContainingType; around is not null; around = around.ContainingType)
        {
            if (IsNetwork(around, model.Compilation))
                return around;
        }

        return null;
    }

    private static InvocationExpressionSyntax? InvocationOf(SimpleNameSyntax name) =>
        ((name.Parent is InvocationExpressionSyntax ? name : name.Parent)?.Parent ?? name.Parent) as InvocationExpressionSyntax;

    private static bool IsNetwork(INamedTypeSymbol type, Compilation compilation) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
        && type.GetAttributes().Any(static a => a.AttributeClass is { Name: "NetworkAttribute", ContainingNamespace: { Name: "NetGen", ContainingNamespace.IsGlobalNamespace: true } });

    private static bool HoldsLabels(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.SpecialType == SpecialType.System_Int32,
        INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments: { Length: 1 } elements } => elements[0].SpecialType == SpecialType.System_Int32,
        INamedTypeSymbol { Name: "LabeledDataset" } => true,
        _ => false,
    };
}
