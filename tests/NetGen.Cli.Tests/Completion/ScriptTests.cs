using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NetGen.Cli.Commands;
using NetGen.Cli.Completion;
using NetGen.Cli.Output;
using Xunit;

namespace NetGen.Cli.Tests.Completion;

/// <summary>The scripts, in the shells that they are for: what each offers for a command line.</summary>
public sealed class ScriptTests
{
    /// <summary>A command line, its last word the one before the cursor, and what is offered.</summary>
    private static readonly (string[] Words, string[] Offered)[] s_lines =
    [
        (["em"], ["emit"]),
        (["zzz"], []),
        (["new", ""], ["project", "spec"]),
        (["new", "spec", "--k"], ["--kind"]),
        (["new", "spec", "--kind", ""], ["actor-critic", "autoencoder", "convolution", "dense", "segmentation", "seq2seq-state", "sequence", "stream", "tagger"]),
        (["new", "spec", "--kind", "s"], ["segmentation", "seq2seq-state", "sequence", "stream"]),
        (["emit", "a.yaml", "--target", "u"], ["unity"]),
        (["check", "--w"], ["--warn-as-error"]),
        (["check", "-w"], ["-warnaserror"]),
        (["explain", "NETGEN02"], ["NETGEN020", "NETGEN021", "NETGEN022", "NETGEN023", "NETGEN024", "NETGEN025", "NETGEN026"]),
        (["explain", "--json", "NETGEN031"], ["NETGEN031"]),
        (["completion", "z"], ["zsh"]),
        // The files of a folder: specs and folders for SPEC, all for FILE; the value of an option is no argument.
        (["check", "files/"], ["files/a.yaml", "files/b c.yml", "files/sub"]),
        (["check", "a.yaml", "files/a"], ["files/a.yaml"]),
        (["graph", "-o", "files/d"], ["files/d.txt"]),
        (["graph", "-o", "x.svg", "files/a"], ["files/a.yaml"]),
        // What is odd in a name or a description stays text.
        (["odd", "--q"], ["--quote"]),
        (["odd", "deeper", "--level", ""], ["High", "Low"]),
        (["odd", "deeper", "files/a"], ["files/a.yaml"]),
        (["odd", "deeper", "x.yaml", "--lev"], ["--level"]),
    ];

    private enum Level { Low, High }

    [ShellFact("bash")]
    public async Task Bash_offers_what_the_commands_have()
    {
        await Check("bash", static (script, lines) =>
        [
            "-c",
            $"source '{script}'\nanswer() {{ COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _netgen; printf '%s\\n' \"${{COMPREPLY[@]}}\"; echo ---; }}\n"
                + string.Concat(lines.Select(static words => $"answer netgen {string.Join(' ', words.Select(static w => $"'{w}'"))}\n")),
        ]);
    }

    [ShellFact("bash")]
    public async Task Bash_takes_a_value_behind_an_equals_sign_and_a_name_with_a_blank()
    {
        using var folder = new TemporaryFolder();
        string script = Prepare(folder, "bash");
        const string Ask = """
            offer() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _netgen; printf '%s|' "${COMPREPLY[@]}"; }
            offer netgen emit --target = net8; offer netgen emit --target =
            offer netgen check 'files/b\ c'; offer netgen check '"files/b c'; offer netgen check -- -
            """;
        Assert.Equal(
            "net8.0|minimal|net10.0|net8.0|netstandard2.0|unity|files/b c.yml|files/b c.yml||",
            await Shell.Run("bash", folder.Path, "-c", $"source '{script}'\n{Ask}"));
    }

