using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace NetGen.Benchmarks;

/// <summary>A C compiler on this machine, with the library that a peer is about, if it is about one.</summary>
/// <remarks>What it built stays in the temporary folder, under a hash of all that it was made of, for the next run.</remarks>
internal sealed class CToolchain
{
    /// <summary>The versions that a compiler is looked for by where it has no plain name, as some systems install it.</summary>
    private const int Newest = 19, Oldest = 12;

    private readonly string _compiler;
    private readonly IReadOnlyList<string> _flags, _libraries;
    private readonly string? _compilerVersion;

    /// <param name="compiler">Its command, which may have a version behind it on this machine: clang-14.</param>
    /// <param name="installCommand">What installs it, with the library.</param>
    /// <param name="flags">What it needs besides the common flags.</param>
    /// <param name="header">A header without which there is no such peer.</param>
    /// <param name="package">What pkg-config knows the library by.</param>
    /// <param name="libraries">What to link with.</param>
    public CToolchain(
        string compiler, string installCommand, IReadOnlyList<string>? flags = null,
        string? header = null, string? package = null, IReadOnlyList<string>? libraries = null)
    {
        _flags = ["-O3", "-march=native", "-ffast-math", "-fPIC", .. flags ?? []];
        _libraries = [.. libraries ?? [], "-lm"];
        InstallCommand = installCommand;
        (_compiler, _compilerVersion) = Find(compiler);
        Version = _compilerVersion is null || (header is not null && !Has(header)) ? null
            : package is null ? $"{_compilerVersion}; {string.Join(' ', _flags)}"
            : Commands.TryRun("pkg-config", ["--modversion", package]) is { Status: 0 } found ? $"{found.Output.Trim()}, called from C"
            : "of unknown version, called from C";
    }

    /// <summary>The library's version, or the compiler's first line about itself; null if it, or what is to be linked, is not installed.</summary>
    public string? Version { get; }

    public string InstallCommand { get; }

    /// <summary>Compiles and links a shared object, unless that was done before; throws with what the compiler said.</summary>
    /// <remarks>Linked without -ffast-math, whose start-up code would flush denormals in this process too.</remarks>
    public string Build(string source, IReadOnlyList<string> definitions)
    {
        string folder = Path.Combine(Path.GetTempPath(), "netgen-benchmarks");
        Directory.CreateDirectory(folder);
        string everything = string.Join('\n', [_compilerVersion!, ProcessorName.Value, .. _flags, .. definitions, .. _libraries, source]);
        string name = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(everything)))[..24]);
        string library = name + ".so";
        if (File.Exists(library))
            return library;

        // Under another name until it is whole: another run may want it as well.
        string draft = $"{name}-{Environment.ProcessId}", file = draft + ".c", built = draft + ".o";
        File.WriteAllText(file, source);
        Run([.. _flags, .. definitions, "-c", file, "-o", built]);
        Run(["-shared", built, "-o", draft + ".so", .. _libraries]);
        File.Move(draft + ".so", library, overwrite: true);
        File.Delete(file);
        File.Delete(built);
        return library;
    }

    /// <summary>The command by its plain name or by its newest version, and its first line about itself; null where there is neither.</summary>
    private static (string Command, string? Version) Find(string compiler)
    {
        foreach (string command in (IEnumerable<string>)[compiler, .. Enumerable.Range(Oldest, Newest - Oldest + 1).Reverse().Select(version => $"{compiler}-{version}")])
        {
            if (Commands.TryRun(command, ["--version"]) is { Status: 0 } found)
                return (command, found.Output.Split('\n')[0].Trim());
        }

        return (compiler, null);
    }

    private bool Has(string header) => Commands.TryRun(_compiler, ["-E", "-include", header, "-x", "c", "/dev/null"]) is { Status: 0 };

    private void Run(IReadOnlyList<string> arguments)
    {
        (int status, string output) = Commands.TryRun(_compiler, arguments) ?? throw new InvalidOperationException($"{_compiler} is gone");
        if (status != 0)
            throw new InvalidOperationException($"{_compiler} {string.Join(' ', arguments)}\n{output}");
    }
}
