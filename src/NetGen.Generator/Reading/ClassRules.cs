using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>What a class must be for a generated part to complete it. Where it is not, nothing is generated.</summary>
internal static class ClassRules
{
    public static IEnumerable<Finding> Check(
        INamedTypeSymbol type, TypeDeclarationSyntax syntax, CancellationToken cancellation)
    {
        // Advice about a detail of the wrong kind of type would only lead astray.
        if (NotAClass(type, syntax) is { } kind)
        {
            yield return At(Rules.NotAClass, syntax.Identifier, $"the network '{type.Name}' is {kind}; a network is an ordinary class, 'partial class {type.Name}'");
            yield break;
        }

        if (Generic(type, syntax) is { } generic)
            yield return generic;
        foreach (Finding finding in NotPartial(type, syntax))
            yield return finding;
        foreach (Finding finding in Clashes(type, syntax))
            yield return finding;
        foreach (Finding finding in ConstructorRules.Check(type, syntax, cancellation))
            yield return finding;
    }

    private static Finding At(Rule rule, SyntaxToken token, string message) =>
        new(rule, SourceLocation.Of(token.GetLocation()), message);

    private static string? NotAClass(INamedTypeSymbol type, TypeDeclarationSyntax syntax) => syntax switch
    {
        RecordDeclarationSyntax => $"a {ClassReader.KeywordOf(syntax)}",
        StructDeclarationSyntax => "a struct",
        InterfaceDeclarationSyntax => "an interface",
        _ when type.IsStatic => "static, but has instances that own their buffers",
        _ when type.IsAbstract => "abstract, but has a public constructor",
        _ when IsLocalToItsFile(syntax) => "local to its file, where the generated part cannot reach it",
        _ => null,
    };

    // The keyword is younger than the Roslyn that this is compiled against.
    private static bool IsLocalToItsFile(TypeDeclarationSyntax syntax) =>
        syntax.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .Any(static t => t.Modifiers.Any(static m => m.ValueText == "file"));

    private static Finding? Generic(INamedTypeSymbol type, TypeDeclarationSyntax syntax)
    {
        TypeDeclarationSyntax? generic = syntax.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .FirstOrDefault(static t => t.TypeParameterList is not null);
        if (generic is null)
            return null;
        string subject = generic == syntax ? $"the network '{type.Name}'" : $"the type '{generic.Identifier.ValueText}' around the network '{type.Name}'";
        return new Finding(Rules.Generic, SourceLocation.Of(generic.TypeParameterList!.GetLocation()),
            $"{subject} is generic, but a network's sizes and types are fixed; remove {generic.TypeParameterList}");
    }

    private static IEnumerable<Finding> NotPartial(INamedTypeSymbol type, TypeDeclarationSyntax syntax)
    {
        foreach (TypeDeclarationSyntax t in syntax.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
        {
            if (t.Modifiers.Any(SyntaxKind.PartialKeyword))
                continue;
            string name = t.Identifier.ValueText;
            string subject = t == syntax ? $"the network '{name}'" : $"the type '{name}' around the network '{type.Name}'";
            yield return At(Rules.NotPartial, t.Identifier,
                $"{subject} is not partial, so nothing can be generated into it; write 'partial {ClassReader.KeywordOf(t)} {name}'");
        }
    }

    private static IEnumerable<Finding> Clashes(INamedTypeSymbol type, TypeDeclarationSyntax syntax)
    {
        if (GeneratedMembers.HasName(type.Name))
        {
            yield return At(Rules.MemberClash, syntax.Identifier,
                $"the network '{type.Name}' has the name of a member that is generated into it; name the class otherwise");
        }

        foreach (INamedTypeSymbol owner in ClassReader.WithBases(type))
        {
            foreach (ISymbol member in owner.GetMembers().Where(m => IsInTheWay(m, type)))
                yield return Clash(member, type, syntax);
        }
    }

    private static bool IsInTheWay(ISymbol member, INamedTypeSymbol type)
    {
        if (member.IsImplicitlyDeclared || !GeneratedMembers.Clash(member) || ConstructorRules.IsPrimary(member))
            return false;
        return SymbolEqualityComparer.Default.Equals(member.ContainingType, type)
            || (member.DeclaredAccessibility != Accessibility.Private && !IsConstructor(member));
    }

    private static bool IsConstructor(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor };

    private static Finding Clash(
        ISymbol member, INamedTypeSymbol type, TypeDeclarationSyntax syntax)
    {
        string name = IsConstructor(member)
            ? $"constructor '{type.Name}({string.Join(", ", ((IMethodSymbol)member).Parameters.Select(static p => p.Type.ToDisplayString()))})'"
            : $"'{member.Name}'";
        if (!SymbolEqualityComparer.Default.Equals(member.ContainingType, type))
        {
            return At(Rules.MemberClash, syntax.Identifier,
                $"the network '{type.Name}' inherits {name} from '{member.ContainingType.Name}', which a generated member would hide; derive from another class");
        }

        string remedy = IsConstructor(member) ? "remove it, or give it other parameters" : "name it otherwise";
        return new Finding(Rules.MemberClash, SourceLocation.Of(member.Locations[0]),
            $"the network '{type.Name}' declares {name}, which is generated; {remedy}");
    }
}
