using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Generator.Specs;

/// <summary>Paths as text: both slashes, <c>.</c> and <c>..</c>, without asking the file system.</summary>
internal static class SpecPath
{
    private static readonly string[] s_yaml = [".yaml", ".yml"];

    /// <summary>Unity hands over files of one extension alone, before which stands the analyzer's name.</summary>
    private static readonly string[] s_unity = [".NetGen.additionalfile", ".NetGen.Generator.additionalfile"];

    public static bool IsSpec(string path) => YamlExtension(path) is not null || UnityExtension(path) is not null;

    /// <summary>
    /// The paths that a spec may have which a class names so: as it is written, then with each of Unity's extensions, in place of YAML's or of none.
    /// </summary>
    public static IEnumerable<string> Forms(string written)
    {
        yield return written;
        string extension = YamlExtension(written) ?? UnityExtension(written) ?? "";
        string stem = written.Substring(0, written.Length - extension.Length);
        foreach (string unity in s_unity)
        {
            if (stem + unity != written)
                yield return stem + unity;
        }
    }

    private static string? YamlExtension(string path) => s_yaml.FirstOrDefault(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static string? UnityExtension(string path) => s_unity.FirstOrDefault(e => path.EndsWith(e, StringComparison.Ordinal));

    /// <summary>With <c>/</c> alone and without <c>.</c>, <c>..</c> and doubled slashes, as far as the path itself tells.</summary>
    public static string Normalize(string path)
    {
        string slashed = path.Replace('\\', '/');
        string root = Root(slashed);
        List<string> parts = [];
        foreach (string part in slashed.Substring(root.Length).Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part != ".." || root.Length == 0)
                parts.Add(part);
        }

        return root + string.Join("/", parts);
    }

    public static bool IsAbsolute(string path) => Root(path.Replace('\\', '/')).Length > 0;

    public static string Combine(string folder, string relative) =>
        Normalize(folder.Length == 0 || IsAbsolute(relative) ? relative : WithSlash(folder) + relative);

    public static string FolderOf(string path)
    {
        string normal = Normalize(path);
        int slash = normal.LastIndexOf('/');
        return slash < 0 ? "" : normal.Substring(0, Math.Max(slash, Root(normal).Length));
    }

    public static string NameOf(string path)
    {
        string normal = Normalize(path);
        return normal.Substring(normal.LastIndexOf('/') + 1);
    }

    /// <summary>The path as seen from a folder above it, else the path itself.</summary>
    public static string RelativeTo(string? folder, string path)
    {
        string normal = Normalize(path);
        if (folder is null)
            return normal;
        string prefix = WithSlash(Normalize(folder));
        return normal.StartsWith(prefix, StringComparison.Ordinal) ? normal.Substring(prefix.Length) : normal;
    }

    /// <summary>The path as it is written in a folder, through those that both are in; the path itself where none is.</summary>
    public static string FromFolder(string folder, string path)
    {
        string[] from = Normalize(folder).Split('/'), to = Normalize(path).Split('/');
        int common = 0;
        while (common < from.Length && common < to.Length - 1 && from[common] == to[common])
            common++;
        return common < 2 ? Normalize(path) : string.Join("/", [.. from.Skip(common).Select(static _ => ".."), .. to.Skip(common)]);
    }

    // A second slash after the root would make it a share.
    private static string WithSlash(string folder) =>
        folder.EndsWith("/", StringComparison.Ordinal) || folder.EndsWith("\\", StringComparison.Ordinal) ? folder : folder + "/";

    /// <summary><c>/</c>, <c>//</c> (a share), <c>C:/</c>, or nothing for a relative path.</summary>
    private static string Root(string slashed)
    {
        if (slashed.StartsWith("//", StringComparison.Ordinal))
            return "//";
        if (slashed.StartsWith("/", StringComparison.Ordinal))
            return "/";
        return slashed.Length >= 3 && slashed[1] == ':' && slashed[2] == '/' ? slashed.Substring(0, 3) : "";
    }
}
