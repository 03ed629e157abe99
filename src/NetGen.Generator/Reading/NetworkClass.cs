using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Generator.Specs;

namespace NetGen.Generator.Reading;

/// <summary>How much may be generated for a class.</summary>
internal enum Extent
{
    /// <summary>Nothing: whatever is added would not compile.</summary>
    Nothing,

    /// <summary>The members with throwing bodies, so that the code that uses them binds.</summary>
    Signatures,

    /// <summary>The network.</summary>
    Network,
}

/// <summary>A class with <c>[Network]</c>, as plain data that compares by value.</summary>
/// <param name="Attribute">Where the class says which network it is: the spec's path, else the attribute.</param>
/// <param name="Spec">The spec file that it names, if it does.</param>
/// <param name="Attributes">The spec that its attributes are, if they are one.</param>
/// <param name="Weights">The weights that it names beside the spec file, if it does.</param>
/// <param name="Findings">What is wrong with the class itself.</param>
internal sealed record NetworkClass(
    ClassDeclaration Declaration,
    SourceLocation Attribute,
    SpecReference? Spec,
    AttributeSpec? Attributes,
    ClassWeights? Weights,
    EquatableArray<Finding> Findings,
    Extent Extent);

/// <summary><c>Weights = "…"</c> of a class with a spec file, in place of what the spec says.</summary>
/// <param name="File">Beside the C# file or from the project's folder; empty for none.</param>
internal sealed record ClassWeights(string File, SourceLocation Place);

/// <summary>A spec written in attributes, and what was found while reading them.</summary>
internal sealed record AttributeSpec(MapValue Spec, EquatableArray<Diagnostic> Diagnostics);
