using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;

using Diagnostic = NetGen.Compiler.Diagnostics.Diagnostic;

namespace NetGen.Generator;

/// <summary>A place in a file as plain data: what a <see cref="Location"/> is, without the tree that it would keep alive.</summary>
internal sealed record SourceLocation(string Path, SourceSpan Span)
{
    public static SourceLocation Of(Location location) => new(location.SourceTree?.FilePath ?? "", SpanOf(location));

    public static SourceSpan SpanOf(Location location)
    {
        TextSpan span = location.SourceSpan;
        LinePositionSpan lines = location.GetLineSpan().Span;
        return new SourceSpan(
            span.Start, span.Length, lines.Start.Line, lines.Start.Character, lines.End.Line, lines.End.Character);
    }

    public Location ToLocation() => Location.Create(
        Path,
        new TextSpan(Span.Start, Span.Length),
        new LinePositionSpan(
            new LinePosition(Span.StartLine, Span.StartColumn), new LinePosition(Span.EndLine, Span.EndColumn)));
}

/// <summary>A mistake and the file in which it stands.</summary>
internal sealed record Finding(Rule Rule, SourceLocation Location, string Message)
{
    /// <summary>What an editor is told besides, by key (<see cref="Diagnostics.DiagnosticProperties"/>).</summary>
    public EquatableArray<KeyValuePair<string, string>> Properties { get; init; }

    /// <summary>A mistake in a spec.</summary>
    public static Finding Of(Diagnostic diagnostic, string path) =>
        new(diagnostic.Rule, new SourceLocation(path, diagnostic.Span), diagnostic.Message) { Properties = Diagnostics.DiagnosticProperties.Of(diagnostic) };
}
