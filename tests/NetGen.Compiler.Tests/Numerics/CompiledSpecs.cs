using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Specs under their names, compiled for targets and with <c>unroll</c>s as tests ask for them, many in one compilation.
/// </summary>
/// <param name="isLoops">What the specs are about is loops whatever <c>unroll</c> says, so that the default is enough.</param>
/// <param name="isShared">The targets share the specs, as <see cref="NamesOn"/> says: all are tried on the newest, and some on each of the others.</param>
internal sealed class CompiledSpecs(IReadOnlyDictionary<string, string> specs, bool isLoops = false, bool isShared = false)
{
    /// <summary>Everything on every target with every unrolling: several times as long.</summary>
    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    /// <summary>Of so many specs that say nothing new, a target other than the newest tries one.</summary>
    private const int Share = 5;

    private readonly ConcurrentDictionary<(string Target, string Unroll, bool IsPlanned), Lazy<GeneratedAssembly>> _assemblies = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _namesOn = new();
    private readonly string[] _names = [.. specs.Keys];

    public IReadOnlyList<string> Names => _names;

    /// <summary>
    /// The specs to try on a target: all on the newest. Where the targets share them, each of the others tries those with a word that none before
    /// them has, so that every layer, option, loss and optimizer is among them, and every fifth of the rest, by turns; all where
    /// <c>NETGEN_THOROUGH_TESTS</c> is 1.
    /// </summary>
    public IReadOnlyList<string> NamesOn(string target) => _namesOn.GetOrAdd(target, Chosen);

    /// <summary>A target and the name of a spec to try on it.</summary>
    public TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string target in TargetName.All)
            {
                foreach (string name in NamesOn(target))
                    cases.Add(target, name);
            }

            return cases;
        }
    }

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
            : [TargetName.Unrolls[(turn + Array.IndexOf(TargetName.All, target)) / Share % TargetName.Unrolls.Length]];
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

    private bool IsPlanned(string name, string target, string unroll) => NamesOn(target).Contains(name) && Unrolls(name, target).Contains(unroll);

    private IReadOnlyList<string> Chosen(string target)
    {
        if (s_isThorough || !isShared || target == TargetName.Net10)
            return _names;
        HashSet<string> said = [];
        int of = Array.IndexOf(TargetName.All, target);
        return [.. _names.Where((name, turn) =>
        {
            string[] words = [.. Regex.Matches(specs[name], "[A-Za-z_][A-Za-z_0-9]*").Select(static m => m.Value)];
            if ((turn + of) % Share != 0 && said.IsSupersetOf(words))
                return false;
            said.UnionWith(words);
            return true;
        })];
    }

    /// <summary>The spec with the key added, whether it is written in YAML's block style or in braces.</summary>
    private static string WithUnroll(string spec, string unroll) =>
        spec.StartsWith('{') ? $"{spec[..^1]}, unroll: {unroll} }}\n" : $"{spec}\nunroll: {unroll}\n";

    private string ClassName(string name) => "Net" + Array.IndexOf(_names, name);
}
