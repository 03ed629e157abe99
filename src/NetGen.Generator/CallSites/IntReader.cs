using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.CallSites;

/// <summary>
/// Whole numbers that are known at compile time, beyond those that C# calls constants: those of locals that are set once, and of generated functions.
/// </summary>
internal sealed class IntReader(NetworkTypes types)
{
    private const int Deepest = 24;

    public long? Read(IOperation? value, int depth)
    {
        if (value is null || depth > Deepest)
            return null;
        depth++;
        if (value.ConstantValue is { HasValue: true, Value: { } constant })
            return constant switch { int i => i, long l => l, short s => s, byte b => b, _ => null };
        return value switch
        {
            IConversionOperation { OperatorMethod: null, Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } conversion => Read(conversion.Operand, depth),
            ILocalReferenceOperation local => Read(OnceAssigned.ValueOf(local), depth),
            IFieldReferenceOperation field => Read(OnceAssigned.ValueOf(field), depth),
            IPropertyReferenceOperation { Property.Name: "Length", Instance: { } memory } when LengthReader.IsMemory(memory.Type) => new LengthReader(types).Read(memory, depth)?.Value,
            IInvocationOperation { TargetMethod: { Name: "TrainingScratchSize", Parameters.Length: 1 } method } call when types.Find(method.ContainingType) is { } network =>
                Read(call.Arguments[0].Value, depth) is { } samples ? network.TrainingScratch(samples) : null,
            IBinaryOperation { OperatorMethod: null } binary => Combine(binary.OperatorKind, Read(binary.LeftOperand, depth), Read(binary.RightOperand, depth)),
            _ => null,
        };
    }

    private static long? Combine(BinaryOperatorKind kind, long? a, long? b) => kind switch
    {
        BinaryOperatorKind.Add => a + b,
        BinaryOperatorKind.Subtract => a - b,
        BinaryOperatorKind.Multiply => a * b,
        BinaryOperatorKind.Divide when b is not (0 or null) => a / b,
        _ => null,
    };
}
