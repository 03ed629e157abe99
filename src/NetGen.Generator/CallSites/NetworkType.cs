using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.CallSites;

/// <summary>
/// A class that a network was generated into, here or in a referenced assembly: <c>[Network]</c> is no part of what is compiled, so it is known by what is
/// written above generated code.
/// </summary>
internal sealed class NetworkType
{
    private NetworkType(INamedTypeSymbol symbol)
    {
        Symbol = symbol;
        InputSize = SizeOf("InputSize");
        OutputSize = SizeOf("OutputSize");
        TargetSize = SizeOf("TargetSize") is > 0 and int size ? size : OutputSize;
        Parts = [.. PartsOf(symbol, "Inputs"), .. PartsOf(symbol, "Outputs")];
        TakesArrays = symbol.GetMembers("ParameterTable").OfType<IPropertySymbol>().Any(static p => p.Type is IArrayTypeSymbol);
        LabelLoss = symbol.GetMembers("Loss").OfType<IMethodSymbol>().FirstOrDefault(static m => m.IsStatic && m.Parameters.Any(static p => p.Name == "labels"));
        LabelsPerSample = LabelLoss is null ? null : GeneratedFormulas.LabelsPerSample(LabelLoss);
    }

    public INamedTypeSymbol Symbol { get; }

    public int InputSize { get; }

    public int OutputSize { get; }

    /// <summary>Floats of one sample's targets.</summary>
    public int TargetSize { get; }

    /// <summary>The constant that says so.</summary>
    public string TargetConstant => SizeOf("TargetSize") > 0 ? "TargetSize" : "OutputSize";

    /// <summary>The inputs and then the outputs, in the order in which ForwardParts takes them: the constant of each, and its floats for a sample.</summary>
    public IReadOnlyList<(string Constant, int Size)> Parts { get; }

    private static IEnumerable<(string Constant, int Size)> PartsOf(INamedTypeSymbol type, string name) =>
        type.GetTypeMembers(name).SelectMany(static t => t.GetMembers()).OfType<IFieldSymbol>()
            .Where(static f => f.IsConst && f.Name.EndsWith("Size", System.StringComparison.Ordinal) && f.ConstantValue is int)
            .Select(f => ($"{name}.{f.Name}", (int)f.ConstantValue!));

    /// <summary>Its members take arrays: the target has no spans.</summary>
    public bool TakesArrays { get; }

    /// <summary>The loss that takes class indices; null where there is none.</summary>
    public IMethodSymbol? LabelLoss { get; }

    /// <summary>Null where it is not known: a class of a referenced assembly does not say it.</summary>
    public int? LabelsPerSample { get; }

    /// <summary>A constant of the class; -1 where it has none of that name.</summary>
    public int SizeOf(string constant) =>
        Symbol.GetMembers(constant).OfType<IFieldSymbol>().FirstOrDefault(static f => f.IsConst)?.ConstantValue is int value ? value : -1;

    /// <summary>Floats of scratch that training on so many samples needs; null where it is not known.</summary>
    public int? TrainingScratch(long samples) =>
        Symbol.GetMembers("TrainingScratchSize").OfType<IMethodSymbol>().FirstOrDefault() is { } method ? GeneratedFormulas.Result(method, samples) : null;

    /// <summary>The network of a class; null where it has none, or one that is only a placeholder because its spec has errors.</summary>
    public static NetworkType? Of(INamedTypeSymbol? type)
    {
        // Both names of the step stand in the placeholder alone, but for one that is only there to say that it is not.
        if (type is null || !type.GetAttributes().Any(IsOurs) || (HasStep(type, "SgdStep") && HasStep(type, "OptimizerStep")))
            return null;
        var network = new NetworkType(type);
        return network.InputSize > 0 && network.OutputSize > 0 ? network : null;
    }

    private static bool HasStep(INamedTypeSymbol type, string name) =>
        type.GetMembers(name).Any(static m => !m.GetAttributes().Any(static a => a.AttributeClass?.Name == "ObsoleteAttribute"));

    private static bool IsOurs(AttributeData attribute) =>
        attribute.AttributeClass?.Name == "GeneratedCodeAttribute" && attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: "NetGen" };
}

/// <summary>The network classes that one compilation has asked for.</summary>
internal sealed class NetworkTypes
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, NetworkType?> _known = new(SymbolEqualityComparer.Default);

    public NetworkType? Find(INamedTypeSymbol? type) => type is null ? null : _known.GetOrAdd(type, static t => NetworkType.Of(t));
}
