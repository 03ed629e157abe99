using System.Collections.Immutable;
using System.Composition;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetGen.Compiler.Diagnostics;

namespace NetGen.CodeFixes;

/// <summary>Adds the spec file that a class names and that is not there, with a small network to start from.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingSpecFixProvider))]
[Shared]
public sealed class MissingSpecFixProvider : CodeFixProvider
{
    private const string Start = """
        input: 4
        layers:
          - dense: { units: 16, activation: relu }
          - dense: 3
          - softmax
        loss: cross_entropy
        optimizer: { sgd: { learning_rate: 0.1 } }

        """;

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.SpecNotFound.Id];

    // Each names another file.
    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>()?.ArgumentList?.Arguments.FirstOrDefault()?.Expression is not LiteralExpressionSyntax { Token.Value: string name }
            || context.Document.FilePath is not { } file || Path.IsPathRooted(name))
            return;
        string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "", name));
        if (context.Document.Project.AdditionalDocuments.Any(d => d.FilePath == path))
            return;
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Add '{name}', a small network to start from",
                _ => Task.FromResult(context.Document.Project.AddAdditionalDocument(Path.GetFileName(path), SourceText.From(Start), context.Document.Folders, path).Project.Solution),
                Rules.SpecNotFound.Id),
            context.Diagnostics.First());
    }
}
