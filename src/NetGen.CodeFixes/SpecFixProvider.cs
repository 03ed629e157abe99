using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using NetGen.Compiler.Diagnostics;
using NetGen.Generator.Diagnostics;

namespace NetGen.CodeFixes;

/// <summary>The fixes that the diagnostics of a spec bring along, in its YAML or in the attributes it is written in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SpecFixProvider), DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)])]
[Shared]
public sealed class SpecFixProvider : CodeFixProvider
{
    /// <summary>Those of specs; from 050 to 099 they are of classes, calls and weight files.</summary>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        .. Rules.All.Select(static r => r.Id).Where(static id => string.CompareOrdinal(id, Rules.InvalidSpec.Id) < 0 || string.CompareOrdinal(id, Rules.InternalError.Id) > 0),
    ];

    public override FixAllProvider GetFixAllProvider() => SpecFixAllProvider.Instance;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Microsoft.CodeAnalysis.Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (Fix fix in DiagnosticProperties.FixesOf(diagnostic.Properties))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(fix.Title, cancellation => Apply(context.TextDocument, fix.Edits, cancellation), diagnostic.Id), diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The solution with a document's text edited.</summary>
    internal static async Task<Solution> Apply(TextDocument document, IEnumerable<TextEdit> edits, CancellationToken cancellation)
    {
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        SourceText edited = text.WithChanges(edits.OrderBy(static e => e.Start).Select(static e => new TextChange(new TextSpan(e.Start, e.Length), e.Text)));
        Solution solution = document.Project.Solution;
        return document is Document ? solution.WithDocumentText(document.Id, edited) : solution.WithAdditionalDocumentText(document.Id, edited);
    }
}
