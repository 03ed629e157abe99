using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.CallSites;
using Xunit;

namespace NetGen.Generator.Tests.Harness;

/// <summary>What a build of a project says, all of it: the generator, the analyzer, and C# on their output.</summary>
internal static class Expect
{
    /// <summary>The build says what the marks say, where they say it, and nothing else. Returns what it says.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> MarkedDiagnostics(TestProject project)
    {
        IReadOnlyList<Diagnostic> found = await DiagnosticsOf(GeneratorRun.Of(project));
        Assert.Equal(Lines(project, project.Marks), Lines(project, found.Select(MarkOf)));
        return found;
    }

    /// <summary>As <see cref="MarkedDiagnostics"/>, where one is expected: its message.</summary>
    public static async Task<string> Message(TestProject project) =>
        Assert.Single(await MarkedDiagnostics(project)).GetMessage(null);

    /// <summary>The build says nothing; the run, for its files.</summary>
    public static async Task<GeneratorRun> Success(TestProject project)
    {
        GeneratorRun run = GeneratorRun.Of(project);
        Assert.Empty(await DiagnosticsOf(run));
        return run;
    }

    public static async Task<IReadOnlyList<Diagnostic>> DiagnosticsOf(GeneratorRun run)
    {
        // What an analyzer throws the host would swallow, even when it is thrown again here.
        var thrown = new ConcurrentQueue<Exception>();
        CompilationWithAnalyzers analysis = run.Output.WithAnalyzers(
            [new SpecAnalyzer(), new LayersWithoutNetworkAnalyzer(), new CallSiteAnalyzer()],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions(run.Project.AdditionalTexts, run.Project.Options),
                onAnalyzerException: (exception, _, _) => thrown.Enqueue(exception),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> all = await analysis.GetAllDiagnosticsAsync();
        Assert.Empty(thrown);
        // A learning rate that is the default is no complaint.
        return [.. run.Result.Diagnostics.Concat(all.Where(static d => !d.IsSuppressed)).Where(static d => d.Id != Descriptors.DefaultLearningRate.Id)];
    }

    private static Mark MarkOf(Diagnostic diagnostic) =>
        new(diagnostic.Location.GetLineSpan().Path ?? "", diagnostic.Location.SourceSpan, diagnostic.Id);

    /// <summary>One to read per mark, so that a failure shows what stands where.</summary>
    private static string[] Lines(TestProject project, IEnumerable<Mark> marks) =>
        [.. marks.Order().Select(m => $"{m.Path}: {m.Id} at {m.Span} '{TextOf(project, m)}'")];

    private static string TextOf(TestProject project, Mark mark)
    {
        string text = project.Sources.TryGetValue(mark.Path, out string? source)
            ? Markup.Parse(mark.Path, source).Text
            : project.Specs.TryGetValue(mark.Path, out InMemoryText? spec) ? spec.Text : "";
        return mark.Span.End <= text.Length ? text.Substring(mark.Span.Start, mark.Span.Length) : "";
    }
}
