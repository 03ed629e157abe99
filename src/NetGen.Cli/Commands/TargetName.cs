using System;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Cli.Commands;

/// <summary>The names that <c>--target</c> takes: those of the forms of generated code, and those of frameworks, as project files write them.</summary>
internal static class TargetName
{
    /// <summary>The target of that name; of a framework, the newest form that it compiles and runs; or null.</summary>
    public static Target? Find(string name) => Target.Named.FirstOrDefault(t => t.Name == name).Target ?? OfFramework(name);

    /// <summary>What is wrong with a name; null for nothing.</summary>
    public static string? Problem(string name)
    {
        if (Find(name) is not null)
            return null;
        string[] names = [.. Target.Named.Select(static t => t.Name)];
        string remedy = Nearest.Find(name, [.. names, "net9.0", "netstandard2.1"]) is { } near ? $"did you mean '{near}'?"
            : $"there are {string.Join(", ", names)}, and frameworks such as net9.0, net48 and netstandard2.1";
        return $"there is no target '{name}'; {remedy}";
    }

    // The net10.0 form takes no more than .NET 9 and its C# have. Before .NET 8, vectors lack what the code is written with; .NET Standard 2.1 has spans of its
    // own, but not what reads vectors from them.
    private static Target? OfFramework(string name) => name.Split('-')[0] switch
    {
        "netstandard2.1" => Target.Unity,
        "netcoreapp3.0" or "netcoreapp3.1" => Target.Portable,
        "net462" or "net47" or "net471" or "net472" or "net48" or "net481" => Target.Portable,
        var net when VersionOf(net) is { } version => version switch { >= 9 => Target.Net10, 8 => Target.Net8, >= 5 => Target.Portable, _ => null },
        _ => null,
    };

    private static int? VersionOf(string name) =>
        name.StartsWith("net", StringComparison.Ordinal) && name.EndsWith(".0", StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(3, Math.Max(0, name.Length - 5)), NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : null;
}
