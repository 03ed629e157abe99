using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Diagnostics;

/// <summary>How much a mistake matters: an error leaves no network, a warning and an information leave one.</summary>
internal enum Severity { Error, Warning, Info }

/// <summary>A kind of mistake: its stable id, its title, and the page <c>docs/diagnostics/{Id}.md</c> that explains it.</summary>
/// <param name="IsOn">Reported unless it is switched off; what is not, is reported where it is switched on.</param>
internal sealed record Rule(string Id, string Title, Severity Severity = Severity.Error, bool IsOn = true);

/// <summary>One mistake found in one place. The message is whole: what is wrong, with names and numbers, and the remedy.</summary>
internal sealed record Diagnostic(Rule Rule, SourceSpan Span, string Message)
{
    /// <summary>The shapes from the input to the layer that is wrong, where it is a layer: <c>input 8 -> dense_1 64</c>; else null.</summary>
    public string? Trace { get; init; }

    /// <summary>What would make it right, the likeliest first, before a front end has written it as <see cref="Fixes"/>.</summary>
    public EquatableArray<Change> Changes { get; init; }

    /// <summary>The same as edits of the file.</summary>
    public EquatableArray<Fix> Fixes { get; init; }

    /// <summary>Itself with its changes as fixes; a change that the front end has no form for is left out.</summary>
    public Diagnostic WithFixes(Func<Change, TextEdit?> write) => Changes.Count == 0 ? this : this with
    {
        Changes = default,
        Fixes = Changes.Select(c => (c.Title, Edits: c.Edits(write))).Where(static c => c.Edits is not null).Select(static c => new Fix(c.Title, c.Edits!.Value)).ToEquatable(),
    };

    public bool IsError => Rule.Severity == Severity.Error;

    /// <summary>In the compiler's format: <c>digits.yaml(9,29): error NETGEN020: …</c>, lines and columns from 1.</summary>
    public string ToString(string path) => $"{path}({Span.StartLine + 1},{Span.StartColumn + 1}): {Word(Rule.Severity)} {Rule.Id}: {Message}";

    /// <summary>A severity as compilers print it.</summary>
    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };
}

/// <summary>Collects what is wrong with one spec, in the order of the text.</summary>
internal sealed class DiagnosticBag
{
    private const int Most = 1000;

    private readonly List<Diagnostic> _diagnostics = [];

    public int Count => _diagnostics.Count;

    public bool Has(Rule rule) => _diagnostics.Exists(d => d.Rule == rule);

    public bool HasErrors => _diagnostics.Exists(static d => d.IsError);

    /// <summary>Adds one; past a thousand nobody reads them, and a hostile spec could make millions.</summary>
    public void Report(Rule rule, SourceSpan span, string message, params Change[] changes) =>
        Report(new Diagnostic(rule, span, message) { Changes = changes.ToEquatable() });

    public void Report(Diagnostic diagnostic)
    {
        if (_diagnostics.Count < Most)
            _diagnostics.Add(diagnostic);
    }

    /// <summary>Gives the diagnostics from a place on the shapes that led to them.</summary>
    public void Trace(int from, string trace)
    {
        for (int k = from; k < _diagnostics.Count; k++)
            _diagnostics[k] = _diagnostics[k] with { Trace = trace };
    }

    public EquatableArray<Diagnostic> ToArray()
    {
        List<Diagnostic> sorted = [.. _diagnostics];
        sorted.Sort(static (a, b) => a.Span.Start != b.Span.Start
            ? a.Span.Start.CompareTo(b.Span.Start)
            : string.CompareOrdinal(a.Rule.Id, b.Rule.Id));
        return new EquatableArray<Diagnostic>(sorted);
    }
}
