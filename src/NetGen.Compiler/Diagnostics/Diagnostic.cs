using System.Collections.Generic;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Diagnostics;

/// <summary>
/// A kind of mistake: its stable id, its title, and the page <c>docs/diagnostics/{Id}.md</c> that explains it.
/// Every rule is an error.
/// </summary>
internal sealed record Rule(string Id, string Title);

/// <summary>One mistake found in one place. The message is whole: what is wrong, with names and numbers, and the remedy.</summary>
internal sealed record Diagnostic(Rule Rule, SourceSpan Span, string Message)
{
    /// <summary>In the compiler's format: <c>digits.yaml(9,29): error NETGEN020: …</c>, lines and columns from 1.</summary>
    public string ToString(string path) =>
        $"{path}({Span.StartLine + 1},{Span.StartColumn + 1}): error {Rule.Id}: {Message}";
}

/// <summary>Collects what is wrong with one spec, in the order of the text.</summary>
internal sealed class DiagnosticBag
{
    private const int Most = 1000;

    private readonly List<Diagnostic> _diagnostics = [];

    public int Count => _diagnostics.Count;

    public bool HasErrors => Count > 0;

    /// <summary>Adds one; past a thousand nobody reads them, and a hostile spec could make millions.</summary>
    public void Report(Rule rule, SourceSpan span, string message)
    {
        if (_diagnostics.Count < Most)
            _diagnostics.Add(new Diagnostic(rule, span, message));
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
