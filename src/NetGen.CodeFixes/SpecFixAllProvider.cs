using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using NetGen.Compiler.Diagnostics;
using NetGen.Generator.Diagnostics;

namespace NetGen.CodeFixes;

/// <summary>
/// The first fix of every diagnostic of a rule, in a document, a project or all of them. Where two would edit the same place, the first in the text wins.
/// </summary>
internal sealed class SpecFixAllProvider : FixAllProvider
{
    public static readonly SpecFixAllProvider Instance = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override Task<CodeAction?> GetFixAsync(FixAllContext context) => Task.FromResult<CodeAction?>(
        CodeAction.Create("Fix all", cancellation => Fix(context, cancellation), context.CodeActionEquivalenceKey));

    private static async Task<Solution> Fix(FixAllContext context, CancellationToken cancellation)
    {
        Solution solution = context.Solution;
        IEnumerable<Project> projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
        foreach (Project project in projects)
        {
            ImmutableArray<Microsoft.CodeAnalysis.Diagnostic> diagnostics = await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            foreach (TextDocument document in project.Documents.Concat(project.AdditionalDocuments))
            {
                // Editors say no document where the diagnostic is in one that is not C#.
                if (context.Scope == FixAllScope.Document && context.Document is { } only && document.Id != only.Id)
                    continue;
                TextEdit[] edits = [.. EditsOf(diagnostics.Where(d => IsIn(d, document)))];
                if (edits.Length > 0)
                    solution = await SpecFixProvider.Apply(In(solution, document), edits, cancellation).ConfigureAwait(false);
            }
        }

        return solution;
    }

    private static TextDocument In(Solution solution, TextDocument document) =>
        solution.GetDocument(document.Id) ?? solution.GetAdditionalDocument(document.Id) ?? document;

    private static bool IsIn(Microsoft.CodeAnalysis.Diagnostic diagnostic, TextDocument document) =>
        (diagnostic.Location.SourceTree?.FilePath ?? diagnostic.Location.GetLineSpan().Path) == document.FilePath;

    private static IEnumerable<TextEdit> EditsOf(IEnumerable<Microsoft.CodeAnalysis.Diagnostic> diagnostics)
    {
        int end = -1;
        foreach (TextEdit edit in diagnostics.Select(static d => DiagnosticProperties.FixesOf(d.Properties).FirstOrDefault()).OfType<Fix>().SelectMany(static f => f.Edits).OrderBy(static e => e.Start))
        {
            if (edit.Start < end)
                continue;
            end = edit.Start + edit.Length;
            yield return edit;
        }
    }
}
