using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>Whether a class says in one place, and in one way, which network it is.</summary>
internal static class SpecRules
{
    /// <summary>The one argument that may stand beside a spec's path: two classes may have one spec, with weights and without.</summary>
    public const string Weights = "Weights";

    public static IEnumerable<Finding> Check(string name, string? path, NetGenAttributes attributes)
    {
        if (attributes.Elsewhere.Count > 0)
        {
            NetGenAttribute first = attributes.Elsewhere[0];
            yield return new Finding(Rules.SeveralDeclarations, SourceLocation.Of(first.Location),
                $"[{first.Name}] stands on another declaration of '{name}' than [Network]; the order of layers is that of the text, so write them all on one");
        }

        if (path is not null && BesideTheSpec(attributes) is { } second)
        {
            yield return new Finding(Rules.TwoSpecs, SourceLocation.Of(second),
                $"'{name}' has the spec '{path}', which says the whole network; write this there, or leave the path out and write the network in attributes");
        }
    }

    private static Location? BesideTheSpec(NetGenAttributes attributes) =>
        attributes.Here.FirstOrDefault()?.Location
        ?? attributes.Network.Syntax.ArgumentList?.Arguments.FirstOrDefault(static a => a.NameEquals is { } name && name.Name.Identifier.ValueText != Weights)?.GetLocation();
}
