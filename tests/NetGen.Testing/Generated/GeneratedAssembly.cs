using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using NetGen.Compiler;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Testing.Generated;

/// <summary>
/// Generated networks, compiled in memory with warnings as errors, documentation and checks of integer arithmetic on, as a user's project at its
/// strictest, and loaded. Many networks in one assembly cost little more than one. (Without those checks they run in NetGen.EndToEnd.Tests and in the examples.)
/// </summary>
internal sealed class GeneratedAssembly : IDisposable
{
    private const string Namespace = "Generated";
    private const string AssemblyName = "Tests";

    private readonly AssemblyLoadContext _context;
    private readonly Dictionary<string, GeneratedNetwork> _networks = [];

    private GeneratedAssembly(AssemblyLoadContext context, Assembly assembly, Target target, IEnumerable<string> classNames, IReadOnlyDictionary<string, string> sources)
    {
        _context = context;
        Assembly = assembly;
        Sources = sources;
        foreach (string name in classNames)
            _networks.Add(name, GeneratedNetwork.Bind(assembly.GetType($"{Namespace}.{name}", throwOnError: true)!, target));
    }

    public Assembly Assembly { get; }

    /// <summary>The generated source of each class.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; }

    public GeneratedNetwork this[string className] => _networks[className];

    /// <summary>Compiles one spec.</summary>
    public static GeneratedAssembly FromSpec(string yaml, Target target) =>
        FromSpecs(new Dictionary<string, string> { ["Net"] = yaml }, target);

    /// <summary>Compiles many specs, each to the class of its key.</summary>
    /// <param name="edit">What becomes of each source, the shared one too, before it is compiled.</param>
    /// <exception cref="InvalidOperationException">A spec has errors, or what was generated does not compile.</exception>
    public static GeneratedAssembly FromSpecs(IReadOnlyDictionary<string, string> specs, Target target, Func<string, string>? edit = null)
    {
        // As in a project: what they share stands once.
        Dictionary<string, GeneratedSource> sources = specs.ToDictionary(
            s => s.Key, s => NetworkCompiler.EmitSharing(NetworkOf(s.Key, s.Value), Class(Namespace, s.Key), AssemblyName, target));
        string shared = NetworkCompiler.EmitShared(HelperNeeds.Union([.. sources.Values.Select(static s => s.Needs)]), AssemblyName, target, []);
        edit ??= static source => source;
        return FromSources(sources.ToDictionary(static s => s.Key, s => edit(s.Value.Text)), target, shared: edit(shared));
    }

    /// <summary>Compiles generated sources, each completing the class <c>Generated.{key}</c>.</summary>
    /// <param name="shared">What they share, where that does not stand in each of them.</param>
    public static GeneratedAssembly FromSources(
        IReadOnlyDictionary<string, string> sources, Target target, IReadOnlyDictionary<string, byte[]>? resources = null, bool checksOverflow = true, string? shared = null)
    {
        CSharpParseOptions parse = new((LanguageVersion)target.LanguageVersion, DocumentationMode.Diagnose);
        List<SyntaxTree> trees = [];
        foreach ((string name, string source) in sources)
        {
            trees.Add(CSharpSyntaxTree.ParseText(source, parse, name + ".g.cs", Encoding.UTF8));
            trees.Add(CSharpSyntaxTree.ParseText(Declaration(name), parse, name + ".cs", Encoding.UTF8));
        }

        if (shared is not null)
            trees.Add(CSharpSyntaxTree.ParseText(shared, parse, "Shared.g.cs", Encoding.UTF8));

        CSharpCompilation compilation = CSharpCompilation.Create(
            "Generated_" + Guid.NewGuid().ToString("N"),
            trees,
            TargetReferences.Of(target),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                generalDiagnosticOption: ReportDiagnostic.Error,
                warningLevel: 9999,
                checkOverflow: checksOverflow,
                nullableContextOptions: target.LanguageVersion >= 800 ? NullableContextOptions.Enable : NullableContextOptions.Disable,
                deterministic: true,
                // Tests run in parallel already.
                concurrentBuild: false));
        using MemoryStream code = new(), documentation = new();
        EmitResult result = compilation.Emit(code, xmlDocumentationStream: documentation,
            manifestResources: resources?.Select(static r => new ResourceDescription(r.Key, () => new MemoryStream(r.Value), isPublic: true)));
        if (!result.Success)
            throw new InvalidOperationException(Describe(result));
        code.Position = 0;
        AssemblyLoadContext context = new(compilation.AssemblyName, isCollectible: true);
        return new GeneratedAssembly(context, context.LoadFromStream(code), target, sources.Keys, sources);
    }

    public void Dispose() => _context.Unload();

    /// <summary>The generated source for a spec that has no errors.</summary>
    public static string Emit(string className, string yaml, Target target, string inNamespace = Namespace)
    {
        return NetworkCompiler.Emit(NetworkOf(className, yaml), Class(inNamespace, className), target);
    }

    private static Compiler.Binding.Network NetworkOf(string className, string yaml)
    {
        CheckResult result = NetworkCompiler.Check(yaml);
        return result.Network ?? throw new InvalidOperationException($"{string.Join('\n', result.Diagnostics.Select(d => d.ToString(className + ".yaml")))}\n{yaml}");
    }

    private static ClassDeclaration Class(string inNamespace, string name) => new(inNamespace, EquatableArray<ContainingType>.Empty, name, EquatableArray<string>.Empty);

    /// <summary>
    /// The part of the class that a user writes, and beside it what copies the parameter table into arrays: its element
    /// is a nested struct and it may be a span, so reflection cannot read it.
    /// </summary>
    private static string Declaration(string name) => $$"""
        namespace {{Namespace}}
        {
            /// <summary>A network under test.</summary>
            public partial class {{name}}
            {
            }

            internal static class {{name}}ParameterTable
            {
                public static int Copy(global::System.Collections.Generic.List<string> names, global::System.Collections.Generic.List<int[]> shapes, global::System.Collections.Generic.List<int> offsets, global::System.Collections.Generic.List<int[]> strides)
                {
                    foreach ({{name}}.ParameterInfo parameter in {{name}}.ParameterTable)
                    {
                        names.Add(parameter.Name);
                        var shape = new global::System.Collections.Generic.List<int>();
                        foreach (int size in parameter.Shape)
                            shape.Add(size);
                        shapes.Add(shape.ToArray());
                        offsets.Add(parameter.Offset);
                        var stride = new global::System.Collections.Generic.List<int>();
                        foreach (int step in parameter.Strides)
                            stride.Add(step);
                        strides.Add(stride.ToArray());
                    }

                    return names.Count;
                }
            }
        }
        """;

    private static string Describe(EmitResult result)
    {
        StringBuilder text = new("the generated code does not compile:\n");
        foreach (Diagnostic diagnostic in result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10))
        {
            FileLinePositionSpan at = diagnostic.Location.GetLineSpan();
            string line = diagnostic.Location.SourceTree?.GetText().Lines[at.StartLinePosition.Line].ToString() ?? "";
            text.Append(diagnostic).Append('\n').Append("    ").Append(line.Trim()).Append('\n');
        }

        return text.ToString();
    }
}
