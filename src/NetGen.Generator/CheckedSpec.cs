using System;
using NetGen.Compiler;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Fixes;
using NetGen.Compiler.Text;
using NetGen.Generator.Reading;

namespace NetGen.Generator;

/// <summary>A spec file's text.</summary>
internal sealed record SpecText(string Path, string? Text);

/// <summary>A spec, checked.</summary>
/// <param name="Path">The file's path; the C# file's where the spec is written in attributes.</param>
/// <param name="Result">What was found; null where the file could not be read, or <paramref name="Failure"/> says why not.</param>
/// <param name="Failure">The exception that ended the check, described by name only: a mistake of ours.</param>
internal sealed record CheckedSpec(string Path, CheckResult? Result, string? Failure)
{
    public static CheckedSpec Check(SpecText spec)
    {
        try
        {
            return new CheckedSpec(spec.Path, spec.Text is null ? null : NetworkCompiler.Check(spec.Text), null);
        }
        catch (Exception exception) when (InternalErrors.IsOurs(exception))
        {
            return new CheckedSpec(spec.Path, null, InternalErrors.Describe(exception));
        }
    }

    public static CheckedSpec Check(string path, AttributeSpec spec)
    {
        try
        {
            var diagnostics = new DiagnosticBag();
            foreach (Diagnostic diagnostic in spec.Diagnostics)
                diagnostics.Report(diagnostic);
            CheckResult result = NetworkCompiler.Check(spec.Spec, diagnostics);
            return new CheckedSpec(path, result with { Diagnostics = AttributeFixes.Write(result.Diagnostics, spec.Spec) }, null);
        }
        catch (Exception exception) when (InternalErrors.IsOurs(exception))
        {
            return new CheckedSpec(path, null, InternalErrors.Describe(exception));
        }
    }
}
