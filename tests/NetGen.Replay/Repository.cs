using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NetGen.Compiler;

namespace NetGen.Replay;

/// <summary>The working tree that the tool was built in.</summary>
/// <param name="root">Its folder, which holds the solution.</param>
internal sealed class Repository(string root)
{
    public string Root { get; } = root;

    /// <summary>Where the tool keeps what it writes, unless told otherwise; git ignores it.</summary>
    public string Artifacts => Path.Combine(Root, "artifacts", "replay");

    /// <summary>The tree around a folder.</summary>
    /// <exception cref="ReplayException">There is none.</exception>
    public static Repository Around(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "NetGen.sln")))
                return new Repository(at.FullName);
        }

        throw new ReplayException("no folder above the tool holds NetGen.sln: run it from where it was built");
    }

    /// <summary>What the tree is called: the commit, and whether files differ from it.</summary>
    public string Revision()
    {
        string commit = Run("git", "rev-parse", "--short", "HEAD").Trim();
        return Run("git", "status", "--porcelain").Length > 0 ? commit + "-dirty" : commit;
    }

    /// <summary>Refuses to work with what was built before the sources changed: it would be recorded under a wrong name.</summary>
    public void RequireBuilt()
    {
        if ((NewerThan(typeof(NetworkCompiler), "src", "NetGen.Compiler") ?? NewerThan(typeof(Repository), "tests", "NetGen.Replay")) is { } newer)
            throw new ReplayException($"{newer} changed after this was built: build again");
    }

    private string? NewerThan(Type type, params string[] folder)
    {
        DateTime built = File.GetLastWriteTimeUtc(type.Assembly.Location);
        return Directory.EnumerateFiles(Path.Combine([Root, .. folder]), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"))
            .FirstOrDefault(path => File.GetLastWriteTimeUtc(Path.Combine(Root, path)) > built);
    }

    /// <summary>What a command prints that runs in the root.</summary>
    /// <exception cref="ReplayException">It failed.</exception>
    public string Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = Root, RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new ReplayException($"{command} does not start");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new ReplayException($"{command} {string.Join(' ', arguments)} ended with status {process.ExitCode}\n{output}".TrimEnd());
    }
}
