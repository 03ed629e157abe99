using System;
using System.Runtime.CompilerServices;
using NetGen.Testing;
using Xunit;

namespace NetGen.Generator.Tests.Harness;

/// <summary>Holds generated files to those that were reviewed (<see cref="SnapshotFile"/>).</summary>
internal static class Snapshot
{
    public static void Verify(
        GeneratorRun run, [CallerFilePath] string testFile = "", [CallerMemberName] string method = "")
    {
        Assert.NotEmpty(run.Files);
        foreach ((string hint, string source) in run.Files)
        {
            string stem = hint.EndsWith(".cs", StringComparison.Ordinal) ? hint[..^3] : hint;
            if (SnapshotFile.Difference(testFile, method, stem, $"//HintName: {hint}\n{source}") is { } difference)
                Assert.Fail(difference);
        }
    }
}
