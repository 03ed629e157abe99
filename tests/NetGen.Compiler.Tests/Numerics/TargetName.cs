using System;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>The targets by the names that appear in test names.</summary>
internal static class TargetName
{
    public const string Net10 = "net10.0";
    public const string Portable = "portable";
    public const string Arrays = "arrays";

    public static readonly string[] All = [Net10, Portable, Arrays];

    public static readonly string[] Unrolls = ["auto", "full", "none"];

    public static Target Parse(string name) => name switch
    {
        Net10 => Target.Net10,
        Portable => Target.Portable,
        Arrays => Target.Arrays,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
