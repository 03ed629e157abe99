using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.CallSites;

/// <summary>Buffers that a loop allocates at every turn, for calls that allocate nothing themselves, where one from before the loop would do.</summary>
/// <remarks>Reported at the argument; the additional locations are the allocation and the loop.</remarks>
internal sealed class LoopRule(GeneratedCall call, NetworkTypes types)
{
    public IEnumerable<Diagnostic> Check()
    {
        foreach (IArgumentOperation argument in call.Operation.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.Explicit || argument.Parameter is not { Name: "inputs" or "outputs" or "targets" or "labels" or "gradients" or "scratch" or "input" or "output" } parameter)
                continue;
            IOperation allocation = Unwrap(argument.Value);
            if (allocation is ILocalReferenceOperation local)
            {
                if (OnceAssigned.ValueOf(local) is not { } value || !IsUsedHereFirst(local, argument))
                    continue;
                allocation = Unwrap(value);
            }

            if (LoopAround(allocation) is { } loop && LoopAround(call.Operation) is not null && Describe(allocation, parameter, loop) is { } message)
            {
                yield return Diagnostic.Create(Descriptors.AllocatedInLoop, BufferRules.LocationOf(argument), [allocation.Syntax.GetLocation(), loop.Syntax.GetLocation()],
                    ImmutableDictionary<string, string?>.Empty.Add("member", call.Member).Add("argument", parameter.Name), message);
            }
        }
    }

    private static string? Describe(IOperation allocation, IParameterSymbol parameter, ILoopOperation loop) => allocation switch
    {
        IArrayCreationOperation { DimensionSizes: { Length: 1 } sizes } array => IsStatic(array) || !IsFixedIn(sizes[0], loop) ? null
            : $"{parameter.Name} is allocated at every turn of the loop, for a call that allocates nothing; allocate it once, before the loop",
        IInvocationOperation { TargetMethod: { Name: "ToArray", ContainingType.Name: "Span" or "ReadOnlySpan" }, Instance.Syntax: var span } =>
            $"{parameter.Name} is copied into a new array at every turn of the loop, for a call that allocates nothing; pass {span} as it is",
        IInvocationOperation { TargetMethod: { Name: "ToArray", ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } } } =>
            $"{parameter.Name} is copied into a new array at every turn of the loop, for a call that allocates nothing; copy it into a buffer from before the loop",
        _ => null,
    };

    /// <summary>Without the conversions to spans.</summary>
    private static IOperation Unwrap(IOperation value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation conversion when LengthReader.IsMemory(conversion.Type):
                    value = conversion.Operand;
                    break;
                case IInvocationOperation { TargetMethod: { Name: "AsSpan", ContainingType.Name: "MemoryExtensions" }, Arguments: { Length: 1 } arguments }:
                    value = arguments[0].Value;
                    break;
                default:
                    return value;
            }
        }
    }

    /// <summary>Constants that are only read stand in the assembly's data, and nothing is allocated.</summary>
    private static bool IsStatic(IArrayCreationOperation array) =>
        array.Parent is IConversionOperation { Type.Name: "ReadOnlySpan" }
        && (array.Initializer?.ElementValues.All(static e => e.ConstantValue.HasValue) ?? array.DimensionSizes[0].ConstantValue is { HasValue: true, Value: 0 });

    /// <summary>The innermost loop that certainly runs it more than once, if its condition lets it.</summary>
    private static ILoopOperation? LoopAround(IOperation operation)
    {
        IOperation inner = operation;
        for (IOperation? around = operation.Parent; around is not null; inner = around, around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return null;
            if (around is IBlockOperation block && block.Operations.LastOrDefault() is IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: not BranchKind.Continue })
                return null;
            if (around is ILoopOperation loop)
                return loop.Body == inner ? loop : null;
        }

        return null;
    }

    /// <summary>The size is the same at each turn.</summary>
    private static bool IsFixedIn(IOperation size, ILoopOperation loop) => size.ConstantValue.HasValue || size switch
    {
        ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: { Length: 1 } places } local } => !loop.Syntax.Span.Contains(places[0].Span) && !OnceAssigned.IsSetAgain(local, OnceAssigned.Root(loop)),
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => !OnceAssigned.IsSetAgain(parameter, OnceAssigned.Root(loop)),
        IConversionOperation conversion => IsFixedIn(conversion.Operand, loop),
        IParenthesizedOperation inner => IsFixedIn(inner.Operand, loop),
        IBinaryOperation binary => IsFixedIn(binary.LeftOperand, loop) && IsFixedIn(binary.RightOperand, loop),
        IInvocationOperation { TargetMethod.Name: "TrainingScratchSize", Arguments: { Length: 1 } arguments } => IsFixedIn(arguments[0].Value, loop),
        _ => false,
    };

    /// <summary>The array is read and written in place and passed to generated members alone, of which this is the first: nothing keeps it for later.</summary>
    private bool IsUsedHereFirst(ILocalReferenceOperation local, IArgumentOperation here)
    {
        foreach (ILocalReferenceOperation use in OnceAssigned.Root(local).Descendants().OfType<ILocalReferenceOperation>())
        {
            if (!SymbolEqualityComparer.Default.Equals(use.Local, local.Local))
                continue;
            IOperation? user = use.Parent;
            while (user is IConversionOperation or IParenthesizedOperation)
                user = user.Parent;
            if (user is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "AsSpan", ContainingType.Name: "MemoryExtensions" } } span })
                user = span.Parent is IConversionOperation conversion ? conversion.Parent : span.Parent;
            bool isGenerated = user is IArgumentOperation { Parent: IInvocationOperation taker } && GeneratedCall.Of(taker, types) is not null;
            if (isGenerated && use.Syntax.SpanStart < here.Syntax.SpanStart)
                return false;
            bool isInPlace = user is IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.Name: "Length" } or IForEachLoopOperation
                || user is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Clear" or "Fill" or "Copy" or "CopyTo", ContainingType: { ContainingNamespace.Name: "System" } } } };
            if (!(isGenerated || isInPlace) || Concurrency.FunctionAround(use) != Concurrency.FunctionAround(local))
                return false;
        }

        return true;
    }
}
