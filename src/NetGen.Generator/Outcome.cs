using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Text;
using NetGen.Generator.Reading;
using NetGen.Generator.Specs;
using NetGen.Generator.Weights;

namespace NetGen.Generator;

/// <summary>The file that a class means, or why there is none.</summary>
internal sealed record ResolvedSpec(SpecReference Reference, SpecResolution Resolution);

/// <summary>A class, and the spec in its attributes checked.</summary>
internal sealed record CheckedClass(NetworkClass Class, CheckedSpec? Attributes)
{
    public static CheckedClass Check(NetworkClass network) => new(
        network, network.Attributes is null ? null : CheckedSpec.Check(network.Attribute.Path, network.Attributes));
}

/// <summary>What the spec files say, and which class means which of them.</summary>
internal sealed record SpecCatalog(
    EquatableArray<ResolvedSpec> Resolved, EquatableArray<CheckedSpec> Checked, WeightFiles Weights, string? ProjectFolder);

/// <summary>A class and the network that it is to be: what is reported, and what may be generated.</summary>
/// <param name="Network">Null where the class, or the spec, has errors.</param>
/// <param name="Weights">Those that are compiled in, if any are.</param>
internal sealed record Outcome(NetworkClass Class, Network? Network, BakedWeights? Weights, EquatableArray<Finding> Findings, Extent Extent)
{
    public static Outcome Of(CheckedClass network, SpecCatalog catalog) => network switch
    {
        { Class.Spec: not null } => FromFile(network.Class, catalog),
        { Attributes: not null } => FromAttributes(network.Class, network.Attributes, catalog),
        _ => Failed(network.Class, []), // what it says is wrong already
    };

    private static Outcome FromFile(NetworkClass network, SpecCatalog catalog)
    {
        SpecReference reference = network.Spec!;
        SpecResolution resolution = catalog.Resolved.First(r => r.Reference == reference).Resolution;
        if (resolution.Rule is not null)
            return Failed(network, [new Finding(resolution.Rule, network.Attribute, resolution.Message)]);

        CheckedSpec spec = catalog.Checked.First(c => c.Path == resolution.Path);
        string path = SpecPath.RelativeTo(catalog.ProjectFolder, spec.Path);
        if (spec.Failure is not null)
            return InternalError(network, spec.Failure);
        if (spec.Result is null)
            return Failed(network, [new Finding(Rules.SpecNotFound, network.Attribute, $"the spec '{path}' could not be read")]);
        if (network.Weights is { } stated && spec.Result.Network is { } bound)
            return WithWeights(network, bound, spec.Path, stated, catalog.Weights);
        (CheckResult result, BakedWeights? weights) = catalog.Weights.Resolve(spec.Result, spec.Path);
        return result.Network is { } found
            ? Succeeded(network, found, weights, [])
            : Failed(network, [Summary(network, reference, path, result.Diagnostics)]);
    }

    /// <summary>The weights are those that the class names.</summary>
    private static Outcome WithWeights(NetworkClass network, Network bound, string spec, ClassWeights stated, WeightFiles files)
    {
        if (stated.File.Length == 0)
            return Succeeded(network, bound with { Weights = null }, null, []);
        Network own = bound with { Weights = WeightsOption.For(bound, stated.File) };
        (BakedWeights? weights, Rule? rule, string message) = files.Load(own, stated.Place.Path, spec);
        return rule is null ? Succeeded(network, own, weights, []) : Failed(network, [new Finding(rule, stated.Place, message)]);
    }

    private static Outcome FromAttributes(NetworkClass network, CheckedSpec spec, SpecCatalog catalog)
    {
        if (spec.Failure is not null)
            return InternalError(network, spec.Failure);
        (CheckResult result, BakedWeights? weights) = catalog.Weights.Resolve(spec.Result!, spec.Path);
        IEnumerable<Finding> findings = result.Diagnostics.Select(d => Finding.Of(d, spec.Path));
        return result.Network is { } found ? Succeeded(network, found, weights, findings) : Failed(network, findings);
    }

    private static Outcome Succeeded(NetworkClass network, Network found, BakedWeights? weights, IEnumerable<Finding> findings)
    {
        // Only a class whose inputs or outputs have names gains these.
        if (found.HasParts && network.Declaration.Taken.FirstOrDefault(PublicNames.OfParts.Contains) is { } clash)
        {
            return Failed(network, findings.Append(new Finding(Rules.MemberClash, network.Attribute,
                $"the network '{network.Declaration.Name}' has a member '{clash}', which is generated for a network whose inputs or outputs have names; name it otherwise")));
        }

        return new(network, found, weights, network.Findings.Concat(findings).ToEquatable(), network.Extent);
    }

    private static Outcome InternalError(NetworkClass network, string failure) => Failed(network,
        [new Finding(Rules.InternalError, network.Attribute, InternalErrors.Message(network.Declaration.MetadataName, failure))]);

    private static Outcome Failed(NetworkClass network, IEnumerable<Finding> findings) => new(
        network, null, null, network.Findings.Concat(findings).ToEquatable(),
        network.Extent == Extent.Network ? Extent.Signatures : network.Extent);

    /// <summary>The errors themselves are the analyzer's to report, where they stand: here it is said which the first is, and not repeated.</summary>
    private static Finding Summary(
        NetworkClass network, SpecReference reference, string path, EquatableArray<Diagnostic> diagnostics)
    {
        Diagnostic[] errors = [.. diagnostics.Where(static d => d.IsError)];
        Diagnostic first = errors[0];
        string count = errors.Length == 1 ? "an error," : System.FormattableString.Invariant($"{errors.Length} errors, the first of them");
        string place = System.FormattableString.Invariant($"{path}({first.Span.StartLine + 1},{first.Span.StartColumn + 1})");
        return new Finding(Rules.InvalidSpec, network.Attribute, $"the spec '{reference.Path}' has {count} {first.Rule.Id} at {place}: {first.Rule.Title}");
    }
}
