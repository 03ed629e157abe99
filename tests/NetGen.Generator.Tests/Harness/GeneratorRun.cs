using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NetGen.Compiler.Emit;
using Xunit;

namespace NetGen.Generator.Tests.Harness;

/// <summary>The generator run on a project, and run again after edits.</summary>
/// <param name="Project">The project as it was at this run.</param>
/// <param name="Input">Its code.</param>
/// <param name="Output">Its code and what was generated.</param>
internal sealed record GeneratorRun(TestProject Project, GeneratorDriver Driver, Compilation Input, Compilation Output)
{
    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    /// <summary>The files of classes by their hint names.</summary>
    public IReadOnlyDictionary<string, string> Files =>
        Result.GeneratedSources.Where(static s => s.HintName != SharedHelpers.HintName).ToDictionary(static s => s.HintName, static s => s.SourceText.ToString());

    /// <summary>The file that networks share, if they share anything.</summary>
    public string? Shared => Result.GeneratedSources.Where(static s => s.HintName == SharedHelpers.HintName).Select(static s => s.SourceText.ToString()).SingleOrDefault();

    /// <summary>Runs it, and holds the run to what any must fulfil: nothing of Roslyn's is kept, and the same again is cached.</summary>
    public static GeneratorRun Of(TestProject project)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()],
            project.AdditionalTexts,
            project.ParseOptions,
            project.Options,
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        GeneratorRun run = Next(project, driver, project.Compile());
        ModelWalker.AssertPlainData(run.Result);

        GeneratorRun again = Next(project, run.Driver, run.Input.Clone());
        Assert.All(again.Reasons(), static r => Assert.True(IsCached(r.Reason), $"{r.Step} is {r.Reason} though nothing was edited"));
        Assert.All(again.OutputReasons(), static r => Assert.Equal(IncrementalStepRunReason.Cached, r));
        return run;
    }

    /// <summary>Runs the same driver on the edited project; files that the edit leaves alone stay the objects they are.</summary>
    public GeneratorRun Edit(Func<TestProject, TestProject> edit)
    {
        TestProject edited = edit(Project);
        Compilation input = Input;
        foreach ((string path, string marked) in edited.Sources)
        {
            var text = SourceText.From(Markup.Parse(path, marked).Text);
            SyntaxTree? old = input.SyntaxTrees.FirstOrDefault(t => t.FilePath == path);
            if (old is null)
                input = input.AddSyntaxTrees(CSharpSyntaxTree.ParseText(text, edited.ParseOptions, path));
            else if (!old.GetText().ContentEquals(text))
                input = input.ReplaceSyntaxTree(old, old.WithChangedText(text));
        }

        GeneratorDriver driver = Driver;
        foreach ((string path, InMemoryText text) in edited.Specs)
        {
            if (!Project.Specs.TryGetValue(path, out InMemoryText? old))
                driver = driver.AddAdditionalTexts([text]);
            else if (old != text)
                driver = driver.ReplaceAdditionalText(old, text);
        }

        return Next(edited, driver, input);
    }

    /// <summary>Why each step of ours gave each of its outputs.</summary>
    public IReadOnlyList<(string Step, IncrementalStepRunReason Reason)> Reasons() =>
    [
        .. Result.TrackedSteps
            .Where(static s => typeof(Steps).GetField(s.Key) is not null)
            .SelectMany(static s => s.Value.SelectMany(run => run.Outputs.Select(o => (s.Key, o.Reason))))
            .OrderBy(static s => s.Key, StringComparer.Ordinal),
    ];

    public IEnumerable<IncrementalStepRunReason> Reasons(string step) =>
        Reasons().Where(r => r.Step == step).Select(static r => r.Reason);

    public void AssertCached(string step) =>
        Assert.All(Reasons(step), r => Assert.True(IsCached(r), $"{step} is {r}"));

    public void AssertRan(string step) =>
        Assert.Contains(Reasons(step), static r => !IsCached(r));

    private static bool IsCached(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private IEnumerable<IncrementalStepRunReason> OutputReasons() =>
        Result.TrackedOutputSteps.SelectMany(static s => s.Value).SelectMany(static s => s.Outputs).Select(static o => o.Reason);

    private static GeneratorRun Next(TestProject project, GeneratorDriver driver, Compilation input)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _);
        var run = new GeneratorRun(project, driver, input, output);
        if (run.Result.Exception is { } exception)
            throw new InvalidOperationException("the generator let an exception escape", exception);
        return run;
    }
}
