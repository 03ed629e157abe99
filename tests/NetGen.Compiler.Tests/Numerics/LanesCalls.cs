using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Counts the operations over vectors that a method which is generic over the lanes comes to, with what is inlined into it.</summary>
internal static class LanesCalls
{
    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields().Select(static f => (OpCode)f.GetValue(null)!).ToDictionary(static c => c.Value);

    public static int In(MethodBase method)
    {
        byte[] code = method.GetMethodBody()!.GetILAsByteArray()!;
        int count = 0;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
                value = (short)(0xFE00 | code[at++]);
            OpCode operation = s_codes[value];
            if (operation.OperandType == OperandType.InlineMethod)
                count += OperationsOf(method.Module.ResolveMethod(BitConverter.ToInt32(code, at), null, method.GetGenericArguments())!);
            at += SizeOf(operation.OperandType, code, at);
        }

        return count;
    }

    private static int OperationsOf(MethodBase called) =>
        called.DeclaringType is { IsInterface: true, Name: "ILanes`1" } ? (called.Name == "get_Count" ? 0 : called.Name.Contains("Columns", StringComparison.Ordinal) || called.Name.StartsWith("AddSums", StringComparison.Ordinal) ? 40 : 1)
        : called.DeclaringType is { Name: "Lanes" or "Lanes4" } ? OfPortable(called.Name)
        : called is MethodInfo { IsGenericMethod: false, ReturnType.Name: "Vector`1" } plain && (plain.GetMethodImplementationFlags() & MethodImplAttributes.AggressiveInlining) != 0 ? In(plain)
        : called is MethodInfo { IsGenericMethod: true } function && (function.GetMethodImplementationFlags() & MethodImplAttributes.AggressiveInlining) != 0 ? In(function.GetGenericMethodDefinition())
        : 0;

    /// <summary>What portable vectors have no instruction for is several.</summary>
    private static int OfPortable(string name) => name switch
    {
        "get_Count" or "Fit" => 0,
        "MultiplyAdd" or "WidenLower" or "WidenUpper" or "Narrow" or "Exponent" => 2,
        "MaxNative" or "MinNative" or "Max" or "Min" or "Sum" or "SumDoubles" or "First" or "Last" or "InverseExponent" => 5,
        "SumsOfFour" or "Largest" or "LoadFirst" or "StoreFirst" => 20,
        _ => 1,
    };

    private static int SizeOf(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
