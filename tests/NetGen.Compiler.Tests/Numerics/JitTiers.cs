using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Threading;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>How the JIT compiled a method, by the runtime's numbers.</summary>
internal enum JitTier
{
    Unknown,

    /// <summary>Without optimization, though it was asked for: the method was too large.</summary>
    MinOptJitted,
    Optimized,
    QuickJitted,
    OptimizedTier1,
    OptimizedTier1Osr,
    Instrumented,
    InstrumentedOptimized,
}

/// <summary>What the JIT made of a method.</summary>
/// <param name="Bytes">Of machine code.</param>
internal readonly record struct Compiled(JitTier Tier, int Bytes);

/// <summary>
/// Compiles methods and tells what the runtime reports of each. It listens from the beginning of its life, and hears of types by
/// name: no other type of the process may have the name of one that is asked for.
/// </summary>
internal sealed class JitTiers : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Jit = (EventKeywords)0x10;
    private const int MethodLoadVerbose = 143;

    /// <summary>The runtime hands its events over from a thread of its own, in its own time.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(string Type, int Token), Compiled> _compiled = new();

    /// <summary>Compiles what is not compiled yet, and tells of each method what was reported; one that was not is missing. Of several widths the worst counts.</summary>
    public IReadOnlyDictionary<MethodBase, Compiled> Of(IReadOnlyCollection<MethodBase> methods)
    {
        foreach (MethodBase method in methods)
            Prepare(method);
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < s_patience && !methods.All(method => _compiled.ContainsKey(KeyOf(method))))
            Thread.Sleep(20);
        return methods.Where(method => _compiled.ContainsKey(KeyOf(method))).ToDictionary(m => m, m => _compiled[KeyOf(m)]);
    }

    /// <summary>What is generic over the lanes is compiled for each width that the processor has.</summary>
    private static void Prepare(MethodBase method)
    {
        if (!method.IsGenericMethodDefinition)
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
            return;
        }

        foreach ((string lanes, Type vector) in Widths())
        {
            Type type = method.DeclaringType!.GetNestedType(lanes, BindingFlags.NonPublic)!;
            RuntimeHelpers.PrepareMethod(method.MethodHandle, [type.TypeHandle, vector.TypeHandle]);
        }
    }

    private static IEnumerable<(string Lanes, Type Vector)> Widths()
    {
        if (Vector512.IsHardwareAccelerated)
            yield return ("Lanes16", typeof(Vector512<float>));
        if (Vector256.IsHardwareAccelerated)
            yield return ("Lanes8", typeof(Vector256<float>));
        yield return ("Lanes4", typeof(Vector128<float>));
    }

    /// <summary>Every method and constructor of a type and of the types within it that has a body, private ones too.</summary>
    public static IEnumerable<MethodBase> MethodsOf(Type type)
    {
        const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        return type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)).Where(static m => m.GetMethodBody() is not null)
            .Concat(type.GetNestedTypes(Own).Where(static t => !t.IsInterface).SelectMany(MethodsOf));
    }

    protected override void OnEventSourceCreated(EventSource source)
    {
        if (source.Name == Runtime)
            EnableEvents(source, EventLevel.Verbose, Jit);
    }

    protected override void OnEventWritten(EventWrittenEventArgs data)
    {
        if (data.EventId != MethodLoadVerbose)
            return;
        uint flags = Payload<uint>(data, "MethodFlags");
        var compiled = new Compiled((JitTier)((flags >> 7) & 7), (int)Payload<uint>(data, "MethodSize"));
        _compiled.AddOrUpdate(
            (Payload<string>(data, "MethodNamespace"), (int)Payload<uint>(data, "MethodToken")), compiled,
            (_, other) => new Compiled(other.Tier == JitTier.MinOptJitted ? other.Tier : compiled.Tier, Math.Max(compiled.Bytes, other.Bytes)));
    }

    private static T Payload<T>(EventWrittenEventArgs data, string name) => (T)data.Payload![data.PayloadNames!.IndexOf(name)]!;

    private static (string Type, int Token) KeyOf(MethodBase method) => (method.DeclaringType!.FullName!, method.MetadataToken);
}
