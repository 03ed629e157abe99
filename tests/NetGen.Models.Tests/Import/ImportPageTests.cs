using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NetGen.Models.Import;
using Xunit;

namespace NetGen.Models.Tests.Import;

/// <summary>docs/import.md, against the table of operators. With <c>NETGEN_ACCEPT_SNAPSHOTS=1</c> its table is written.</summary>
public sealed class ImportPageTests
{
    private const string Head = "| operators of ONNX | become |\n|---|---|\n";

    [Fact]
    public void The_page_lists_every_operator()
    {
        string path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../docs/import.md");
        string page = File.ReadAllText(path).ReplaceLineEndings("\n"), expected = Head + string.Concat(Rows());
        int start = page.IndexOf(Head, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/import.md has no table that begins with {Head}");
        int end = page.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        if (Environment.GetEnvironmentVariable("NETGEN_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(path, page[..start] + expected + page[end..]);
        else
            Assert.Equal(expected, page[start..end]);
    }

    [Fact]
    public void No_operator_is_of_two_sorts()
    {
        string[] names = [.. OperatorTable.All.SelectMany(static s => s.Names)];
        Assert.Equal(names.Distinct(), names);
        Assert.True(names.Length > 90);
    }

    private static IEnumerable<string> Rows() =>
        OperatorTable.All.Select(static s => $"| {s.Sort}: {string.Join(", ", s.Names.Select(static n => $"`{n}`"))} | {s.Becomes} |\n");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
