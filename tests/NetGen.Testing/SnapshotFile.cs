using System;
using System.IO;

namespace NetGen.Testing;

/// <summary>
/// Holds a text to one that was reviewed, in Verify's file convention: <c>_snapshots/Type.Method#Hint.verified.cs</c>. What differs is written beside it as
/// <c>.received.cs</c>;
/// with the environment variable <c>NETGEN_ACCEPT_SNAPSHOTS</c> set to 1, it becomes the reviewed one.
/// </summary>
internal static class SnapshotFile
{
    /// <summary>What to say of a text that differs; null where it does not.</summary>
    /// <param name="testFile">The file of the test.</param>
    /// <param name="hint">Which of the texts of the test it is.</param>
    public static string? Difference(string testFile, string method, string hint, string received)
    {
        string path = Path.Combine(Path.GetDirectoryName(testFile)!, "_snapshots", $"{Path.GetFileNameWithoutExtension(testFile)}.{method}#{hint}");
        string verifiedFile = path + ".verified.cs", receivedFile = path + ".received.cs";
        string? verified = File.Exists(verifiedFile) ? File.ReadAllText(verifiedFile).ReplaceLineEndings("\n") : null;
        if (verified == received)
        {
            File.Delete(receivedFile);
            return null;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (Environment.GetEnvironmentVariable("NETGEN_ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(verifiedFile, received);
            File.Delete(receivedFile);
            return null;
        }

        File.WriteAllText(receivedFile, received);
        return $"the text differs from the reviewed one; compare\n  {receivedFile}\n  {verifiedFile}\n{FirstDifference(verified ?? "", received)}";
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
