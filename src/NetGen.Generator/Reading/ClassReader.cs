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

        ClassDeclaration declaration = Declare(type, syntax, context.SemanticModel);
        SourceLocation place = PlaceOf(network, syntax, cancellation);
        try
        {
            return Read(type, syntax, network, declaration, place, cancellation);
        }
        catch (Exception exception) when (InternalErrors.IsOurs(exception))
        {
            var finding = new Finding(
                Rules.InternalError, place, InternalErrors.Message(declaration.MetadataName, InternalErrors.Describe(exception)));
            return new NetworkClass(declaration, place, null, null, null, EquatableArray.Of(finding), Extent.Nothing);
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
            path is null || attributes.HaveErrors ? null : WeightsOf(attributes.Network),
            findings.ToEquatable(),
            extent);
    }

    /// <summary>The path in <c>[Network("digits.yaml")]</c>; null where the network is written in attributes.</summary>
    public static string? SpecPathOf(AttributeData network) =>
        network.ConstructorArguments.Length == 1 && network.ConstructorArguments[0].Kind == TypedConstantKind.Primitive
            ? network.ConstructorArguments[0].Value as string
            : null;

    /// <summary>Whether an attribute says by itself which weights are compiled in, if any.</summary>
    public static bool StatesWeights(AttributeData network) => FileOf(network) is not null;

    private static string? FileOf(AttributeData network) =>
        network.NamedArguments.FirstOrDefault(static a => a.Key == SpecRules.Weights).Value is { Kind: TypedConstantKind.Primitive, Value: string file } ? file : null;

    private static ClassWeights? WeightsOf(NetGenAttribute network)
    {
        if (FileOf(network.Data) is not { } file)
            return null;
        AttributeArgumentSyntax argument = network.Syntax.ArgumentList!.Arguments.First(static a => a.NameEquals?.Name.Identifier.ValueText == SpecRules.Weights);
        return new ClassWeights(file, SourceLocation.Of(argument.Expression.GetLocation()));
    }

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

    private static ClassDeclaration Declare(INamedTypeSymbol type, TypeDeclarationSyntax syntax, SemanticModel model)
    {
        List<ContainingType> containing = [];
        for (SyntaxNode? node = syntax.Parent; node is TypeDeclarationSyntax outer; node = node.Parent)
            containing.Insert(0, new ContainingType(KeywordOf(outer), outer.Identifier.ValueText));

        List<string> taken = [];
        foreach (string name in PrivateNames.All)
        {
            PrivateNames.Free(name, n =>
            {
                bool isTaken = IsInScope(n, type, syntax, model);
                if (isTaken)
                    taken.Add(n);
                return isTaken;
            });
        }

        taken.AddRange(MissingMembers.Names.Concat(PublicNames.OfParts).Where(n => WithBases(type).Any(t => !t.GetMembers(n).IsEmpty)));
        return new ClassDeclaration(
            NamespaceOf(type.ContainingNamespace), containing.ToEquatable(), type.Name, taken.ToEquatable());
    }

    /// <summary>
    /// A type, member, namespace or alias can be meant by the name in the class: its own and inherited ones, those of the types and namespaces around it,
    /// global usings.
    /// An attribute's name may leave out its last word.
    /// </summary>
    private static bool IsInScope(string name, INamedTypeSymbol type, TypeDeclarationSyntax syntax, SemanticModel model)
    {
        // Not the class's own scope: Roslyn before C# 12 knows no class without braces.
        int position = syntax.Identifier.SpanStart;
        return new[] { name, name + "Attribute" }.Any(n => !model.LookupSymbols(position, name: n).IsEmpty || WithBases(type).Any(t => !t.GetMembers(n).IsEmpty));
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
