using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Tests.Numerics;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>
/// One spec, every target: the same cases give the same numbers. Here and under Mono; where <c>NETGEN_THOROUGH_TESTS</c> is 1, also on 150 specs drawn by a seed.
/// </summary>
public sealed class TargetComparisonTests
{
    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    private static readonly List<DrivenNetwork> s_networks =
    [
        .. TargetSpecs.ByClass.Select(static s => new DrivenNetwork(s.Key, s.Value)),
        .. !s_isThorough ? []
            : Enumerable.Range(0, 150).Select(static seed => new DrivenNetwork("Drawn" + seed.ToString(CultureInfo.InvariantCulture), RandomLayerSpec.Draw(seed, AvailableLayers.Has)) { IsDrawn = true }),
    ];

    private static readonly List<DrivenNetwork> s_withVectors = [.. s_networks.Where(static n => s_isThorough || TargetSpecs.WithVectors.Contains(n.Name))];

    private static readonly Lazy<Dictionary<string, float[]>> s_results = new(static () =>
        Here(s_networks, new() { ["Unity"] = Target.Unity, ["Minimal"] = Target.Minimal }, Target.Net10));

    private static readonly Lazy<Dictionary<string, float[]>> s_underMono = new(static () => DrivenProgram.Parse(Mono.Run(DrivenProgram.Compile(
        s_networks, new Dictionary<string, Target> { ["Portable"] = Target.Portable, ["Minimal"] = Target.Minimal }, TargetReferences.Of(Target.Portable), LanguageVersion.CSharp7_3))));

    /// <summary>Compiled against .NET Framework, whose reference assemblies have no more than runs there.</summary>
    private static readonly Lazy<byte[]> s_portable = new(static () => DrivenProgram.Compile(
        s_networks, new Dictionary<string, Target> { ["Portable"] = Target.Portable }, TargetReferences.NetFramework, LanguageVersion.CSharp7_3, allowsWarnings: false));

    [Fact]
    public void Targets_without_vectors_agree() => TargetAgreement.Assert(s_networks, s_results.Value, "Unity", s_results.Value, "Minimal");

    [Theory]
    [InlineData("net10.0")]
    [InlineData("net8.0")]
    public void Those_with_vectors_agree_with_them(string name)
    {
        Target target = Target.Named.First(t => t.Name == name).Target;

        // Compiled against no more than the target has.
        Dictionary<string, float[]> results = Here(s_withVectors, new() { ["Vectors"] = target }, target);

        TargetAgreement.Assert(s_withVectors, s_results.Value, "Unity", results, "Vectors");
    }

    /// <param name="without">What the processor is taken not to have; then vectors are narrower, or there are none and numbers serve.</param>
    [Theory]
    [InlineData("nothing")]
    [InlineData("EnableAVX")]
    [InlineData("EnableHWIntrinsic")]
    public void So_does_the_one_whose_vectors_are_the_runtimes(string without)
    {
        Dictionary<string, float[]> results = DrivenProgram.Run(s_portable.Value, new Dictionary<string, string> { ["DOTNET_" + without] = "0" });

        TargetAgreement.Assert(s_networks, s_results.Value, "Unity", results, "Portable");
    }

    [Fact]
    public void Its_files_compile_at_a_users_strictest_against_net_standard_2_0()
    {
        using GeneratedAssembly assembly = GeneratedAssembly.FromSpecs(TargetSpecs.ByClass, Target.Portable);

        Assert.Equal(TargetSpecs.All.Count, assembly.Sources.Count);
    }

    [MonoTheory]
    [InlineData("Portable")]
    [InlineData("Minimal")]
    public void So_does_what_mono_runs(string target) => TargetAgreement.Assert(s_networks, s_results.Value, "Unity", s_underMono.Value, target);

    [Fact]
    public void Unitys_files_compile_at_a_users_strictest_against_net_standard_2_1()
    {
        using GeneratedAssembly assembly = GeneratedAssembly.FromSpecs(TargetSpecs.ByClass, Target.Unity);

        Assert.Equal(TargetSpecs.All.Count, assembly.Sources.Count);
    }

    private static Dictionary<string, float[]> Here(List<DrivenNetwork> networks, Dictionary<string, Target> targets, Target references) =>
        DrivenProgram.Run(DrivenProgram.Compile(networks, targets, TargetReferences.Of(references), LanguageVersion.CSharp14));
}
