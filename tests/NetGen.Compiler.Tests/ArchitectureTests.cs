using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler.Targets;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests;

/// <summary>Each folder of the compiler is a stage, and uses only those above it in the table of docs/architecture.md.</summary>
public sealed class ArchitectureTests
{
    /// <summary>What stands in no folder, below all.</summary>
    private const string Facade = nameof(NetworkCompiler);

    private static readonly string s_repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));
    private static readonly string s_compiler = Path.Combine(s_repository, "src", "NetGen.Compiler");

    [Fact]
    public void A_folder_uses_only_those_above_it()
    {
        // A row of the table begins with its folders: | `Initializers`, `Layers` | …
        string[] order =
        [
            .. File.ReadLines(Path.Combine(s_repository, "docs", "architecture.md")).Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
                .SelectMany(static line => Regex.Matches(line.Split('|')[1], @"\w+").Select(static m => m.Value)),
            Facade,
        ];
        SyntaxTree[] files =
        [
            .. Directory.GetFiles(s_compiler, "*.cs", SearchOption.AllDirectories).Where(static path => FolderOf(path) is not ("bin" or "obj"))
                .Select(static path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path)),
        ];
        Assert.Equal(order.Order(StringComparer.Ordinal), files.Select(static f => FolderOf(f.FilePath)).Distinct().Order(StringComparer.Ordinal));

        MetadataReference yaml = MetadataReference.CreateFromFile(typeof(YamlDotNet.Core.Parser).Assembly.Location);
        var compilation = CSharpCompilation.Create(
            "Compiler", files, [.. TargetReferences.Of(Target.Net10), yaml], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDeclarationDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        string[] wrong = [.. files.AsParallel().SelectMany(f => Uses(f, compilation)).Distinct()
            .Where(u => Array.IndexOf(order, u.Of) > Array.IndexOf(order, u.By)).Select(static u => $"{u.By} uses {u.Of}: {u.Where}")];
        Assert.True(wrong.Length == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void A_test_class_has_a_name_of_its_own()
    {
        IEnumerable<string> names = typeof(ArchitectureTests).Assembly.GetTypes().Where(static t => !t.IsNested).Select(static t => t.Name);

        Assert.Empty(names.GroupBy(static n => n).Where(static g => g.Count() > 1).Select(static g => g.Key));
    }

    /// <summary>What the names of a file mean, in comments too, as far as the sources declare it: types, their members, constants.</summary>
    private static IEnumerable<(string By, string Of, string Where)> Uses(SyntaxTree file, Compilation compilation)
    {
        SemanticModel model = compilation.GetSemanticModel(file);
        foreach (SimpleNameSyntax name in file.GetRoot().DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>())
        {
            SymbolInfo meant = model.GetSymbolInfo(name);
            ISymbol? symbol = meant.Symbol ?? meant.CandidateSymbols.FirstOrDefault();
            if (symbol is not (null or INamespaceSymbol) && symbol.Locations is [{ SourceTree.FilePath: { } declared }, ..])
                yield return (FolderOf(file.FilePath), FolderOf(declared), $"{name.Identifier.Text} in {Path.GetFileName(file.FilePath)}");
        }
    }

    private static string FolderOf(string path) =>
        Path.GetRelativePath(s_compiler, path).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : Facade;

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
