using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Text;
using NetGen.Generator.Specs;

namespace NetGen.Generator.Reading;

/// <summary>Reads a class with <c>[Network]</c> out of Roslyn's symbols and syntax; nothing of those goes further.</summary>
internal static class ClassReader
{
    public static NetworkClass? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var syntax = (TypeDeclarationSyntax)context.TargetNode;
        AttributeData network = context.Attributes[0];
        if (!IsFirst(network, type, cancellation))
            return null;

        ClassDeclaration declaration = Declare(type, syntax);
        SourceLocation place = PlaceOf(network, syntax, cancellation);
        try
        {
            return Read(type, syntax, network, declaration, place, cancellation);
        }
        catch (Exception exception) when (InternalErrors.IsOurs(exception))
        {
            var finding = new Finding(
                Rules.InternalError, place, InternalErrors.Message(declaration.MetadataName, InternalErrors.Describe(exception)));
            return new NetworkClass(declaration, place, null, null, EquatableArray.Of(finding), Extent.Nothing);
        }
    }

    private static NetworkClass Read(
        INamedTypeSymbol type, TypeDeclarationSyntax syntax, AttributeData network, ClassDeclaration declaration,
        SourceLocation place, CancellationToken cancellation)
    {
        List<Finding> findings = [.. ClassRules.Check(type, syntax, cancellation)];
        Extent extent = findings.Count > 0 ? Extent.Nothing : Extent.Network;

        NetGenAttributes attributes = NetGenAttributes.Of(type, syntax, network, cancellation);
        string? path = SpecPathOf(network);
        findings.AddRange(SpecRules.Check(type.Name, path, attributes));
        if (findings.Count > 0)
            extent = Least(extent, Extent.Signatures);

        // Where the attributes stand in the wrong place, or C# reports errors in them, a spec read from the rest
        // would only add errors that follow from those.
        bool isReadable = !attributes.HaveErrors && attributes.Elsewhere.Count == 0;
        return new NetworkClass(
            declaration,
            place,
            path is null || attributes.HaveErrors ? null : new SpecReference(syntax.SyntaxTree.FilePath, path),
            path is null && isReadable ? AttributeReader.Read(attributes) : null,
            findings.ToEquatable(),
            extent);
    }

    /// <summary>The path in <c>[Network("digits.yaml")]</c>; null where the network is written in attributes.</summary>
    public static string? SpecPathOf(AttributeData network) =>
        network.ConstructorArguments.Length == 1 && network.ConstructorArguments[0].Kind == TypedConstantKind.Primitive
            ? network.ConstructorArguments[0].Value as string
            : null;

    private static Extent Least(Extent a, Extent b) => a < b ? a : b;

    /// <summary>An attribute that the class has twice, which C# reports, is read once.</summary>
    private static bool IsFirst(AttributeData network, INamedTypeSymbol type, CancellationToken cancellation)
    {
        AttributeData first = type.GetAttributes().First(a =>
            SymbolEqualityComparer.Default.Equals(a.AttributeClass, network.AttributeClass));
        return first.ApplicationSyntaxReference?.GetSyntax(cancellation)
            == network.ApplicationSyntaxReference?.GetSyntax(cancellation);
    }

    private static SourceLocation PlaceOf(AttributeData network, TypeDeclarationSyntax syntax, CancellationToken cancellation)
    {
        if (network.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax attribute)
            return SourceLocation.Of(syntax.Identifier.GetLocation());
        AttributeArgumentSyntax? path =
            attribute.ArgumentList?.Arguments.FirstOrDefault(static a => a.NameEquals is null);
        return SourceLocation.Of((path?.Expression ?? (SyntaxNode)attribute).GetLocation());
    }

    private static ClassDeclaration Declare(INamedTypeSymbol type, TypeDeclarationSyntax syntax)
    {
        List<ContainingType> containing = [];
        for (SyntaxNode? node = syntax.Parent; node is TypeDeclarationSyntax outer; node = node.Parent)
            containing.Insert(0, new ContainingType(KeywordOf(outer), outer.Identifier.ValueText));

        IEnumerable<string> members = WithBases(type)
            .SelectMany(static t => t.GetMembers())
            .Where(static m => m is { IsImplicitlyDeclared: false, CanBeReferencedByName: true })
            .Select(static m => m.Name)
            .Distinct()
            .OrderBy(static name => name, StringComparer.Ordinal);
        return new ClassDeclaration(
            NamespaceOf(type.ContainingNamespace), containing.ToEquatable(), type.Name, members.ToEquatable());
    }

    /// <summary>A class's full name in metadata, <c>My.App.Outer+Digits</c>.</summary>
    public static string MetadataNameOf(INamedTypeSymbol type) => type.ContainingType is { } outer
        ? MetadataNameOf(outer) + "+" + type.Name
        : NamespaceOf(type.ContainingNamespace) is { } space ? space + "." + type.Name : type.Name;

    /// <summary>The type and what it inherits from, but for <see cref="object"/>.</summary>
    public static IEnumerable<INamedTypeSymbol> WithBases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null && t.SpecialType != SpecialType.System_Object; t = t.BaseType)
            yield return t;
    }

    public static string KeywordOf(TypeDeclarationSyntax syntax) => syntax switch
    {
        RecordDeclarationSyntax { ClassOrStructKeyword.ValueText: "struct" } => "record struct",
        _ => syntax.Keyword.ValueText,
    };

    private static string? NamespaceOf(INamespaceSymbol? space)
    {
        List<string> names = [];
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            names.Insert(0, space.Name);
        return names.Count == 0 ? null : string.Join(".", names);
    }
}
