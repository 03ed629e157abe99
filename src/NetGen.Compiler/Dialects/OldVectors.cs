using System.Text.RegularExpressions;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// What the vectors of .NET 8 lack, and kernels are printed with: members that came with .NET 9. Their calls become calls of methods of the same names,
/// which choose among the processors' instructions as .NET 9 does.
/// </summary>
internal static class OldVectors
{
    private static readonly string[] Names = ["MultiplyAddEstimate", "MaxNative", "MinNative"];

    private const string Intrinsics = @"global::System\.Runtime\.Intrinsics\.Vector";

    /// <summary>The kernels' text for .NET 8, with the methods that it calls behind it.</summary>
    /// <param name="definesAll">The methods stand here, whichever of them are called; null where they stand elsewhere.</param>
    public static string Adapt(string kernels, bool? definesAll = false)
    {
        foreach (Lanes lanes in Lanes.All)
        {
            foreach (string name in Names)
            {
                string text = Regex.Replace(kernels, Invariant($@"({lanes.Class}|{Intrinsics}{lanes.Bits})\.{name}\("), name + "(");
                bool isCalled = text.Length != kernels.Length;
                kernels = definesAll == true || (definesAll == false && isCalled) ? text + "\n" + Method(name, lanes) + "\n" : text;
            }
        }

        return kernels;
    }

    private static string Method(string name, Lanes lanes)
    {
        bool adds = name == Names[0];
        string operation = name.Replace("Native", "");
        string x86 = lanes.Bits switch
        {
            512 => "Avx512F",
            256 => adds ? "Fma" : "Avx",
            _ => adds ? "Fma" : "Sse",
        };
        string call = !adds ? $"{x86}.{operation}(a, b)" : lanes.Bits == 512 ? "Avx512F.FusedMultiplyAdd(a, b, c)" : "Fma.MultiplyAdd(a, b, c)";
        string parameters = $"{lanes.Type} a, {lanes.Type} b{(adds ? $", {lanes.Type} c" : "")}";
        string summary = adds ? "a b + c, rounded once where the processor can." : $"The {(operation == "Max" ? "larger" : "smaller")} of two numbers; b where one is no number, on Arm that.";
        string arm = lanes.Bits != 128 ? "" : $"""

                if (global::System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported)
                    return global::System.Runtime.Intrinsics.Arm.AdvSimd.{(adds ? "FusedMultiplyAdd(c, a, b)" : operation + "(a, b)")};
            """;
        return $$"""
            /// <summary>{{summary}}</summary>
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            internal static {{lanes.Type}} {{name}}({{parameters}})
            {
                if (global::System.Runtime.Intrinsics.X86.{{x86}}.IsSupported)
                    return global::System.Runtime.Intrinsics.X86.{{call}};{{arm}}
                return {{(adds ? "a * b + c" : $"{lanes.Class}.ConditionalSelect({lanes.Class}.{(operation == "Max" ? "GreaterThan" : "LessThan")}(a, b), a, b)")}};
            }
            """;
    }
}
