using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>
/// Whether a class can have the constructors that are generated: <c>Net()</c> and <c>Net(int seed)</c>, which call nothing but a constructor of the base class
/// without arguments.
/// </summary>
internal static class ConstructorRules
{
    public static IEnumerable<Finding> Check(INamedTypeSymbol type, TypeDeclarationSyntax syntax, CancellationToken cancellation)
    {
        if (type.InstanceConstructors.FirstOrDefault(IsPrimary) is { } primary)
        {
            // A class's primary constructor is younger than the Roslyn that this is compiled against.
            SyntaxNode declaration = primary.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
            Location location = declaration.ChildNodes().OfType<ParameterListSyntax>().FirstOrDefault()?.GetLocation() ?? primary.Locations[0];
            string parameters = string.Join(", ", primary.Parameters.Select(static p => p.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
            yield return new Finding(Rules.NoConstructor, SourceLocation.Of(location),
                $"the network '{type.Name}' has a primary constructor, ({parameters}), which every other constructor would have to call, the generated ones too; "
                + "leave it out, and set what it takes through properties");
        }
        else if (type.BaseType is { TypeKind: not TypeKind.Error } baseType && !baseType.InstanceConstructors.Any(c => CanBeCalled(c, type)))
        {
            TypeSyntax? named = syntax.BaseList?.Types.FirstOrDefault()?.Type;
            yield return new Finding(Rules.NoConstructor, SourceLocation.Of((named?.GetLocation() ?? syntax.Identifier.GetLocation())),
                $"the network '{type.Name}' derives from '{baseType.Name}', which has no constructor that can be called without arguments, as the generated constructors call it; "
                + $"add 'protected {baseType.Name}()' there, or derive from another class");
        }
    }

    /// <summary>It is declared by parameters behind the class's name.</summary>
    public static bool IsPrimary(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor } && member.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is TypeDeclarationSyntax);

    private static bool CanBeCalled(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.All(static p => p.IsOptional || p.IsParams) && constructor.DeclaredAccessibility switch
        {
            Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
            Accessibility.Internal or Accessibility.ProtectedAndInternal => SeesInternalsOf(constructor.ContainingAssembly, type.ContainingAssembly),
            // A class within the base class sees its private members.
            _ => IsWithin(type, constructor.ContainingType),
        };

    private static bool SeesInternalsOf(IAssemblySymbol owner, IAssemblySymbol user) =>
        SymbolEqualityComparer.Default.Equals(owner, user) || owner.GivesAccessTo(user);

    private static bool IsWithin(INamedTypeSymbol type, INamedTypeSymbol outer)
    {
        for (INamedTypeSymbol? t = type.ContainingType; t is not null; t = t.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, outer.OriginalDefinition))
                return true;
        }

        return false;
    }
}
