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

    private static readonly Lazy<CompiledVectorMath> s_portable = new(static () => new CompiledVectorMath());

    private readonly Dictionary<Function, Apply> _methods;

    /// <summary>Over portable vectors, as C# 7.3.</summary>
    private CompiledVectorMath()
    {
        StringBuilder source = new("internal static class Methods\n{\n");
        foreach (Function function in Functions)
        {
            source.Append(PortableText.Of(function)).Append($$"""

                internal static void Apply{{function}}(global::System.ReadOnlySpan<float> x, global::System.Span<float> y)
                {
                    for (int i = 0; i < x.Length; i += Lanes.Count)
                    {
                        ref float from = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(x.Slice(i, Lanes.Count));
                        Lanes.Store({{function}}(Lanes.Load(ref from)), ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(y.Slice(i, Lanes.Count)));
                    }
                }

                """);
        }

        CodeWriter types = new();
        PortableLanes.Emit(types, PortableLanes.CalledIn(source.ToString()));
        source.Append(types).Append("}\n");
        _methods = Compile("VectorMathPortable", source, PortableVectorDialect.AllAliases, Target.Portable);
    }

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
        _methods = Compile($"VectorMath{lanes}", source, VectorDialect.AllAliases, Target.Net10 with { LanguageVersion = Target.VectorLanguage });
    }

    private static Dictionary<Function, Apply> Compile(string assembly, StringBuilder source, IEnumerable<(string Alias, string Name)> aliases, Target target)
    {
        foreach ((string alias, string name) in aliases)
            source.Replace(alias, name);
        CSharpCompilation compilation = CSharpCompilation.Create(
            assembly,
            [CSharpSyntaxTree.ParseText(source.ToString(), new CSharpParseOptions((LanguageVersion)target.LanguageVersion, DocumentationMode.Diagnose))],
            TargetReferences.Of(target),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                generalDiagnosticOption: ReportDiagnostic.Error,
                warningLevel: 9999,
                nullableContextOptions: target.LanguageVersion >= 800 ? NullableContextOptions.Enable : NullableContextOptions.Disable));
        using MemoryStream code = new();
        EmitResult result = compilation.Emit(code);
        if (!result.Success)
            throw new InvalidOperationException($"{string.Join('\n', result.Diagnostics)}\n{source}");
        Type type = Assembly.Load(code.ToArray()).GetType("Methods", throwOnError: true)!;
        return Functions.ToDictionary(
            f => f,
            f => type.GetMethod("Apply" + f, BindingFlags.NonPublic | BindingFlags.Static)!.CreateDelegate<Apply>());
    }

    public Apply this[Function function] => _methods[function];

    /// <summary>Of the width that the runtime's portable vectors have here, at most 16.</summary>
    public static CompiledVectorMath Portable => s_portable.Value;

    public static CompiledVectorMath OfWidth(int lanes) => s_byWidth[lanes].Value;
}
