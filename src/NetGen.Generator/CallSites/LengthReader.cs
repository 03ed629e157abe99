using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.CallSites;

/// <summary>The length of arrays, spans and memory, as far as it is known at compile time; null where there is any doubt.</summary>
internal sealed class LengthReader(NetworkTypes types)
{
    /// <summary>A chain of locals and slices that is longer is followed no further.</summary>
    private const int Deepest = 24;

    private readonly IntReader _ints = new(types);

    public KnownLength? Read(IOperation value) => Read(value, 0);

    internal KnownLength? Read(IOperation? value, int depth)
    {
        if (value is null || depth > Deepest)
            return null;
        depth++;
        return value switch
        {
            IConversionOperation conversion => IsMemory(value.Type) && conversion.OperatorMethod is null or { ContainingType.ContainingNamespace.Name: "System" }
                ? Read(conversion.Operand, depth) : null,
            IParenthesizedOperation inner => Read(inner.Operand, depth),
            IArrayCreationOperation { DimensionSizes: { Length: 1 } sizes } array => Of(sizes[0], Origin.Array, array.Initializer is null, depth),
            IDefaultValueOperation => IsSpan(value.Type) ? new KnownLength(0) : null,
            IObjectCreationOperation creation => IsMemory(value.Type) ? OfConstructor(creation, depth) : null,
            ILocalReferenceOperation local => Read(OnceAssigned.ValueOf(local), depth),
            IFieldReferenceOperation field => Read(OnceAssigned.ValueOf(field), depth),
            IPropertyReferenceOperation property when property.Arguments.IsEmpty => OfProperty(property, depth),
            IInvocationOperation call => OfCall(call, depth),
            _ => SyntaxLengths.Read(value, (operation, d) => Read(operation, d), (operation, d) => _ints.Read(operation, d), depth),
        };
    }

    /// <summary>Spans, memory and arrays of one dimension: what has a length and nothing else.</summary>
    internal static bool IsMemory(ITypeSymbol? type) => type is IArrayTypeSymbol { Rank: 1 } || IsSpan(type);

    private static bool IsSpan(ITypeSymbol? type) => type is INamedTypeSymbol
    {
        Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", Arity: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
    };

    private KnownLength? Of(IOperation size, Origin origin, bool isWritten, int depth) =>
        _ints.Read(size, depth) is >= 0 and <= int.MaxValue and { } length ? new KnownLength(length, origin, isWritten ? size.Syntax : null) : null;

    private KnownLength? OfConstructor(IObjectCreationOperation creation, int depth) =>
        creation.Arguments.IsEmpty ? new KnownLength(0)
        : Argument(creation.Arguments, "length") is { } length ? Of(length, Origin.Other, true, depth)
        : creation.Arguments.Length == 1 && Argument(creation.Arguments, "array") is { } array ? Read(array, depth)
        : null;

    private KnownLength? OfProperty(IPropertyReferenceOperation property, int depth)
    {
        INamedTypeSymbol type = property.Property.ContainingType;
        return property.Property.Name switch
        {
            "Empty" when IsSpan(type) => new KnownLength(0),
            "Span" when IsSpan(type) => Read(property.Instance, depth),
            "Parameters" or "Gradients" when IsMemory(property.Type) && types.Find(type) is { } network => new KnownLength(network.SizeOf("ParameterBufferSize")),
            _ => null,
        };
    }

    private KnownLength? OfCall(IInvocationOperation call, int depth)
    {
        IMethodSymbol method = call.TargetMethod;
        INamedTypeSymbol type = method.ContainingType;
        if (type.ContainingNamespace is not { Name: "System" or "Linq" })
            return null;
        return (type.Name, method.Name) switch
        {
            ("MemoryExtensions", "AsSpan" or "AsMemory") => OfPart(call, Argument(call.Arguments, "array") ?? Argument(call.Arguments, "segment"), depth),
            (_, "Slice") when IsSpan(type) => OfPart(call, call.Instance, depth),
            (_, "ToArray") when IsSpan(type) => Read(call.Instance, depth) is { } all ? new KnownLength(all.Value) : null,
            ("Enumerable", "ToArray") => Argument(call.Arguments, "source") is IConversionOperation { Operand: { } source } && IsMemory(source.Type) && Read(source, depth) is { } all
                ? new KnownLength(all.Value) : null,
            ("Array", "Empty") => new KnownLength(0),
            ("GC", "AllocateArray" or "AllocateUninitializedArray") => Argument(call.Arguments, "length") is { } length ? Of(length, Origin.Other, true, depth) : null,
            _ => null,
        };
    }

    /// <summary>A part from <c>start</c>, <c>length</c> long or up to the end.</summary>
    private KnownLength? OfPart(IInvocationOperation call, IOperation? whole, int depth)
    {
        if (Argument(call.Arguments, "length") is { } length)
            return Of(length, Origin.Other, true, depth);
        if (call.TargetMethod.Parameters.Any(static p => p.Type.SpecialType != SpecialType.System_Int32 && p.Name is "range" or "startIndex"))
            return null;
        if (Read(whole, depth) is not { } all)
            return null;
        if (Argument(call.Arguments, "start") is not { } start)
            return all with { Origin = all.Origin == Origin.Array ? Origin.Array : Origin.Other };
        return _ints.Read(start, depth) is >= 0 and { } first && first <= all.Value ? new KnownLength(all.Value - first) : null;
    }

    private static IOperation? Argument(System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments, string parameter) =>
        arguments.FirstOrDefault(a => a.Parameter?.Name == parameter)?.Value;
}
