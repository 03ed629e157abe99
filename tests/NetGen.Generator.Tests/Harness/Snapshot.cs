using System;
using System.IO;
using System.Runtime.CompilerServices;
using Xunit;

namespace NetGen.Generator.Tests.Harness;

/// <summary>
/// Holds generated files to those that were reviewed, in Verify's file convention:
/// <c>_snapshots/Type.Method#Hint.verified.cs</c>. What differs is written beside it as <c>.received.cs</c>; with the
/// environment variable <c>NETGEN_ACCEPT_SNAPSHOTS</c> set to 1, it becomes the reviewed one.
/// </summary>
internal static class Snapshot
{
    public static void Verify(
        GeneratorRun run, [CallerFilePath] string testFile = "", [CallerMemberName] string method = "")
    {
        string type = Path.GetFileNameWithoutExtension(testFile);
        string folder = Path.Combine(Path.GetDirectoryName(testFile)!, "_snapshots");
        Assert.NotEmpty(run.Files);
        foreach ((string hint, string source) in run.Files)
        {
            string stem = hint.EndsWith(".cs", StringComparison.Ordinal) ? hint[..^3] : hint;
            Verify(Path.Combine(folder, $"{type}.{method}#{stem}"), $"//HintName: {hint}\n{source}");
        }
    }

    private static void Verify(string path, string received)
    {
        string verifiedFile = path + ".verified.cs", receivedFile = path + ".received.cs";
        string? verified = File.Exists(verifiedFile) ? File.ReadAllText(verifiedFile).ReplaceLineEndings("\n") : null;
        if (verified == received)
        {
            File.Delete(receivedFile);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (Environment.GetEnvironmentVariable("NETGEN_ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(verifiedFile, received);
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, received);
        Assert.Fail($"the generated file differs from the reviewed one; compare\n  {receivedFile}\n  {verifiedFile}\n{FirstDifference(verified ?? "", received)}");
    }

    private static string FirstDifference(string verified, string received)
    {
        string[] old = verified.Split('\n'), now = received.Split('\n');
        for (int i = 0; i < Math.Max(old.Length, now.Length); i++)
        {
            string before = i < old.Length ? old[i] : "(the end)", after = i < now.Length ? now[i] : "(the end)";
            if (before != after)
                return $"line {i + 1} was\n  {before}\nand is\n  {after}";
        }

        return "";
    }
}
