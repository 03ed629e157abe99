using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Text;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Missing;
using NetGen.Generator.Output;
using NetGen.Generator.Reading;
using NetGen.Generator.Specs;
using NetGen.Generator.Weights;

namespace NetGen.Generator;

/// <summary>Completes every class with <c>[NetGen.Network]</c> with the network that its spec describes.</summary>
/// <remarks>
/// Each step hands plain data to the next. Positions end in the diagnostics: what is generated depends on the
/// class, the network and the target alone, so cosmetic edits regenerate nothing.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    internal const string AttributeName = "NetGen.NetworkAttribute";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<NetworkClass> classes = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeName, static (node, _) => node is TypeDeclarationSyntax, ClassReader.Read)
            .Where(static c => c is not null)
            .Select(static (c, _) => c!)
            .WithTrackingName(Steps.Classes);

        IncrementalValueProvider<TargetChoice> target = context.CompilationProvider
            .Select(TargetReader.Read)
            .Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => TargetChoice.NameIn(options)))
            .Select(static (pair, _) => TargetChoice.Of(pair.Left, pair.Right))
            .WithTrackingName(Steps.Target);

        IncrementalValuesProvider<Outcome> outcomes = classes
            .Select(static (c, _) => CheckedClass.Check(c))
            .Combine(Catalog(context, classes))
            .Select(static (pair, _) => Outcome.Of(pair.Left, pair.Right))
            .WithTrackingName(Steps.Outcomes);

        IncrementalValuesProvider<NetworkUnit> networks = outcomes
            .Where(static o => o.Extent != Extent.Nothing)
            .Combine(MetadataNames(classes))
            .Select(static (pair, _) => new NetworkUnit(
                pair.Left.Class.Declaration,
                pair.Left.Extent == Extent.Network ? pair.Left.Network : null,
                pair.Left.Weights,
                HintNames.Of(pair.Left.Class.Declaration.MetadataName, pair.Right)))
            .WithTrackingName(Steps.Networks);

        IncrementalValueProvider<string?> assembly = context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName);

        IncrementalValuesProvider<GeneratedFile> sources = networks
            .Combine(target.Combine(assembly))
            .Where(static pair => TargetRules.Lacking(pair.Right.Left.Target) is null)
            .Select(static (pair, _) => GeneratedFile.Emit(pair.Left, pair.Right.Right, pair.Right.Left.Target))
            .WithTrackingName(Steps.Sources);

        IncrementalValueProvider<HelperNeeds> needs = sources
            .Select(static (file, _) => file.Needs)
            .Collect()
            .Select(static (all, _) => HelperNeeds.Union(all));

        IncrementalValueProvider<EquatableArray<string>> taken = networks
            .SelectMany(static (unit, _) => unit.Declaration.Taken)
            .Collect()
            .Select(static (names, _) => names.Distinct().OrderBy(static n => n, System.StringComparer.Ordinal).ToEquatable());

        IncrementalValueProvider<GeneratedFile> shared = needs
            .Combine(taken)
            .Combine(target.Combine(assembly))
            .Select(static (all, _) => GeneratedFile.EmitShared(all.Left.Left, all.Right.Right, all.Right.Left.Target, all.Left.Right))
            .WithTrackingName(Steps.Shared);

        IncrementalValueProvider<EquatableArray<ClassUse>> uses = context.SyntaxProvider
            .CreateSyntaxProvider(MemberUses.IsCandidate, MemberUses.Read)
            .Where(static u => u is not null)
            .Select(static (u, _) => u!)
            .Collect()
            .Select(static (all, _) => all.Distinct().ToEquatable())
            .WithTrackingName(Steps.Uses);

        IncrementalValuesProvider<GeneratedFile> missing = networks
            .Combine(uses)
            .Select(static (pair, _) => (Unit: pair.Left, Uses: pair.Right.Where(u => u.Class == pair.Left.Declaration.MetadataName).Select(static u => u.Use).ToEquatable()))
            .Where(static pair => pair.Uses.Count > 0)
            .Combine(target)
            .Where(static pair => TargetRules.Lacking(pair.Right.Target) is null)
            .Select(static (pair, _) => GeneratedFile.EmitMissing(pair.Left.Unit, pair.Right.Target, pair.Left.Uses))
            .WithTrackingName(Steps.Missing);

        context.RegisterSourceOutput(outcomes.Combine(target), Report);
        context.RegisterSourceOutput(sources, AddSource);
        context.RegisterSourceOutput(shared, AddSource);
        context.RegisterSourceOutput(missing, AddSource);
    }

    /// <summary>Reads and checks the spec files that a class names, and no others.</summary>
    private static IncrementalValueProvider<SpecCatalog> Catalog(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<NetworkClass> classes)
    {
        IncrementalValuesProvider<AdditionalText> texts =
            context.AdditionalTextsProvider.Where(static text => SpecPath.IsSpec(text.Path));

        IncrementalValueProvider<string?> projectFolder =
            context.AnalyzerConfigOptionsProvider.Select(static (options, _) => SpecFiles.ProjectFolderOf(options));

        IncrementalValueProvider<SpecFiles> files = texts
            .Select(static (text, _) => text.Path)
            .Collect()
            .Combine(projectFolder)
            .Select(static (pair, _) => new SpecFiles(pair.Left.ToEquatable(), pair.Right));

        IncrementalValueProvider<EquatableArray<ResolvedSpec>> resolutions = classes
            .Where(static c => c.Spec is not null)
            .Select(static (c, _) => c.Spec!)
            .Collect()
            .Combine(files)
            .Select(static (pair, _) => pair.Left.Distinct()
                .Select(reference => new ResolvedSpec(reference, SpecResolver.Resolve(reference, pair.Right)))
                .ToEquatable())
            .WithTrackingName(Steps.Resolutions);

        IncrementalValueProvider<ImmutableArray<CheckedSpec>> specs = texts
            .Combine(resolutions)
            .Where(static pair => pair.Right.Any(r => r.Resolution.Path == pair.Left.Path))
            .Select(static (pair, cancellation) =>
                new SpecText(pair.Left.Path, pair.Left.GetText(cancellation)?.ToString()))
            .WithTrackingName(Steps.SpecTexts)
            .Select(static (text, _) => CheckedSpec.Check(text))
            .WithTrackingName(Steps.CheckedSpecs)
            .Collect();

        IncrementalValueProvider<WeightFiles> weights = context.AdditionalTextsProvider
            .Where(static text => WeightFiles.IsHandover(text.Path))
            .Select(WeightFiles.Read)
            .Collect()
            .Combine(projectFolder)
            .Select(static (pair, _) => WeightFiles.Of(pair.Left, pair.Right))
            .WithTrackingName(Steps.Weights);

        return resolutions.Combine(specs).Combine(weights)
            .Select(static (all, _) => new SpecCatalog(all.Left.Left, all.Left.Right.ToEquatable(), all.Right, all.Right.ProjectFolder));
    }

    private static IncrementalValueProvider<EquatableArray<string>> MetadataNames(
        IncrementalValuesProvider<NetworkClass> classes) => classes
            .Select(static (c, _) => c.Declaration.MetadataName)
            .Collect()
            .Select(static (names, _) => names.ToEquatable());

    private static void Report(SourceProductionContext context, (Outcome Outcome, TargetChoice Target) pair)
    {
        foreach (Finding finding in pair.Outcome.Findings)
            context.ReportDiagnostic(finding.ToDiagnostic());
        if (TargetRules.Check(pair.Target, pair.Outcome.Class) is { } lacking)
            context.ReportDiagnostic(lacking.ToDiagnostic());
    }

    private static void AddSource(SourceProductionContext context, GeneratedFile file)
    {
        if (file.Source is not null)
            context.AddSource(file.HintName, SourceText.From(file.Source, Encoding.UTF8));
        if (file.Failure is not null)
        {
            context.ReportDiagnostic(Microsoft.CodeAnalysis.Diagnostic.Create(
                Descriptors.ById[Rules.InternalError.Id], Location.None, InternalErrors.Message(file.MetadataName, file.Failure)));
        }
    }
}
