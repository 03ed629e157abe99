using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator;

/// <summary>
/// Says of each network class what its generated file says at its head. Off by default: an analyzer none of whose rules is on is not run, so it is one of its
/// own.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FiguresAnalyzer : DiagnosticAnalyzer
{
    private const string Mark = "// Written by NetGen ";
    private const string LineStart = "//   ";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.Figures);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        if (!context.Symbol.GetAttributes().Any(static a => a.AttributeClass?.ToDisplayString() == NetworkGenerator.AttributeName))
            return;
        string? figures = context.Symbol.DeclaringSyntaxReferences
            .Select(r => FiguresOf(r.SyntaxTree.GetRoot(context.CancellationToken).GetLeadingTrivia())).FirstOrDefault(static f => f is not null);
        Location? place = context.Symbol.Locations.FirstOrDefault(l => FiguresOf(l.SourceTree!.GetRoot(context.CancellationToken).GetLeadingTrivia()) is null);
        if (figures is not null && place is not null)
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.Figures, place, $"the network '{context.Symbol.Name}' is\n{figures}"));
    }

    private static string? FiguresOf(SyntaxTriviaList head)
    {
        string[] comments = [.. head.Where(static t => t.IsKind(SyntaxKind.SingleLineCommentTrivia)).Select(static t => t.ToString())];
        return comments.Any(static c => c.StartsWith(Mark, System.StringComparison.Ordinal))
            ? string.Join("\n", comments.Where(static c => c.StartsWith(LineStart, System.StringComparison.Ordinal)).Select(static c => c.Substring(LineStart.Length)))
            : null;
    }
}
