using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Compiler.Diagnostics;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Reading;

namespace NetGen.Generator;

/// <summary>Reports layers, losses and the like on a class without <c>[Network]</c>, for which nothing is generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LayersWithoutNetworkAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.LayersWithoutNetwork);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            ImmutableArray<INamedTypeSymbol> networks = start.Compilation.GetTypesByMetadataName(NetworkGenerator.AttributeName);
            if (!networks.IsEmpty)
                start.RegisterSymbolAction(symbol => Analyze(symbol, networks), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, ImmutableArray<INamedTypeSymbol> networks)
    {
        ImmutableArray<AttributeData> attributes = context.Symbol.GetAttributes();
        if (attributes.IsEmpty || attributes.Any(a => networks.Contains(a.AttributeClass!, SymbolEqualityComparer.Default)))
            return;
        NetGenAttribute? first = attributes
            .Where(a => a.AttributeClass is { } type && NetGenAttribute.BaseNameOf(type) is not null
                && networks.Any(n => SymbolEqualityComparer.Default.Equals(n.ContainingAssembly, type.ContainingAssembly)))
            .Select(a => a.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is Microsoft.CodeAnalysis.CSharp.Syntax.AttributeSyntax syntax ? new NetGenAttribute(syntax, a) : null)
            .OfType<NetGenAttribute>()
            .OrderBy(static a => a.Syntax.SyntaxTree.FilePath, System.StringComparer.Ordinal).ThenBy(static a => a.Syntax.SpanStart)
            .FirstOrDefault();
        if (first is null)
            return;
        context.ReportDiagnostic(new Finding(Rules.LayersWithoutNetwork, SourceLocation.Of(first.Location),
            $"[{first.Name}] stands on '{context.Symbol.Name}', which is no network, so nothing is generated for it; write [Network] above it").ToDiagnostic());
    }
}
