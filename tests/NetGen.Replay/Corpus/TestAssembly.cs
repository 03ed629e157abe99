using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace NetGen.Replay.Corpus;

/// <summary>
/// The compiler's tests as they are built, beside the compiler that they were built with: in a context of its own, so that neither
/// meets the compiler whose output is looked at.
/// </summary>
internal static class TestAssembly
{
    private const string Project = "NetGen.Compiler.Tests";

    /// <summary>Builds the tests, and reads what their classes hold.</summary>
    /// <param name="failed">Called with each member that could not be read.</param>
    public static IReadOnlyList<FoundText> Texts(Repository repository, Action<string> failed)
    {
        // As this tool was built: then what both need is built already.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string folder = Path.Combine(repository.Root, "tests", Project);
        repository.Run("dotnet", "build", folder, "--configuration", configuration, "--nologo", "--verbosity", "quiet", "-nodeReuse:false");
        var context = new BesideContext(Path.Combine(folder, "bin", configuration, "net10.0", Project + ".dll"));
        try
        {
            return [.. StaticStrings.Of(context.Main, failed)];
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>Assemblies from one folder. Their bytes alone are read, so that the next build may write the files.</summary>
    private sealed class BesideContext : AssemblyLoadContext
    {
        private readonly AssemblyDependencyResolver _resolver;

        public BesideContext(string path)
            : base(isCollectible: true)
        {
            _resolver = new AssemblyDependencyResolver(path);
            Main = LoadBytes(path);
        }

        public Assembly Main { get; }

        protected override Assembly? Load(AssemblyName assemblyName) =>
            _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadBytes(path) : null;

        private Assembly LoadBytes(string path) => LoadFromStream(new MemoryStream(File.ReadAllBytes(path)));
    }
}
