using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing.Generated;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Specs under their names, each compiled once for a target and an <c>unroll</c>, all of them in one compilation.
/// </summary>
internal sealed class CompiledSpecs(IReadOnlyDictionary<string, string> specs)
{
    private readonly ConcurrentDictionary<(string Target, string Unroll), Lazy<GeneratedAssembly>> _assemblies = new();
    private readonly string[] _names = [.. specs.Keys];

    public IReadOnlyList<string> Names => _names;

    /// <summary>The spec as it stands, for the reference.</summary>
    public string Spec(string name) => specs[name];

    public GeneratedNetwork Network(string name, string target, string unroll = "auto") =>
        Assembly(target, unroll)[ClassName(name)];

    /// <summary>The generated source, to look at.</summary>
    public string Source(string name, string target, string unroll = "auto") =>
        Assembly(target, unroll).Sources[ClassName(name)];

    private GeneratedAssembly Assembly(string target, string unroll) => _assemblies.GetOrAdd(
        (target, unroll),
        key => new Lazy<GeneratedAssembly>(() => GeneratedAssembly.FromSpecs(
            _names.ToDictionary(ClassName, n => WithUnroll(specs[n].Trim(), key.Unroll)), TargetName.Parse(key.Target)))).Value;

    /// <summary>The spec with the key added, whether it is written in YAML's block style or in braces.</summary>
    private static string WithUnroll(string spec, string unroll) =>
        spec.StartsWith('{') ? $"{spec[..^1]}, unroll: {unroll} }}\n" : $"{spec}\nunroll: {unroll}\n";

    private string ClassName(string name) => "Net" + Array.IndexOf(_names, name);
}
