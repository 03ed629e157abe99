using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Compiler.Targets;
using NetGen.Testing.Generated;

namespace NetGen.Benchmarks;

/// <summary>What a spec costs on its way to machine code.</summary>
/// <param name="Case">The spec.</param>
/// <param name="Parameters">Its trained numbers.</param>
/// <param name="SourceBytes">Of the generated file, in UTF-8.</param>
/// <param name="LongestLine">Characters of its longest line.</param>
/// <param name="Generator">From YAML to C#: what the generator does anew when a spec changes.</param>
/// <param name="Roslyn">From C# to a loaded assembly.</param>
/// <param name="Jit">From IL to machine code, of every method.</param>
/// <param name="Methods">How many there are.</param>
internal sealed record CostResult(
    CostCase Case, int Parameters, int SourceBytes, int LongestLine, TimeSpan Generator, TimeSpan Roslyn, TimeSpan Jit, long Methods)
{
    private const string ClassName = "Net";

    public bool IsTooLong => SourceBytes > Case.SourceLimit;

    /// <summary>The best of so many attempts, since everything that breaks in adds.</summary>
    public static CostResult Measure(CostCase spec, int attempts)
    {
        CostResult best = Measure(spec);
        for (int k = 1; k < attempts; k++)
        {
            CostResult next = Measure(spec);
            best = best with
            {
                Generator = Less(best.Generator, next.Generator),
                Roslyn = Less(best.Roslyn, next.Roslyn),
                Jit = Less(best.Jit, next.Jit),
            };
        }

        return best;
    }

    private static CostResult Measure(CostCase spec)
    {
        long start = Stopwatch.GetTimestamp();
        string source = GeneratedAssembly.Emit(ClassName, spec.Spec, Target.Net10);
        TimeSpan generator = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        using GeneratedAssembly assembly = GeneratedAssembly.FromSources(new Dictionary<string, string> { [ClassName] = source }, Target.Net10);
        TimeSpan roslyn = Stopwatch.GetElapsedTime(start);

        long methods = JitInfo.GetCompiledMethodCount(currentThread: true);
        TimeSpan jit = JitInfo.GetCompilationTime(currentThread: true);
        foreach (MethodBase method in assembly.Assembly.GetTypes().SelectMany(OwnMethods))
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        return new(
            spec, assembly[ClassName].ParameterCount, Encoding.UTF8.GetByteCount(source), source.Split('\n').Max(l => l.Length), generator, roslyn,
            JitInfo.GetCompilationTime(currentThread: true) - jit, JitInfo.GetCompiledMethodCount(currentThread: true) - methods);
    }

    private static IEnumerable<MethodBase> OwnMethods(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        return type.ContainsGenericParameters
            ? []
            : type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)).Where(m => !m.IsAbstract && !m.ContainsGenericParameters);
    }

    private static TimeSpan Less(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
