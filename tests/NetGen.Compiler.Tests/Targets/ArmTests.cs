using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Targets;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>Generated code with vectors on 64-bit Arm, whose instructions x64 never runs: the same numbers as elsewhere.</summary>
public sealed class ArmTests
{
    /// <summary>
    /// Beside those that are compiled with vectors elsewhere, dense layers of sizes that fit no vector. More would take minutes under emulation.
    /// </summary>
    private static readonly List<DrivenNetwork> s_networks =
        [.. TargetSpecs.ByClass.Where(static s => TargetSpecs.WithVectors.Contains(s.Key) || s.Key is "Net1" or "Net6" or "Net9").Select(static s =>
            new DrivenNetwork(s.Key, s.Value))];

    [ArmFact]
    public void Arms_vectors_agree_with_code_that_has_none()
    {
        Dictionary<string, float[]> here = DrivenProgram.Run(DrivenProgram.Compile(
            s_networks, new Dictionary<string, Target> { ["Unity"] = Target.Unity }, TargetReferences.Of(Target.Net10), LanguageVersion.CSharp14));

        string written = Arm.Run(DrivenProgram.Compile(s_networks, new Dictionary<string, Target> { ["Arm"] = Target.Net10 },
            TargetReferences.Of(Target.Net10), LanguageVersion.CSharp14));

        string[] lines = written.Split('\n', 2);
        Assert.Equal("AdvSimd True", lines[0]);
        TargetAgreement.Assert(s_networks, here, "Unity", DrivenProgram.Parse(lines[1]), "Arm");
    }
}
