using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NetGen.Cli.Completion;

/// <summary>Completion for PowerShell, from 5.1 on: one completer for a native command, over a table of the commands.</summary>
internal static class PowerShellScript
{
    private const string Tail = """
            # The words before the cursor say which command it is, and whether an option waits for its value.
            $path = ''
            $at = 0
            $option = ''
            $word = $wordToComplete
            foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
                if ($element.Extent.EndOffset -ge $cursorPosition) { break }
                $text = if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $element.Value } else { $element.Extent.Text }
                if ($option -ne '') { $option = ''; continue }
                if ($text.StartsWith('-')) {
                    $found = @($commands[$path].Options | Where-Object { $_.Names -ccontains $text })
                    if ($found.Count -gt 0 -and $found[0].TakesValue) { $option = $text }
                } elseif ($at -eq 0 -and $commands[$path].Commands -ccontains $text) {
                    $path = "$path $text".Trim()
                } else {
                    $at++
                }
            }

            # --target=unity is one word.
            $before = ''
            if ($option -eq '' -and $word -match '^(--?[\w-]+)=(.*)$') {
                $option = $Matches[1]
                $before = "$option="
                $word = $Matches[2]
            }

            $here = $commands[$path]
            if ($option -ne '') {
                foreach ($known in @($here.Options | Where-Object { $_.Names -ccontains $option })) { & $complete $known.Value $word $before }
            } elseif ($word.StartsWith('-')) {
                foreach ($known in $here.Options) {
                    foreach ($name in $known.Names) {
                        if ($name.StartsWith($word)) {
                            [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterName', $known.Description)
                        }
                    }
                }
            } else {
                if ($at -eq 0) {
                    foreach ($name in $here.Commands) {
                        if ($name.StartsWith($word)) {
                            [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $commands["$path $name".Trim()].Description)
                        }
                    }
                }
                if ($here.Arguments.Count -gt 0 -and ($here.IsLastMany -or $at -lt $here.Arguments.Count)) {
                    & $complete $here.Arguments[[Math]::Min($at, $here.Arguments.Count - 1)] $word ''
                }
            }
        }

        """;

    private const string Head = """
        # Completion of netgen for PowerShell, written by: netgen completion pwsh
        Register-ArgumentCompleter -Native -CommandName 'netgen' -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)

            # The words, or the files and folders, that may stand somewhere and continue what is typed.
            $complete = {
                param($expected, $word, $before)
                foreach ($name in $expected.Words) {
                    if ($name.StartsWith($word)) {
                        [System.Management.Automation.CompletionResult]::new("$before$name", $name, 'ParameterValue', $name)
                    }
                }
                if ($expected.Files) {
                    foreach ($file in [System.Management.Automation.CompletionCompleters]::CompleteFilename($word)) {
                        $isFolder = $file.ResultType -eq 'ProviderContainer'
                        $ending = [System.IO.Path]::GetExtension($file.ListItemText)
                        if ($isFolder -or $expected.Extensions.Count -eq 0 -or $expected.Extensions -contains $ending) {
                            $text = "$before$($file.CompletionText)"
                            [System.Management.Automation.CompletionResult]::new($text, $file.ListItemText, $file.ResultType, $file.ToolTip)
                        }
                    }
                }
            }

        """;

    public static string Write(CommandNode root)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        text.Append("    $commands = @{\n");
        foreach (CommandNode command in root.All)
        {
            text.Append($"        {Quoted(command.Path)} = @{{\n");
            text.Append($"            Description = {Quoted(command.Description)}\n");
            text.Append($"            Commands = @({string.Join(", ", command.Commands.Select(static c => Quoted(c.Name)))})\n");
            text.Append("            Options = @(\n");
            foreach (OptionNode option in command.Options)
            {
                text.Append($"                @{{ Names = {List(option.Names)}; Description = {Quoted(option.Description)}; ");
                text.Append($"TakesValue = {Bool(option.TakesValue)}; Value = {Value(option.Value)} }}\n");
            }

            text.Append("            )\n");
            text.Append($"            Arguments = @({string.Join(", ", command.Arguments.Select(static a => Value(a.Value)))})\n");
            text.Append($"            IsLastMany = {Bool(command.Arguments is [.., { IsMany: true }])}\n        }}\n");
        }

        return text.Append("    }\n\n").Append(Tail.ReplaceLineEndings("\n")).ToString();
    }

    private static string Value(Expected value) => $"@{{ Words = {List(value.Words)}; Files = {Bool(value.Files)}; Extensions = {List(value.Extensions)} }}";

    private static string List(IEnumerable<string> words) => $"@({string.Join(", ", words.Select(Quoted))})";

    private static string Bool(bool value) => value ? "$true" : "$false";

    // Typographic quotes end a string in PowerShell too.
    private static string Quoted(string text) =>
        $"'{string.Concat(text.Select(static c => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? $"{c}{c}" : $"{c}"))}'";
}
