using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator;
using Xunit;

namespace NetGen.CodeFixes.Tests;

/// <summary>An editor with one project open: C# and spec files, with what the generator and the analyzers say and the fixes that are offered.</summary>
internal sealed class Editor
{
    private const string Folder = "/app/";
    private static readonly CodeFixProvider[] s_providers = [new SpecFixProvider(), new PartialFixProvider(), new MissingSpecFixProvider(), new BufferFixProvider(), new NetworkAttributeFixProvider()];
    private static readonly MetadataReference[] s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(System.IO.Path.PathSeparator).Where(static p => !System.IO.Path.GetFileName(p).StartsWith("NetGen.", StringComparison.Ordinal) || System.IO.Path.GetFileName(p) == "NetGen.dll").Select(static p => MetadataReference.CreateFromFile(p))];

    private Project _project;

    private Editor(Project project) => _project = project;

    /// <param name="files">Names and texts: <c>.cs</c> are compiled, all else is handed to the compiler beside.</param>
    public static Editor Open(params (string Name, string Text)[] files)
    {
        var workspace = new AdhocWorkspace();
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "App", "App", LanguageNames.CSharp, filePath: Folder + "App.csproj",
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary), parseOptions: new CSharpParseOptions(LanguageVersion.Preview), metadataReferences: s_references));
        foreach ((string name, string text) in files)
        {
            project = name.EndsWith(".cs", StringComparison.Ordinal)
                ? project.AddDocument(name, SourceText.From(text), filePath: Folder + name).Project
                : project.AddAdditionalDocument(name, SourceText.From(text), filePath: Folder + name).Project;
        }

        return new Editor(project);
    }

    public string this[string name] => All().Single(d => d.Name == name).GetTextAsync().Result.ToString();

    private IEnumerable<TextDocument> All() => _project.Documents.Concat(_project.AdditionalDocuments);

    /// <summary>What the build says of NetGen's.</summary>
    public async Task<IReadOnlyList<Diagnostic>> Diagnostics()
    {
        Compilation compilation = (await _project.GetCompilationAsync())!;
        var texts = _project.AdditionalDocuments.Select(static d => (AdditionalText)new Text(d.FilePath!, d.GetTextAsync().Result)).ToImmutableArray();
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], texts, (CSharpParseOptions)_project.ParseOptions!)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> generated);
        ImmutableArray<DiagnosticAnalyzer> analyzers =
            [.. typeof(NetworkGenerator).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !t.IsAbstract).Select(static t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)];
        ImmutableArray<Diagnostic> analyzed = await output.WithAnalyzers(analyzers, new AnalyzerOptions(texts)).GetAnalyzerDiagnosticsAsync();
        return [.. generated, .. analyzed];
    }

    /// <summary>The titles of the fixes that a rule's diagnostics offer.</summary>
    public async Task<IReadOnlyList<string>> Offers(string id) => [.. (await Actions(id)).Select(static a => a.Action.Title)];

    /// <summary>Applies the fix of that title.</summary>
    public async Task Apply(string id, string title)
    {
        CodeAction action = (await Actions(id)).First(a => a.Action.Title == title).Action;
        await Apply(action);
    }

    /// <summary>Applies the first fix of each of a rule's diagnostics, in the whole project.</summary>
    public async Task ApplyAll(string id)
    {
        (CodeAction action, CodeFixProvider provider) = (await Actions(id))[0];
        IReadOnlyList<Diagnostic> diagnostics = [.. (await Diagnostics()).Where(d => d.Id == id)];
        var context = new FixAllContext(_project, provider, FixAllScope.Project, action.EquivalenceKey!, [id], new Found(diagnostics), CancellationToken.None);
        await Apply((await provider.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    private async Task Apply(CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        _project = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(_project.Id)!;
    }

    private async Task<List<(CodeAction Action, CodeFixProvider Provider)>> Actions(string id)
    {
        var actions = new List<(CodeAction, CodeFixProvider)>();
        foreach (Diagnostic found in (await Diagnostics()).Where(d => d.Id == id))
        {
            // The tree that a diagnostic stands in is the compilation's; the document is found by its path.
            string path = found.Location.SourceTree?.FilePath ?? found.Location.GetLineSpan().Path;
            TextDocument document = All().Single(d => d.FilePath == path);
            foreach (CodeFixProvider provider in s_providers.Where(p => p.FixableDiagnosticIds.Contains(id)))
                await provider.RegisterCodeFixesAsync(new CodeFixContext(document, found, (action, _) => actions.Add((action, provider)), CancellationToken.None));
        }

        Assert.All(actions, static a => Assert.NotNull(a.Item1.EquivalenceKey));
        return actions;
    }

    private sealed class Text(string path, SourceText text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => text;
    }

    private sealed class Found(IReadOnlyList<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(diagnostics.Where(d => (d.Location.SourceTree?.FilePath ?? d.Location.GetLineSpan().Path) == document.FilePath));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
