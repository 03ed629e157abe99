using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.Extensions.FileSystemGlobbing;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;

namespace NetGen.Cli;

/// <summary>A file that may be a spec.</summary>
/// <param name="IsNamed">The user named it; one that was found in a folder or by a pattern counts only if it holds a network.</param>
/// <param name="Root">Which of the user's paths it was found by.</param>
internal readonly record struct Candidate(string Path, bool IsNamed, string Root);

/// <summary>From what the user names (files, folders, patterns) to files.</summary>
/// <param name="problem">Told what cannot be found or read.</param>
internal sealed class SpecFinder(Action<string> problem, CancellationToken cancelled)
{
    private readonly Dictionary<string, Candidate> _found = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private int _seen;

    /// <summary>The files that these paths name, each once, by path.</summary>
    public IReadOnlyList<Candidate> Find(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            _seen = 0;
            if (File.Exists(path))
                Add(new Candidate(path, IsNamed: true, path));
            else if (Directory.Exists(path))
                FindIn(path, path);
            else if (path.Contains('*', StringComparison.Ordinal))
                FindBy(path);
            else
                Refuse($"{path}: there is no such file or folder");
            if (_seen == 0)
                problem(Directory.Exists(path) ? $"{path}: there is no YAML file in this folder" : $"{path}: no YAML file matches");
        }

        return [.. _found.Values.OrderBy(static c => c.Path, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The text holds a network: its root is a map with an input and layers. Of a text that is not valid YAML, whose root cannot be
    /// read, lines that begin with the two keys tell.
    /// </summary>
    public static bool HoldsNetwork(string text)
    {
        if (text.Length <= SpecText.MaxLength && YamlReader.Read(text, new DiagnosticBag()) is { } root)
            return (root.Find("input") ?? root.Find("inputs")) is not null && root.Find("layers") is not null;
        return (HasLine(text, "input:") || HasLine(text, "inputs:")) && HasLine(text, "layers:");
    }

    private static bool HasLine(string text, string beginning)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private void Add(Candidate candidate)
    {
        _seen++;
        string path = Path.GetFullPath(candidate.Path);
        // One that is named stays so where its folder is named too.
        if (!_found.TryAdd(path, candidate) && candidate.IsNamed)
            _found[path] = _found[path] with { IsNamed = true };
    }

    private void Refuse(string message)
    {
        _seen++;
        problem(message);
    }

    /// <summary>The YAML files below a folder, as the build takes them: not those of its output, of packages, or of hidden folders.</summary>
    private void FindIn(string folder, string root)
    {
        cancelled.ThrowIfCancellationRequested();
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Refuse($"{folder}: {Reason(e)}");
            return;
        }

        foreach (FileSystemInfo entry in entries)
        {
            string path = Path.Combine(folder == "." ? "" : folder, entry.Name);
            if (entry is FileInfo && IsYaml(entry.Name))
                Add(new Candidate(path, IsNamed: false, root));
            // A link to a folder may lead back to where it stands.
            else if (entry is DirectoryInfo { LinkTarget: null } && !entry.Name.StartsWith('.') && entry.Name is not ("bin" or "obj" or "node_modules"))
                FindIn(path, root);
        }
    }

    /// <summary>What a pattern such as <c>specs/**/*.yaml</c> names, where the shell has left it as it is.</summary>
    private void FindBy(string pattern)
    {
        string[] parts = pattern.Replace('\\', '/').Split('/');
        int fixedParts = Array.FindIndex(parts, static p => p.Contains('*', StringComparison.Ordinal));
        string folder = fixedParts == 0 ? "." : string.Join('/', parts.Take(fixedParts)) + "/";
        if (!Directory.Exists(folder))
            return;
        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddInclude(string.Join('/', parts.Skip(fixedParts)));
        foreach (string path in matcher.GetResultsInFullPath(folder).Where(IsYaml))
            Add(new Candidate(Path.Combine(fixedParts == 0 ? "" : folder, Path.GetRelativePath(folder, path)), IsNamed: false, pattern));
    }

    private static bool IsYaml(string path) => Path.GetExtension(path) is ".yaml" or ".yml";

    /// <summary>Why a file or a folder cannot be read, in a few words.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "it may not be read, or written, by you",
        FileNotFoundException or DirectoryNotFoundException => "there is no such file or folder",
        _ => exception.Message,
    };
}