    [ShellFact("zsh")]
    public async Task Zsh_offers_what_the_commands_have()
    {
        // A shell within the shell, on a pseudo-terminal, whose matches are noted; Ctrl-X behind the tab says that it is done.
        const string Ask = """
            zmodload zsh/zpty
            hits=$2
            shift 2
            drain() { local text; while zpty -r -t z text; do :; done }
            zpty z zsh -f -i
            zpty -w z "PS1=; autoload -Uz compinit; compinit -u -D; source ${(q)script}"
            zpty -w z "note() { local -a all; builtin compadd -A all \"\$@\"; print -rl -- \$all >> ${(q)hits} }"
            zpty -w z "compadd() { [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]] || note \"\$@\"; builtin compadd \"\$@\" }"
            zpty -w z "finished() { print -r -- --- >> ${(q)hits}; BUFFER= }; zle -N finished; bindkey '^X' finished; LISTMAX=10000; unsetopt automenu"
            sleep 0.5
            count=0
            for line in "$@"; do
                count=$((count + 1))
                zpty -w -n z "$line"$'\t\x18'
                for i in {1..400}; do
                    drain
                    [[ -f $hits && $(grep -c -e '^---$' $hits) == $count ]] && break
                    sleep 0.05
                done
            done
            zpty -d z
            cat $hits
            """;
        await Check("zsh", static (script, lines) =>
            ["-f", "-c", $"script=$1\n{Ask}", "ask", script, script + ".hits", .. lines.Select(static words => $"netgen {string.Join(' ', words)}")]);
    }

    [ShellFact("fish")]
    public async Task Fish_offers_what_the_commands_have() => await Check("fish", static (script, lines) =>
    [
        "--no-config", "-c",
        $"source '{script}'\n"
            + string.Concat(lines.Select(static words => $"complete -C 'netgen {string.Join(' ', words)}' | string replace -r '\\t.*' ''; echo ---\n")),
    ]);

    [ShellFact("pwsh")]
    public async Task PowerShell_offers_what_the_commands_have() => await Check("pwsh", static (script, lines) =>
    [
        "-NoProfile", "-Command",
        $". '{script}'\n" + string.Concat(lines.Select(static words =>
            $"$line = 'netgen {string.Join(' ', words)}'\n"
            + "(TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches | % CompletionText; '---'\n")),
    ]);

    [ShellFact("bash")]
    public async Task Bash_finds_nothing_wrong_with_the_script() => await CheckSyntax("bash", "-n");

    [ShellFact("zsh")]
    public async Task Zsh_finds_nothing_wrong_with_the_script() => await CheckSyntax("zsh", "-n");

    [ShellFact("fish")]
    public async Task Fish_finds_nothing_wrong_with_the_script() => await CheckSyntax("fish", "-n");

