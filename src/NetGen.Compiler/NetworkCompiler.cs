using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Fixes;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Lints;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Compiler;

/// <summary>What was found in a spec: the network where it is right, else everything that is wrong with it.</summary>
/// <param name="Network">The bound network, without positions and equal by value; null where there are errors.</param>
/// <param name="Diagnostics">What was found, in the order of the text: of a network, warnings and information at most.</param>
internal sealed record CheckResult(Network? Network, EquatableArray<Diagnostic> Diagnostics)
{
    /// <summary>Where the spec names the file of weights that are compiled in, if it does.</summary>
    public SourceSpan? WeightsSpan { get; init; }

    /// <summary>The same with what is wrong with those weights.</summary>
    public CheckResult WithWeightsError(Rule rule, string message) =>
        this with { Diagnostics = Diagnostics.Append(new Diagnostic(rule, WeightsSpan!.Value, message)).ToEquatable() };
}

/// <summary>The compiler's façade: all that a host calls.</summary>
internal static class NetworkCompiler
{
    /// <summary>Reads and checks a spec in YAML. Never throws for what a user wrote.</summary>
    public static CheckResult Check(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        CheckResult result = YamlReader.Read(yaml, diagnostics) is { } spec ? Check(spec, diagnostics) : new CheckResult(null, diagnostics.ToArray());
        return result with { Diagnostics = new YamlFixes(yaml).Write(result.Diagnostics) };
    }

    /// <summary>Checks a spec that another front end read; <paramref name="diagnostics"/> is what that found already.</summary>
    public static CheckResult Check(MapValue spec, DiagnosticBag diagnostics)
    {
        Network? network = Bind(spec, diagnostics);
        return new CheckResult(network, diagnostics.ToArray()) { WeightsSpan = WeightsReader.SpanOf(spec) };
    }

    /// <summary>The network, or null where anything is wrong. What it costs, and what is odd about it, is asked only of one that is right so far.</summary>
    private static Network? Bind(MapValue spec, DiagnosticBag diagnostics)
    {
        if (NetworkBinder.Bind(spec, diagnostics) is not { } bound)
            return null;
        BudgetCheck.Run(bound.Budget, bound.Network, diagnostics);
        if (diagnostics.HasErrors)
            return null;
        Linter.Run(bound, diagnostics);
        return bound.Network;
    }

    /// <summary>The C# that completes <paramref name="declaration"/> with <paramref name="network"/>.</summary>
    /// <param name="weights">Where the spec has them compiled in.</param>
    public static string Emit(Network network, ClassDeclaration declaration, Target target, BakedWeights? weights = null) =>
        NetworkEmitter.Run(network, declaration, target, weights).Text;

    /// <summary>The same without what the networks of an assembly can share, which <see cref="EmitShared"/> writes.</summary>
    public static GeneratedSource EmitSharing(Network network, ClassDeclaration declaration, string? assembly, Target target, BakedWeights? weights = null) =>
        NetworkEmitter.Run(network, declaration with { Helpers = SharedHelpers.GlobalName(assembly) }, target, weights);

    /// <summary>What several networks of an assembly share.</summary>
    /// <param name="taken">Names that mean something to their classes.</param>
    public static string EmitShared(HelperNeeds needs, string? assembly, Target target, IReadOnlyCollection<string> taken) => SharedHelpers.Write(needs, assembly, target, taken);

    /// <summary>A part of the class that makes uses of what its spec leaves out errors that say so; null where nothing of that is used.</summary>
    public static string? EmitMissing(Network network, ClassDeclaration declaration, Target target, IReadOnlyCollection<MemberUse> uses) =>
        MissingMembers.Write(network, declaration, target, uses);

    /// <summary>
    /// The same members with bodies that throw, for a class whose spec has errors:
    /// so one error in the spec does not become an error at every use of the class.
    /// </summary>
    public static string EmitFailed(ClassDeclaration declaration, Target target) => FailedEmitter.Run(declaration, target);
}
