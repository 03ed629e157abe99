using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NetGen.Cli.Commands;
using NetGen.Cli.Output;
using NetGen.Cli.Templates;
using NetGen.Compiler.Targets;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>docs/cli.md, against the commands.</summary>
public sealed class CliPageTests
{
    [Fact]
    public void Every_command_has_a_section_with_its_options_and_no_others_and_its_examples_are_right()
    {
        string[] halves = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../docs/cli.md")).Split("\n## Options that several commands take");
        Dictionary<string, string> sections = halves[0].Split("\n## netgen ").Skip(1).ToDictionary(static s => s[..s.IndexOf('\n')]);
        Dictionary<string, string> common = halves[1].Split("\n### ").Skip(1).ToDictionary(static s => s[..s.IndexOf('\n')]);
        using var terminal = new Terminal(TextWriter.Null, TextWriter.Null, isLive: false);
        IReadOnlyList<ToolCommand> commands = Program.Commands(terminal);
        Assert.Equal(commands.Select(static c => c.Command.Name).Order(), sections.Keys.Order());

        var root = new RootCommand();
        foreach (ToolCommand command in commands)
            root.Add(command.Command);
        foreach (ToolCommand command in commands)
        {
            string section = sections[command.Command.Name];
            IEnumerable<string> options = command.Parts.Append(command).SelectMany(static c => c.Command.Options).Where(static o => o is not HelpOption)
                .SelectMany(static o => o.Aliases.Append(o.Name)).Distinct();
            // "and the options of [data](#data) and of [training](#training)"
            string shared = Regex.Match(section, "^and the options of .*$", RegexOptions.Multiline).Value;
            IEnumerable<string> told = common.Where(c => shared.Contains($"(#{c.Key.ToLowerInvariant()})", StringComparison.Ordinal)).Select(static c => c.Value).Append(section)
                .SelectMany(Told).Distinct();
            Assert.Equal(options.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));

            // What the page shows can be typed, and so can what the help shows.
            string[] examples = [.. Regex.Match(section, "```sh\n(.*?)```", RegexOptions.Singleline).Groups[1].Value.Split('\n'), .. command.Examples.ReplaceLineEndings("\n").Split('\n')];
            examples = [.. examples.Where(static e => e.StartsWith("netgen ", StringComparison.Ordinal))];
            Assert.True(examples.Length > 1, command.Command.Name);
            foreach (string example in examples)
                Assert.True(root.Parse(Regex.Split(example, @"\s[|>]|\s{3,}")[0]["netgen ".Length..]).Errors.Count == 0, example);
        }

        Assert.All(Target.Named, t => Assert.Contains($"`{t.Name}`", sections["emit"], StringComparison.Ordinal));
        Assert.All(SpecTemplate.Kinds, k => Assert.Contains($"`{k}`", sections["new"], StringComparison.Ordinal));
    }

    /// <summary>The options that stand in tables.</summary>
    private static IEnumerable<string> Told(string section) => section.Split('\n').Where(static l => l.StartsWith("| `-", StringComparison.Ordinal))
        .SelectMany(static l => Regex.Matches(l.Split('|')[1], "`(-[^`]+)`").Select(static m => m.Groups[1].Value));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
