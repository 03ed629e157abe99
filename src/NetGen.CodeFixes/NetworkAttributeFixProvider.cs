using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler.Diagnostics;

namespace NetGen.CodeFixes;

/// <summary>Writes <c>[Network]</c> above the attributes of a class that has layers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NetworkAttributeFixProvider))]
[Shared]
public sealed class NetworkAttributeFixProvider : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.LayersWithoutNetwork.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SyntaxNode? reported = root?.FindToken(context.Span.Start).Parent;
        if (reported?.FirstAncestorOrSelf<AttributeSyntax>() is not { } layer || layer.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
            return;
        context.RegisterCodeFix(
            CodeAction.Create(
                "Write [Network]",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root!.ReplaceNode(type, WithNetwork(type, layer)))),
                Rules.LayersWithoutNetwork.Id),
            context.Diagnostics.First());
    }

    /// <summary>A list of its own, before the others and indented as they are; what stands above them stays there.</summary>
    private static TypeDeclarationSyntax WithNetwork(TypeDeclarationSyntax type, AttributeSyntax layer)
    {
        AttributeListSyntax first = type.AttributeLists[0];
        SyntaxTriviaList indentation = [.. first.GetLeadingTrivia().Reverse().TakeWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia))];
        string end = type.SyntaxTree.GetText().ToString().Contains("\r\n") ? "\r\n" : "\n";
        // Named as the layer is, perhaps with the namespace.
        NameSyntax name = SyntaxFactory.IdentifierName("Network");
        if (layer.Name.WithoutTrivia() is QualifiedNameSyntax qualified)
            name = qualified.WithRight((SimpleNameSyntax)name);
        else if (layer.Name.WithoutTrivia() is AliasQualifiedNameSyntax aliased)
            name = aliased.WithName((SimpleNameSyntax)name);
        AttributeListSyntax network = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name)))
            .WithLeadingTrivia(first.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.EndOfLine(end));
        return type.WithAttributeLists(type.AttributeLists.Replace(first, first.WithLeadingTrivia(indentation)).Insert(0, network));
    }
}
