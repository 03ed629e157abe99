using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;

namespace NetGen.Cli.Output;

/// <summary>Diagnostics as an array of objects. Lines and columns count from 1, the edits' places in UTF-16 units of the text from 0.</summary>
internal static class DiagnosticJson
{
    public static void Write(IReadOnlyList<CheckedFile> files, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartArray();
        foreach (CheckedFile file in files)
        {
            foreach (Diagnostic diagnostic in file.Diagnostics)
                Write(json, file.Path, diagnostic);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, string path, Diagnostic diagnostic)
    {
        SourceSpan span = diagnostic.Span;
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteNumber("line", span.StartLine + 1);
        json.WriteNumber("column", span.StartColumn + 1);
        json.WriteNumber("endLine", span.EndLine + 1);
        json.WriteNumber("endColumn", span.EndColumn + 1);
        json.WriteString("severity", Diagnostic.Word(diagnostic.Rule.Severity));
        json.WriteString("id", diagnostic.Rule.Id);
        json.WriteString("message", diagnostic.Message);
        json.WriteString("trace", diagnostic.Trace);
        json.WriteStartArray("fixes");
        foreach (Fix fix in diagnostic.Fixes)
            Write(json, fix);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Fix fix)
    {
        json.WriteStartObject();
        json.WriteString("title", fix.Title);
        json.WriteStartArray("edits");
        foreach (TextEdit edit in fix.Edits)
        {
            json.WriteStartObject();
            json.WriteNumber("start", edit.Start);
            json.WriteNumber("length", edit.Length);
            json.WriteString("text", edit.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
