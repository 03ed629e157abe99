using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
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

    private readonly ConcurrentDictionary<(string Type, int Token), JitTier> _tiers = new();

    /// <summary>Compiles what is not compiled yet, and gives the tier of each method that was reported; one that was not is missing.</summary>
    public IReadOnlyDictionary<MethodBase, JitTier> Of(IReadOnlyCollection<MethodBase> methods)
    {
        foreach (MethodBase method in methods)
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < s_patience && !methods.All(method => _tiers.ContainsKey(KeyOf(method))))
            Thread.Sleep(20);
        return methods.Where(method => _tiers.ContainsKey(KeyOf(method))).ToDictionary(m => m, m => _tiers[KeyOf(m)]);
    }

    /// <summary>Every method and constructor of a type and of the types within it that has a body, private ones too.</summary>
    public static IEnumerable<MethodBase> MethodsOf(Type type)
    {
        const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        return type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)).Where(static m => m.GetMethodBody() is not null)
            .Concat(type.GetNestedTypes(Own).SelectMany(MethodsOf));
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
        _tiers[(Payload<string>(data, "MethodNamespace"), (int)Payload<uint>(data, "MethodToken"))] = (JitTier)((flags >> 7) & 7);
    }

    private static T Payload<T>(EventWrittenEventArgs data, string name) => (T)data.Payload![data.PayloadNames!.IndexOf(name)]!;

    private static (string Type, int Token) KeyOf(MethodBase method) => (method.DeclaringType!.FullName!, method.MetadataToken);
}
