namespace NetGen.Compiler.Text;

/// <summary>Where a piece of text stands in its file. Lines and columns count from 0, columns in UTF-16 units.</summary>
internal readonly record struct SourceSpan(int Start, int Length, int StartLine, int StartColumn, int EndLine, int EndColumn);

/// <summary>A value and where it was written.</summary>
internal readonly record struct Spanned<T>(T Value, SourceSpan Span);
