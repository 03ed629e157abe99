using System;
using NetGen.Compiler;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Generator.Output;

/// <summary>All that emission sees of a network, so that nothing else regenerates it.</summary>
/// <param name="Network">Null for members that throw.</param>
/// <param name="Weights">Those that are compiled in, if any are.</param>
internal sealed record NetworkUnit(ClassDeclaration Declaration, Network? Network, BakedWeights? Weights, string HintName);

/// <summary>A generated file, or the exception that ended its generation.</summary>
/// <param name="Source">Null where not even throwing members could be written.</param>
internal sealed record GeneratedFile(string HintName, string MetadataName, string? Source, string? Failure)
{
    /// <summary>What it calls of the file that the networks of a project share.</summary>
    public HelperNeeds Needs { get; init; } = HelperNeeds.None;

    /// <summary>The file that the networks of a project share; without a source where they share nothing.</summary>
    /// <param name="taken">Names that mean something to the classes.</param>
    public static GeneratedFile EmitShared(HelperNeeds needs, string? assembly, Target target, EquatableArray<string> taken)
    {
        var file = new GeneratedFile(SharedHelpers.HintName, "NetGen's helpers", null, null);
        try
        {
            return needs.IsEmpty ? file : file with { Source = NetworkCompiler.EmitShared(needs, assembly, target, [.. taken]) };
        }
        catch (Exception exception) when (InternalErrors.IsOurs(exception))
        {
            return file with { Failure = InternalErrors.Describe(exception) };
        }
    }

    /// <summary>The part that says what the spec leaves out of what is used; without a source where that is nothing.</summary>
    public static GeneratedFile EmitMissing(NetworkUnit unit, Target target, EquatableArray<MemberUse> uses)
    {
        string name = unit.HintName.Substring(0, unit.HintName.Length - ".g.cs".Length) + ".missing.g.cs";
        var file = new GeneratedFile(name, unit.Declaration.MetadataName, null, null);
        try
        {
            return unit.Network is null ? file : file with { Source = NetworkCompiler.EmitMissing(unit.Network, unit.Declaration, target, [.. uses]) };
        }
        catch (Exception exception) when (InternalErrors.IsOurs(exception))
        {
            return file with { Failure = InternalErrors.Describe(exception) };
        }
    }

    /// <param name="assembly">The name of the assembly whose networks share a file.</param>
    public static GeneratedFile Emit(NetworkUnit unit, string? assembly, Target target)
    {
        var file = new GeneratedFile(unit.HintName, unit.Declaration.MetadataName, null, null);
        try
        {
            if (unit.Network is null)
                return file with { Source = NetworkCompiler.EmitFailed(unit.Declaration, target) };
            GeneratedSource source = NetworkCompiler.EmitSharing(unit.Network, unit.Declaration, assembly, target, unit.Weights);
            return file with { Source = source.Text, Needs = source.Needs };
        }
        catch (Exception exception) when (InternalErrors.IsOurs(exception))
        {
            // The code that uses the class should not get errors on top of ours.
            GeneratedFile signatures = unit.Network is null ? file : Emit(unit with { Network = null }, assembly, target);
            return signatures with { Failure = InternalErrors.Describe(exception) };
        }
    }
}
