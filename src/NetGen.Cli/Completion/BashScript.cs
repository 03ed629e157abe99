using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NetGen.Cli.Completion;

/// <summary>Completion for bash, from 3.2 on, which macOS has; without the package bash-completion.</summary>
internal static class BashScript
{
    // The words before the cursor say which command it is, and whether an option waits for its value; the rest is tables.
    private const string Head = """
        # Completion of netgen for bash, written by: netgen completion bash

        # The folders and files that continue $1, of the endings that follow, or of all.
        _netgen_files() {
            local word=$1 name ending
            shift
            # What is typed has its quotes and backslashes still; what is offered is quoted anew.
            word=${word#[\"\']}
            word=${word//\\/}
            compopt -o filenames 2>/dev/null
            if (($# == 0)); then
                while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen -f -- "$word")
                return
            fi
            while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen -d -- "$word")
            for ending in "$@"; do
                while IFS= read -r name; do
                    [[ -d $name ]] || COMPREPLY+=("$name")
                done < <(compgen -f -X "!*$ending" -- "$word")
            done
        }

        # The words of $2 that continue $1.
        _netgen_words() {
            local word
            while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$2" -- "$1")
        }

        _netgen() {
            local path="" at=0 option="" literal="" word i current=${COMP_WORDS[COMP_CWORD]}
            COMPREPLY=()
            for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if [[ -n $option ]]; then
                    # --target=unity comes as three words.
                    [[ $word == "=" ]] || option=""
                    continue
                fi
                if [[ -z $literal && $word == "--" ]]; then
                    literal=1
                elif [[ -z $literal && $word == -* ]]; then
                    _netgen_takes_value "$path" "$word" && option=$word
                elif [[ -z $literal && $at == 0 ]] && _netgen_is_command "$path" "$word"; then
                    path="${path:+$path }$word"
                else
                    at=$((at + 1))
                fi
            done
            [[ $current == "=" ]] && current=""
            if [[ -n $option ]]; then
                _netgen_value "$path" "$option" "$current"
            elif [[ -z $literal && $current == -* ]]; then
                _netgen_options "$path" "$current"
            else
                _netgen_argument "$path" "$at" "$current"
            fi
        }

        """;

    public static string Write(CommandNode root)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        Function(text, "_netgen_is_command", "The word $2 is a command within $1.", "$1", "return 1", root.All
            .Where(static c => c.Commands.Count > 0)
            .Select(static c => ($"\"{c.Path}\"", OneOf(c.Commands.SelectMany(static part => part.Aliases.Prepend(part.Name))))));
        Function(text, "_netgen_takes_value", "The option $2 of the command $1 has a value behind it.", "$1", "return 1", root.All
            .Where(static c => c.Options.Any(static o => o.TakesValue))
            .Select(static c => ($"\"{c.Path}\"", OneOf(c.Options.Where(static o => o.TakesValue).SelectMany(static o => o.Names)))));
        Function(text, "_netgen_value", "What may be the value of the option $2 of the command $1, and continues $3.", "$1 $2", null, root.All
            .SelectMany(static c => c.Options.Select(o => (c.Path, o.Names, Body: Complete(o.Value, "$3"))))
            .Where(static o => o.Body.Length > 0)
            .Select(static o => (string.Join('|', o.Names.Select(name => $"\"{o.Path} {name}\"")), o.Body)));
        Function(text, "_netgen_options", "The options of the command $1 that continue $2.", "$1", null, root.All
            .Where(static c => c.Options.Count > 0)
            .Select(static c => ($"\"{c.Path}\"", $"_netgen_words \"$2\" \"{string.Join(' ', c.Options.SelectMany(static o => o.Names))}\"")));
        Function(text, "_netgen_argument", "What may be argument $2 (from 0) of the command $1, and continues $3.", "$1 $2", null, Arguments(root));
        text.Append("complete -F _netgen netgen\n");
        return text.ToString();
    }

    // A command that has commands takes one of them; another takes its arguments in turn, the last perhaps many times.
    private static IEnumerable<(string, string)> Arguments(CommandNode root)
    {
        foreach (CommandNode command in root.All)
        {
            if (command.Commands.Count > 0)
                yield return ($"\"{command.Path} 0\"", $"_netgen_words \"$3\" \"{string.Join(' ', command.Commands.Select(static c => c.Name))}\"");
            for (int i = 0; i < command.Arguments.Count; i++)
            {
                ArgumentNode argument = command.Arguments[i];
                string body = Complete(argument.Value, "$3");
                if (body.Length > 0)
                    yield return (argument.IsMany ? $"\"{command.Path} \"*" : $"\"{command.Path} {i}\"", body);
            }
        }
    }

    private static string Complete(Expected value, string current) =>
        value.Files ? string.Join(' ', value.Extensions.Prepend($"_netgen_files \"{current}\""))
        : value.Words.Count > 0 ? $"_netgen_words \"{current}\" {Quoted(string.Join(' ', value.Words))}"
        : "";

    private static string OneOf(IEnumerable<string> words) => $"case $2 in {string.Join('|', words)}) return 0 ;; esac";

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <param name="subject">What the patterns are for.</param>
    /// <param name="last">What the function ends with; null for nothing.</param>
    private static void Function(
        StringBuilder text, string name, string comment, string subject, string? last, IEnumerable<(string Pattern, string Body)> cases)
    {
        text.Append($"# {comment}\n{name}() {{\n    case \"{subject}\" in\n");
        foreach ((string pattern, string body) in cases)
            text.Append($"        {pattern}) {body} ;;\n");
        text.Append("    esac\n");
        if (last is not null)
            text.Append($"    {last}\n");
        text.Append("}\n\n");
    }
}
