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
                count += OperationsOf(method.Module.ResolveMethod(BitConverter.ToInt32(code, at), null, method.IsGenericMethod ? method.GetGenericArguments() : null)!);
            at += SizeOf(operation.OperandType, code, at);
        }

        return count;
    }

    /// <summary>A call that is not inlined counts as some operations: its arguments, and finding the places that they point to, take as many bytes.</summary>
    private const int OfCall = 14;

    private static int OperationsOf(MethodBase called)
    {
        if (called.DeclaringType is { Name: "Lanes" })
            return OfPortable(called.Name);
        if (called.DeclaringType is { Name: "ILanes`1" or "Lanes16" or "Lanes8" or "Lanes4" })
            return called.Name == "get_Count" ? 0 : called.Name.Contains("Columns", StringComparison.Ordinal) || called.Name.StartsWith("AddSums", StringComparison.Ordinal) ? 40 : 1;
        if (called.DeclaringType?.Assembly == typeof(object).Assembly)
            return 0;
        bool isInlined = (called.GetMethodImplementationFlags() & MethodImplAttributes.AggressiveInlining) != 0;
        return !isInlined ? OfCall : In(called is MethodInfo { IsGenericMethod: true } function ? function.GetGenericMethodDefinition() : called);
    }

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
