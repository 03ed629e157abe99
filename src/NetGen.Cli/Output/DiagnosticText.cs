using System.Collections.Generic;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Cli.Output;

/// <summary>Diagnostics as compilers print them, which editors and build servers read.</summary>
internal static class DiagnosticText
{
    /// <summary>A line for each, and where a layer is wrong, below it the shapes that led there.</summary>
    public static void Write(IEnumerable<CheckedFile> files, Terminal terminal)
    {
        foreach (CheckedFile file in files)
        {
            foreach (Diagnostic diagnostic in file.Diagnostics)
            {
                terminal.Line(diagnostic.ToString(file.Path));
                if (diagnostic.Trace is { } trace)
                    terminal.Line("    " + trace);
            }
        }
    }
}
