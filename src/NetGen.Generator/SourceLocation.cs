using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;

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
internal sealed record Finding(Rule Rule, SourceLocation Location, string Message);
