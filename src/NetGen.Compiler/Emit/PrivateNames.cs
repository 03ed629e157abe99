using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;

namespace NetGen.Compiler.Emit;

/// <summary>
/// The names of the generated file's own that something of the user's could have as well: private members of the class, which would hide it in the user's part
/// of the class, and aliases, which a type, member or namespace in scope would hide in the file. Where one is taken, another is used.
/// </summary>
internal static class PrivateNames
{
    private static readonly string[] s_members =
        ["Kernels", "_parameters", "_gradients", "_state", "_scratch", "_trainingScratch", "StepSeed", "TrainStepOf", "StepWith", "StepBlockWith"];

    /// <summary>What files call things of the framework.</summary>
    public static IEnumerable<string> Aliases => VectorDialect.AllAliases.Concat(PortableVectorDialect.AllAliases).Select(static a => a.Alias.Substring(1)).Distinct();

    /// <summary>All of them.</summary>
    public static IEnumerable<string> All => s_members.Concat(Aliases);

    /// <summary>The name, or the first free one after it.</summary>
    public static string Free(string name, Func<string, bool> isTaken)
    {
        while (isTaken(name))
            name += "OfNetwork";
        return name;
    }
}
