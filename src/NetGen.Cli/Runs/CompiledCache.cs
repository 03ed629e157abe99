using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>
/// Compiled networks of earlier commands, by their specs: evaluating what was just trained needs no compiler. The folder is the user's own; NETGEN_CACHE names
/// another one, or says <c>off</c>.
/// </summary>
internal static class CompiledCache
{
    private const int Most = 40;
    private const int HashSize = 32;

    private static readonly string? s_folder = Folder();

    /// <summary>The key of a spec: another text, name or version of NetGen has another.</summary>
    public static string KeyOf(string name, string spec)
    {
        string all = $"{typeof(CompiledCache).Module.ModuleVersionId} {typeof(Trainer).Module.ModuleVersionId} {Environment.Version} {name}\n{spec}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    /// <summary>Whether there is an entry.</summary>
    public static bool Has(string key) => s_folder is not null && File.Exists(PathOf(key));

    /// <summary>The assembly of a key; null where there is none, or its file is damaged.</summary>
    public static byte[]? Find(string key)
    {
        if (s_folder is null)
            return null;
        try
        {
            byte[] file = File.ReadAllBytes(PathOf(key));
            if (file.Length <= HashSize || !SHA256.HashData(file.AsSpan(HashSize)).AsSpan().SequenceEqual(file.AsSpan(0, HashSize)))
                return null;
            // The least recently used one is deleted first.
            File.SetLastWriteTimeUtc(PathOf(key), DateTime.UtcNow);
            return file[HashSize..];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps an assembly. Where that cannot be, it is compiled again the next time.</summary>
    public static void Keep(string key, ReadOnlySpan<byte> assembly)
    {
        if (s_folder is null)
            return;
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(s_folder);
            else
                Directory.CreateDirectory(s_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // code is not for others to change
            WholeFile.Write(PathOf(key), [.. SHA256.HashData(assembly), .. assembly]);
            foreach (FileInfo old in new DirectoryInfo(s_folder).GetFiles("*.netgen").OrderByDescending(static f => f.LastWriteTimeUtc).Skip(Most))
                old.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing depends on it.
        }
    }

    private static string PathOf(string key) => Path.Combine(s_folder!, key + ".netgen");

    private static string? Folder()
    {
        string? stated = Environment.GetEnvironmentVariable("NETGEN_CACHE");
        if (stated == "off")
            return null;
        if (!string.IsNullOrEmpty(stated))
            return Path.GetFullPath(stated);
        string own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return own.Length == 0 ? null : Path.Combine(own, "netgen", "compiled");
    }
}
