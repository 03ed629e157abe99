using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Compiler.Text;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Reading;
using NetGen.Generator.Specs;
using NetGen.Generator.Weights;

namespace NetGen.Generator;

/// <summary>
/// Reports what is wrong with a spec at its place in the YAML file. Files that no class names are not even read.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SpecAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            Compilation compilation = start.Compilation;
            if (compilation.GetTypesByMetadataName(NetworkGenerator.AttributeName).IsEmpty)
                return;
            AnalyzerOptions options = start.Options;
            var named = new Lazy<ILookup<string, bool>>(() => NamedSpecs(compilation, options));
            var weights = new Lazy<WeightFiles>(() => WeightFiles.Of(
                options.AdditionalFiles.Where(static f => WeightFiles.IsHandover(f.Path)).Select(f => WeightFiles.Read(f, default)),
                SpecFiles.ProjectFolderOf(options.AnalyzerConfigOptionsProvider)));
            start.RegisterAdditionalFileAction(file =>
            {
                if (SpecPath.IsSpec(file.AdditionalFile.Path) && named.Value.Contains(file.AdditionalFile.Path))
                    Analyze(file, named.Value[file.AdditionalFile.Path].Contains(true) ? weights : null);
            });
        });
    }

    /// <param name="weights">Null where every class with this spec names weights of its own, or none.</param>
    private static void Analyze(AdditionalFileAnalysisContext context, Lazy<WeightFiles>? weights)
    {
        string path = context.AdditionalFile.Path;
        var spec = CheckedSpec.Check(new SpecText(path, context.AdditionalFile.GetText(context.CancellationToken)?.ToString()));

        // An exception, or a file that cannot be read, is the generator's to report.
        if (spec.Result is not { } result)
            return;
        if (result.Network?.Weights is not null && weights is not null)
            result = weights.Value.Resolve(result, path).Result;
        foreach (Compiler.Diagnostics.Diagnostic diagnostic in result.Diagnostics)
            context.ReportDiagnostic(Finding.Of(diagnostic, path).ToDiagnostic());
    }

    /// <summary>The spec files that classes name, and of each class, whether it takes the spec's own weights.</summary>
    private static ILookup<string, bool> NamedSpecs(Compilation compilation, AnalyzerOptions options)
    {
        var files = new SpecFiles(
            options.AdditionalFiles.Select(static f => f.Path).Where(SpecPath.IsSpec).ToEquatable(),
            SpecFiles.ProjectFolderOf(options.AnalyzerConfigOptionsProvider));
        return TypesIn(compilation.Assembly.GlobalNamespace)
            .SelectMany(ReferencesOf)
            .Select(named => (SpecResolver.Resolve(named.Reference, files).Path, named.TakesWeights))
            .Where(static named => named.Path is not null)
            .ToLookup(static named => named.Path!, static named => named.TakesWeights, StringComparer.Ordinal);
    }

    private static IEnumerable<(SpecReference Reference, bool TakesWeights)> ReferencesOf(INamedTypeSymbol type)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute is { AttributeClass: { Name: "NetworkAttribute", ContainingNamespace: { Name: "NetGen", ContainingNamespace.IsGlobalNamespace: true } } }
                && ClassReader.SpecPathOf(attribute) is { } path
                && attribute.ApplicationSyntaxReference is { } syntax)
            {
                yield return (new SpecReference(syntax.SyntaxTree.FilePath, path), !ClassReader.StatesWeights(attribute));
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type)
                yield return type;
            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (INamedTypeSymbol nested in TypesIn(inner))
                    yield return nested;
            }
        }
    }
}
