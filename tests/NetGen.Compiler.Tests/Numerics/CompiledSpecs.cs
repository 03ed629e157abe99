using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing.Generated;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Specs under their names, compiled for targets and with <c>unroll</c>s as tests ask for them, many in one compilation.
/// </summary>
/// <param name="isLoops">What the specs are about is loops whatever <c>unroll</c> says, so that the default is enough.</param>
internal sealed class CompiledSpecs(IReadOnlyDictionary<string, string> specs, bool isLoops = false)
{
    /// <summary>Everything on every target with every unrolling: several times as long.</summary>
    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    private readonly ConcurrentDictionary<(string Target, string Unroll, bool IsPlanned), Lazy<GeneratedAssembly>> _assemblies = new();
    private readonly string[] _names = [.. specs.Keys];

    public IReadOnlyList<string> Names => _names;

    /// <summary>The spec as it stands, for the reference.</summary>
    public string Spec(string name) => specs[name];

    /// <summary>
    /// The unrollings with which a test should try a network on a target: <c>auto</c>, and of every fourth one other by turns, on the
    /// newest, one of the three by turns on the others; <c>auto</c> alone where it makes no difference; all where <c>NETGEN_THOROUGH_TESTS</c> is 1.
    /// </summary>
    public IReadOnlyList<string> Unrolls(string name, string target)
    {
        int turn = Array.IndexOf(_names, name);
        return s_isThorough ? TargetName.Unrolls
            : isLoops ? ["auto"]
            : target == TargetName.Net10 ? turn % 4 != 1 ? ["auto"] : ["auto", turn % 8 == 1 ? "full" : "none"]
            : [TargetName.Unrolls[(turn + Array.IndexOf(TargetName.All, target)) % TargetName.Unrolls.Length]];
    }

    /// <summary>The network on a target, with each of its <see cref="Unrolls"/>: compiled only when asked for.</summary>
    public IEnumerable<GeneratedNetwork> Networks(string name, string target) =>
        Unrolls(name, target).Select(unroll => Network(name, target, unroll));

    public GeneratedNetwork Network(string name, string target, string unroll = "auto") =>
        Assembly(target, unroll, IsPlanned(name, target, unroll))[ClassName(name)];

    /// <summary>What tests ask for by turns is compiled together, and what they ask for besides, too.</summary>
    private GeneratedAssembly Assembly(string target, string unroll, bool isPlanned) => _assemblies.GetOrAdd(
        (target, unroll, isPlanned),
        key => new Lazy<GeneratedAssembly>(() => GeneratedAssembly.FromSpecs(
            _names.Where(name => IsPlanned(name, key.Target, key.Unroll) == key.IsPlanned)
                .ToDictionary(ClassName, name => WithUnroll(specs[name].Trim(), key.Unroll)),
            TargetName.Parse(key.Target)))).Value;

    private bool IsPlanned(string name, string target, string unroll) => Unrolls(name, target).Contains(unroll);

    /// <summary>The spec with the key added, whether it is written in YAML's block style or in braces.</summary>
    private static string WithUnroll(string spec, string unroll) =>
        spec.StartsWith('{') ? $"{spec[..^1]}, unroll: {unroll} }}\n" : $"{spec}\nunroll: {unroll}\n";

    private string ClassName(string name) => "Net" + Array.IndexOf(_names, name);
}
