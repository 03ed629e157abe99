using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using NetGen.Compiler.Targets;
using NetGen.Testing.Generated;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>Networks, each as several targets have it, compiled into one program that writes what <see cref="DrivenNetwork"/>s compute.</summary>
internal static class DrivenProgram
{
    /// <summary>The program, which runs wherever its references are.</summary>
    /// <param name="namespaces">A namespace for each target.</param>
    public static byte[] Compile(
        IReadOnlyList<DrivenNetwork> networks, IReadOnlyDictionary<string, Target> namespaces, IEnumerable<MetadataReference> references, LanguageVersion language, bool allowsWarnings = true)
    {
        CSharpParseOptions parse = new(language);
        List<string> sources = [DrivenNetwork.Data, Entry(networks, namespaces.Keys)];
        foreach ((string inNamespace, Target target) in namespaces)
        {
            foreach (DrivenNetwork network in networks)
            {
                sources.Add(GeneratedAssembly.Emit(network.Name, network.Spec, target, inNamespace));
                sources.Add($"namespace {inNamespace} {{ internal partial class {network.Name} {{ }} }}");
                sources.Add(network.Driver(inNamespace));
            }
        }

        CSharpCompilation compilation = CSharpCompilation.Create(
            "Driven",
            sources.Select(s => CSharpSyntaxTree.ParseText(s, parse, encoding: Encoding.UTF8)),
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, deterministic: true,
                generalDiagnosticOption: allowsWarnings ? ReportDiagnostic.Default : ReportDiagnostic.Error));
        using MemoryStream code = new();
        EmitResult result = compilation.Emit(code);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10)));
        return code.ToArray();
    }

    /// <summary>What the program writes, run here.</summary>
    public static Dictionary<string, float[]> Run(byte[] program)
    {
        AssemblyLoadContext context = new("Driven", isCollectible: true);
        try
        {
            StringWriter text = new();
            context.LoadFromStream(new MemoryStream(program)).GetType("Entry", throwOnError: true)!.GetMethod("Run")!.Invoke(null, [text]);
            return Parse(text.ToString());
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>What it writes in a process of its own, on the runtime that runs the tests.</summary>
    /// <param name="settings">Of that runtime: variables of the environment.</param>
    public static Dictionary<string, float[]> Run(byte[] program, IReadOnlyDictionary<string, string> settings)
    {
        string folder = Directory.CreateTempSubdirectory("netgen-driven").FullName;
        try
        {
            string file = Path.Combine(folder, "Driven.dll");
            File.WriteAllBytes(file, program);
            File.WriteAllText(Path.Combine(folder, "Driven.runtimeconfig.json"), $$"""
                { "runtimeOptions": { "tfm": "net{{Environment.Version.Major}}.0", "framework": { "name": "Microsoft.NETCore.App", "version": "{{Environment.Version}}" } } }
                """);
            ProcessStartInfo start = new(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), ["exec", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach ((string name, string value) in settings)
                start.Environment[name] = value;
            using Process process = Process.Start(start)!;
            System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? Parse(output) : throw new InvalidOperationException($"the program ended with {process.ExitCode}: {errors.Result}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The floats of each line, by the words before them.</summary>
    public static Dictionary<string, float[]> Parse(string results)
    {
        Dictionary<string, float[]> values = [];
        foreach (string line in results.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.TrimEnd('\r').Split(' ');
            int count = words.Reverse().TakeWhile(static w => w.Length == 8 && int.TryParse(w, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _)).Count();
            values.Add(string.Join(' ', words[..^count]), [.. words[^count..].Select(static w => BitConverter.Int32BitsToSingle(int.Parse(w, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))]);
        }

        return values;
    }

    /// <summary>Its lines begin with the namespace.</summary>
    private static string Entry(IReadOnlyList<DrivenNetwork> networks, IEnumerable<string> namespaces) => $$"""
        public static class Entry
        {
            public static int Main()
            {
                Run(global::System.Console.Out);
                return 0;
            }

            public static void Run(global::System.IO.TextWriter to)
            {
                global::System.IO.StringWriter one;
                {{string.Concat(namespaces.SelectMany(n => networks.Select(d => $$"""

                one = new global::System.IO.StringWriter();
                global::{{n}}.{{d.Name}}Driver.Run(one);
                foreach (string line in one.ToString().Split('\n'))
                {
                    if (line.Length > 0)
                        to.Write("{{n}} " + line + "\n");
                }
        """)))}}
            }
        }
        """;
}
