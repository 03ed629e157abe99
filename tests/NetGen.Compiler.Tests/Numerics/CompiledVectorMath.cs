using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using NetGen.Compiler.Targets;
using NetGen.Testing.Generated;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// The vector methods of one width, each in a loop over spans, compiled as C# 11 with warnings as errors. There are whole
/// vectors in a span.
/// </summary>
internal sealed class CompiledVectorMath
{
    public delegate void Apply(ReadOnlySpan<float> x, Span<float> y);

    public static readonly int[] Widths = [4, 8, 16];

    public static readonly Function[] Functions = [.. Enum.GetValues<Function>().Where(static f => f is not (Function.Sqrt or Function.Abs))];

    /// <summary>Whether MultiplyAddEstimate rounds once here: the last bit of the square is lost where it rounds twice.</summary>
    public static readonly bool IsFused =
        Vector128.MultiplyAddEstimate(Vector128.Create(1 + (1f / 4096)), Vector128.Create(1 + (1f / 4096)), Vector128.Create(-1 - (1f / 2048))) != Vector128<float>.Zero;

    private static readonly Dictionary<int, Lazy<CompiledVectorMath>> s_byWidth =
        Widths.ToDictionary(w => w, w => new Lazy<CompiledVectorMath>(() => new CompiledVectorMath(w)));

    private readonly Dictionary<Function, Apply> _methods;

    private CompiledVectorMath(int lanes)
    {
        string vector = $"global::System.Runtime.Intrinsics.Vector{32 * lanes}";
        StringBuilder source = new("#nullable enable\ninternal static class Methods\n{\n");
        foreach (Function function in Functions)
        {
            source.Append(VectorMath.Text(function)).Append($$"""

                internal static void Apply{{function}}(global::System.ReadOnlySpan<float> x, global::System.Span<float> y)
                {
                    for (int i = 0; i < x.Length; i += {{lanes}})
                        {{vector}}.CopyTo({{function}}<Lanes{{lanes}}, {{vector}}<float>>({{vector}}.Create(x.Slice(i, {{lanes}}))), y.Slice(i, {{lanes}}));
                }

                """);
        }

        CodeWriter types = new();
        LanesTypes.Emit(types, Functions.SelectMany(static f => LanesTypes.CalledIn(VectorMath.Text(f))), isOld: false);
        source.Append(types).Append("}\n");
        foreach ((string alias, string name) in VectorDialect.AllAliases)
            source.Replace(alias, name);
        CSharpCompilation compilation = CSharpCompilation.Create(
            $"VectorMath{lanes}",
            [CSharpSyntaxTree.ParseText(source.ToString(), new CSharpParseOptions(LanguageVersion.CSharp11, DocumentationMode.Diagnose))],
            TargetReferences.Of(Target.Net10),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                generalDiagnosticOption: ReportDiagnostic.Error,
                warningLevel: 9999,
                nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream code = new();
        EmitResult result = compilation.Emit(code);
        if (!result.Success)
            throw new InvalidOperationException($"{string.Join('\n', result.Diagnostics)}\n{source}");
        Type type = Assembly.Load(code.ToArray()).GetType("Methods", throwOnError: true)!;
        _methods = Functions.ToDictionary(
            f => f,
            f => type.GetMethod("Apply" + f, BindingFlags.NonPublic | BindingFlags.Static)!.CreateDelegate<Apply>());
    }

    public Apply this[Function function] => _methods[function];

    public static CompiledVectorMath OfWidth(int lanes) => s_byWidth[lanes].Value;
}
