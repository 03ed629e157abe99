using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using NetGen.Compiler.Diagnostics;
using Diagnostic = Microsoft.CodeAnalysis.Diagnostic;

namespace NetGen.CodeFixes;

/// <summary>Sizes a buffer by the constant of the network that it is for: <c>new float[Digits.InputSize]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BufferFixProvider))]
[Shared]
public sealed class BufferFixProvider : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.BufferLength.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            // The size that the buffer is made with, where that is one expression.
            if (!diagnostic.Properties.TryGetValue("size", out string? written) || written is null || diagnostic.AdditionalLocations.FirstOrDefault() is not { } size
                || context.Document.Project.Solution.GetDocument(size.SourceTree) is not { } document)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Write {written}",
                    async cancellation =>
                    {
                        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
                        return document.WithText(text.WithChanges(new TextChange(size.SourceSpan, written)));
                    },
                    diagnostic.Id),
                diagnostic);
        }

        return Task.CompletedTask;
    }
}
