using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace NetGen.Cli.Runs;

/// <summary>
/// Finds C#'s compiler. That of the .NET SDK is compiled ahead of time, and has a first small network ready about a second before the one in the tool's folder
/// <c>roslyn</c>, which serves where only the runtime is installed.
/// </summary>
internal static class CSharpCompilerFinder
{
    private const string Prefix = "Microsoft.CodeAnalysis";

    // What the tool is compiled against.
    private static readonly Version s_least = new(5, 0);

    private static readonly Lazy<string> s_folder = new(Find);

    /// <summary>Has the runtime ask here for the compiler's assemblies.</summary>
    public static void Register() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
    {
        if (name.Name?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            return null;
        string path = Path.Combine(s_folder.Value, name.Name + ".dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    };

    private static string Find()
    {
        string own = Path.Combine(AppContext.BaseDirectory, "roslyn");
        // <root>/shared/Microsoft.NETCore.App/<version>, and beside it <root>/sdk/<version>/Roslyn/bincore.
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        string sdks = Path.Combine(root, "sdk");
        if (!Directory.Exists(sdks))
            return own;
        try
        {
            return Directory.GetDirectories(sdks).Select(static sdk => Path.Combine(sdk, "Roslyn", "bincore"))
                .Select(static folder => (Folder: folder, Version: VersionOf(Path.Combine(folder, Prefix + ".CSharp.dll"))))
                // A newer runtime's compiler may need that runtime.
                .Where(static c => c.Version >= s_least && c.Version.Major == s_least.Major)
                .OrderByDescending(static c => c.Version).Select(static c => c.Folder).FirstOrDefault() ?? own;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return own;
        }
    }

    private static Version? VersionOf(string file)
    {
        try
        {
            return File.Exists(file) ? AssemblyName.GetAssemblyName(file).Version : null;
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }
}