    [ShellFact("zsh")]
    public async Task Zsh_loads_the_script_from_its_folder_of_functions()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("_netgen"), Script("zsh"));
        const string Load = "fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; print -r -- $_comps[netgen]";
        Assert.Equal("_netgen\n", await Shell.Run("zsh", folder.Path, "-f", "-c", Load));
    }

    [Fact]
    public void Every_script_has_every_command_and_option_that_is_not_hidden()
    {
        CommandNode root = CommandNode.Of(Root());
        Assert.True(root.All.Count() > 10);
        foreach (CompletionShell shell in CompletionShell.All)
        {
            string script = shell.Write(root);
            Assert.All(root.All.Skip(1), command => Assert.Contains(command.Name, script, StringComparison.Ordinal));
            IEnumerable<string> names = root.All.SelectMany(static c => c.Options).SelectMany(static o => o.Names);
            Assert.All(names, name => Assert.Contains(name.TrimStart('-'), script, StringComparison.Ordinal));
            Assert.DoesNotContain("secret", script, StringComparison.Ordinal);
            Assert.DoesNotContain('\r', script);
        }
    }

    [Fact]
    public void What_an_argument_is_called_says_which_files_it_takes()
    {
        Assert.Equal([".yaml", ".yml"], Expected.Of(new Argument<string>("SPEC")).Extensions);
        Assert.Equal([".csv", ".tsv", ".txt"], Expected.Of(new Option<string>("--data") { HelpName = "FILE" }).Extensions);
        Assert.Equal([".safetensors"], Expected.Of(new Option<string>("--weights") { HelpName = "FILE" }).Extensions);
        Assert.Equal((true, 0), (Expected.Of(new Option<FileInfo>("--log")).Files, Expected.Of(new Option<FileInfo>("--log")).Extensions.Count));
        Assert.False(Expected.Of(new Option<string>("--class") { HelpName = "NAME" }).Files);
        Assert.Equal(["High", "Low"], Expected.Of(new Option<Level>("--level")).Words.Order());
    }

    [Fact]
    public async Task The_tool_writes_the_scripts_of_its_own_commands()
    {
        foreach (CompletionShell shell in CompletionShell.All)
        {
            string script = (await Tool.Run(Path.GetTempPath(), "completion", shell.Name)).Successful();
            Assert.Contains("netstandard2.0", script, StringComparison.Ordinal);
            Assert.Contains("warnaserror", script, StringComparison.Ordinal);
            Assert.Contains("completion", script, StringComparison.Ordinal);
        }

        ToolResult wrong = await Tool.Run(Path.GetTempPath(), "completion", "powershell");
        Assert.Equal(2, wrong.ExitCode);
        Assert.StartsWith("netgen: there is no shell 'powershell' here; did you mean 'pwsh'?\n", wrong.Errors, StringComparison.Ordinal);
    }

    private static async Task Check(string shell, Func<string, IEnumerable<string[]>, string[]> arguments)
    {
        using var folder = new TemporaryFolder();
        string script = Prepare(folder, shell);
        string output = await Shell.Run(shell, folder.Path, arguments(script, s_lines.Select(static l => l.Words)));
        string[] offered = output.Split("---\n");
        // Each shell writes a path in its own way, and says by itself what is a folder.
        IEnumerable<string> Names(int line) => offered[line].Split('\n')
            .Select(static name => name.Trim().Trim('\'').Replace("./", "").Replace("\\ ", " ").TrimEnd('/').Split('/')[^1])
            .Where(static name => name.Length > 0).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(s_lines.Length + 1, offered.Length);
        Assert.Equal(
            s_lines.Select(static l => $"{string.Join(' ', l.Words)} -> {string.Join(", ", l.Offered.Select(static o => o.Split('/')[^1]))}"),
            s_lines.Select((l, i) => $"{string.Join(' ', l.Words)} -> {string.Join(", ", Names(i))}"));
    }

    private static async Task CheckSyntax(string shell, string option)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("", await Shell.Run(shell, folder.Path, option, Prepare(folder, shell)));
    }

    private static string Prepare(TemporaryFolder folder, string shell)
    {
        foreach (string file in (string[])["files/a.yaml", "files/b c.yml", "files/d.txt", "files/sub/e.yaml"])
            folder.Write(file, "");
        return folder.Write($"netgen.{(shell == "pwsh" ? "ps1" : shell)}", Script(shell));
    }

    private static string Script(string shell) => CompletionShell.All.First(s => s.Name == shell).Write(CommandNode.Of(Root()));

    /// <summary>The tool's commands, and one whose texts mean something to a shell.</summary>
    private static RootCommand Root()
    {
        var root = new RootCommand();
        using var terminal = new Terminal(TextWriter.Null, TextWriter.Null, isLive: false);
        foreach (ToolCommand command in Program.Commands(terminal))
            root.Add(command.Command);
        root.Add(new Command("odd", "It's \"odd\": $HOME `id` [a] {b} (c) \\ 'd' ’e’ | f; g & h")
        {
            new Option<bool>("--quote") { Description = "The rest: $(id) 'of' [it]: \\n %d" },
            new Option<bool>("--secret") { Hidden = true },
            new Command("deeper", "A level: below")
            {
                new Argument<string>("SPEC"),
                new Option<Level>("--level", "-l") { Description = "How high: or low" },
            },
        });
        return root;
    }
}
