using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator;

namespace NetGen.Benchmarks;

/// <summary>A project that is open in an editor: some network classes, each with a spec of its own, and a file that has nothing to do with them.</summary>
internal sealed class EditorProject
{
    private const string Unrelated = "Unrelated.cs";

    private readonly CSharpParseOptions _options = new(LanguageVersion.Latest);
    private readonly Spec[] _specs;
    private readonly int _layers;
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;
    private int _edits;

    public EditorProject(int networks, int layers)
    {
        _layers = layers;
        _specs = [.. Enumerable.Range(0, networks).Select(k => new Spec($"/app/net{k}.yaml", Text(0)))];
        IEnumerable<SyntaxTree> trees = Enumerable.Range(0, networks)
            .Select(k => Parse($"[NetGen.Network(\"net{k}.yaml\")] public partial class Net{k};", $"Net{k}.cs"))
            .Append(Parse("class Unrelated { int x = 0; }", Unrelated));
        _compilation = CSharpCompilation.Create("App", trees, References(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], _specs, _options);
        Run();
    }

    /// <summary>A spec of so many layers, whose second one has a size that no other edit gave it.</summary>
    public string NextText() => Text(++_edits);

    /// <summary>A number in the first spec is another: the generator runs.</summary>
    public void EditSpec(string text)
    {
        var edited = new Spec(_specs[0].Path, text);
        _driver = _driver.ReplaceAdditionalText(_specs[0], edited);
        _specs[0] = edited;
        Run();
    }

    /// <summary>A key is pressed in a file without networks: the generator runs.</summary>
    public void EditUnrelated()
    {
        SyntaxTree old = _compilation.SyntaxTrees.Single(static t => t.FilePath == Unrelated);
        _compilation = _compilation.ReplaceSyntaxTree(old, Parse($"class Unrelated {{ int x = {++_edits}; }}", Unrelated));
        Run();
    }

    private void Run()
    {
        _driver = _driver.RunGenerators(_compilation);
        GeneratorDriverRunResult result = _driver.GetRunResult();
        // A file for each, and one of what they share.
        if (result.GeneratedTrees.Length <= _specs.Length || result.Diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error))
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private string Text(int edit) =>
        $"input: 32\nlayers:\n{string.Concat(Enumerable.Range(0, _layers).Select(k => $"  - dense: {{ units: {(k == 1 ? 16 + (edit % 64) : 32)}, activation: tanh }}\n"))}loss: half_squared_error\noptimizer: {{ sgd: {{ learning_rate: 0.01 }} }}\n";

    private SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, _options, path == Unrelated ? path : "/app/" + path);

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(System.IO.Path.PathSeparator)
            .Where(static p => System.IO.Path.GetFileName(p) is "NetGen.dll" or "System.Runtime.dll" or "System.Private.CoreLib.dll" or "netstandard.dll")
            .Select(static p => MetadataReference.CreateFromFile(p));

    private sealed class Spec(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }
}
