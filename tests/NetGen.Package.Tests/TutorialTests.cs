using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>docs/tutorial.md, typed into an empty folder from its beginning to its end.</summary>
[Collection(PackageFeed.Name)]
public sealed class TutorialTests(PackageFeed feed)
{
    [Fact]
    public async Task Every_command_works_and_every_file_compiles()
    {
        if (OperatingSystem.IsWindows())
            return; // its commands are those of bash
        string folder = feed.NewFolder("Tutorial"), tool = await feed.Tool;
        // A shell finds it by its name, as an installed tool.
        string programs = Path.Combine(folder, ".programs");
        Directory.CreateDirectory(programs);
        string script = Path.Combine(programs, "netgen");
        File.WriteAllText(script, $"#!/bin/sh\nexec dotnet '{tool}' \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Copy(Path.Combine(PackageFeed.Repository, "examples/data/iris.csv"), Path.Combine(folder, "iris.csv"));

        var outputs = new List<string>();
        string where = ".";
        foreach ((string? file, string language, string text) in Blocks(File.ReadAllText(Path.Combine(PackageFeed.Repository, "docs/tutorial.md"))))
        {
            if (file is not null)
            {
                File.WriteAllText(Path.Combine(folder, file), text);
                continue;
            }

            if (language != "sh")
                continue;
            string commands = $"set -e\nPATH=\"{programs}:$PATH\"\ncd \"{where}\"\n{text}\npwd > '{folder}/.where'\n";
            outputs.Add((await DotNet.RunProgram("bash", folder, "-c", commands)).Successful());
            where = File.ReadAllText(Path.Combine(folder, ".where")).Trim();
        }

        Assert.Equal(9, outputs.Count);
        Assert.Contains("iris.safetensors  iris.metrics.csv  iris.report.html", outputs[0], StringComparison.Ordinal);
        Assert.Contains("best: --set dense_1.units=", outputs[2], StringComparison.Ordinal);
        Assert.True(new FileInfo(Path.Combine(folder, "iris.report.html")).Length > 10_000);
        Assert.Equal(151, File.ReadAllLines(Path.Combine(folder, "predictions.csv")).Length);
        Assert.Contains("class Iris", File.ReadAllText(Path.Combine(folder, "Iris.g.cs")), StringComparison.Ordinal);
        Assert.Matches(@"versicolor: 0\.[5-9]", outputs[7]);
        double accuracy = double.Parse(Regex.Match(outputs[8], @"accuracy ([\d.]+) %").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(accuracy >= 86, outputs[8]);
    }

    /// <summary>The blocks of code in their order; a line such as <c>`Program.cs`:</c> before one says that it is a file.</summary>
    private static IEnumerable<(string? File, string Language, string Text)> Blocks(string page) =>
        Regex.Matches(page, @"(?:^`(?<file>[\w./]+)`:\n\n)?^```(?<language>\w+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(static m => (m.Groups["file"].Success ? m.Groups["file"].Value : null, m.Groups["language"].Value, m.Groups["text"].Value));
}
