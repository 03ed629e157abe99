using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NetGen.Models.Onnx.Export;
using Xunit;

namespace NetGen.Models.Tests.Onnx.Export;

/// <summary>docs/export.md, against the registries. With <c>NETGEN_ACCEPT_SNAPSHOTS=1</c> its table is written.</summary>
public sealed class ExportPageTests
{
    private const string Head = "| layer or activation | becomes |\n|---|---|\n";

    [Fact]
    public void The_page_says_what_every_layer_becomes()
    {
        string path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../../docs/export.md");
        string page = File.ReadAllText(path).ReplaceLineEndings("\n"), expected = Head + string.Concat(Rows());
        int start = page.IndexOf(Head, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/export.md has no table that begins with {Head}");
        int end = page.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        if (Environment.GetEnvironmentVariable("NETGEN_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(path, page[..start] + expected + page[end..]);
        else
            Assert.Equal(expected, page[start..end]);
    }

    [Fact]
    public void The_page_says_which_opsets_there_are_and_under_which_keys_a_model_says_what()
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../../docs/export.md"));
        Assert.Contains($"`--opset` takes {ExportOptions.FirstOpset} to {ExportOptions.LastOpset}", page, StringComparison.Ordinal);
        Assert.Contains($"opset {ExportOptions.DefaultOpset}", page, StringComparison.Ordinal);
        Assert.Contains($"`{OnnxExporter.SpecKey}`", page, StringComparison.Ordinal);
        Assert.Contains($"`{OnnxExporter.NetworkKey}`", page, StringComparison.Ordinal);
        Assert.Contains($"`{OnnxExporter.ScaledKey}`", page, StringComparison.Ordinal);
    }

    /// <summary>A row for each export, and one for all that become the operator of their own name.</summary>
    private static IEnumerable<string> Rows()
    {
        string[] plain = [.. LayerExports.All.Where(static e => IsPlain(e)).SelectMany(static e => e.Kinds)];
        foreach (LayerExport export in LayerExports.All.Where(static e => !IsPlain(e)))
            yield return $"| {Listed(export.Kinds)} | {export.Becomes} |\n";
        yield return $"| {Listed(plain)} | the operator of that name |\n";
    }

    private static bool IsPlain(LayerExport export) =>
        export.Kinds is [var kind] && export.Becomes.Trim('`').Equals(kind.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static string Listed(IEnumerable<string> kinds) => string.Join(", ", kinds.Select(static kind => $"`{kind}`"));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
