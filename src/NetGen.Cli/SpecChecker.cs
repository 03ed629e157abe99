using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Compiler;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Cli;

/// <summary>A spec that was checked.</summary>
/// <param name="Text">What it holds, with what was put right.</param>
/// <param name="Fixes">What was put right in its file.</param>
/// <param name="Diagnostics">What is wrong with it, in the order of the text.</param>
internal sealed record CheckedFile(string Path, string Text, IReadOnlyList<AppliedFix> Fixes, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>Checks files by the compiler's rules, all processors at a time.</summary>
/// <param name="fixes">Applies what the rules offer to put right.</param>
/// <param name="warnsAsErrors">A warning counts as an error.</param>
/// <param name="informs">Information counts too, which a build does not print.</param>
internal sealed class SpecChecker(bool fixes, bool warnsAsErrors, bool informs)
{
    /// <summary>The checked specs among the candidates, in their order, and what could not be read.</summary>
    public (IReadOnlyList<CheckedFile> Checked, IReadOnlyList<string> Problems) Run(IReadOnlyList<Candidate> candidates, CancellationToken cancelled)
    {
        var outcomes = new Outcome[candidates.Count];
        Parallel.For(0, candidates.Count, new ParallelOptions { CancellationToken = cancelled }, k => outcomes[k] = Check(candidates[k]));

        List<string> problems = [.. outcomes.Select(static o => o.Problem).OfType<string>()];
        // A folder or a pattern that gave files, none of them a spec. Where some could not be read, that has been said.
        problems.AddRange(Enumerable.Range(0, candidates.Count).GroupBy(k => candidates[k].Root)
            .Where(g => g.All(k => outcomes[k] is { Problem: null, File: null }))
            .Select(static g => $"{g.Key}: no file there holds a network, that is a map with 'input' and 'layers'"));
        return ([.. outcomes.Select(static o => o.File).OfType<CheckedFile>()], problems);
    }

    private Outcome Check(Candidate candidate)
    {
        try
        {
            SpecFile file = SpecFile.Read(candidate.Path);
            if (!candidate.IsNamed && !SpecFinder.HoldsNetwork(file.Text))
                return default;
            if (!fixes)
                return new Outcome(new CheckedFile(candidate.Path, file.Text, [], Check(file.Text, candidate.Path)), null);
            FixedText result = FixApplier.Run(file.Text, text => Check(text, candidate.Path));
            if (result.Text != file.Text)
                file.Write(result.Text);
            return new Outcome(new CheckedFile(candidate.Path, result.Text, result.Applied, result.Remaining), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Outcome(null, $"{candidate.Path}: {SpecFinder.Reason(e)}");
        }
    }

    private IReadOnlyList<Diagnostic> Check(string text, string path)
    {
        try
        {
            return [.. WeightReader.Read(NetworkCompiler.Check(text), path).Result.Diagnostics.Where(d => d.Rule.IsOn && (informs || d.Rule.Severity != Severity.Info)).Select(Raised)];
        }
        catch (Exception e)
        {
            return [InternalErrors.Of(e)];
        }
    }

    private Diagnostic Raised(Diagnostic diagnostic) =>
        warnsAsErrors && diagnostic.Rule.Severity == Severity.Warning ? diagnostic with { Rule = diagnostic.Rule with { Severity = Severity.Error } } : diagnostic;

    /// <summary>What became of a candidate: neither where it is no spec.</summary>
    private readonly record struct Outcome(CheckedFile? File, string? Problem);
}
