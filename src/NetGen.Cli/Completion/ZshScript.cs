using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Cli.Completion;

/// <summary>Completion for zsh: a function for each command, by the shell's own <c>_arguments</c> and <c>_describe</c>.</summary>
internal static class ZshScript
{
    public static string Write(CommandNode root)
    {
        var text = new StringBuilder("#compdef netgen\n# Completion of netgen for zsh, written by: netgen completion zsh\n\n");
        foreach (CommandNode command in root.All)
            WriteFunction(text, command);
        // From a folder of $fpath the file is the function's body; sourced, it is registered.
        text.Append("""
            if [[ $funcstack[1] == _netgen ]]; then
                _netgen "$@"
            else
                compdef _netgen netgen
            fi

            """.ReplaceLineEndings("\n"));
        return text.ToString();
    }

    private static void WriteFunction(StringBuilder text, CommandNode command)
    {
        string name = NameOf(command);
        text.Append($"{name}() {{\n");
        if (command.Commands.Count > 0)
            text.Append("    local context state state_descr line curcontext=$curcontext\n    typeset -A opt_args\n");
        IEnumerable<string> places = command.Commands.Count > 0 ? ["'1: :->command'", "'*:: :->rest'"] : command.Arguments.Select(ArgumentSpec);
        string[] specs = [.. command.Options.SelectMany(OptionSpecs), .. places];
        text.Append($"    _arguments {(command.Commands.Count > 0 ? "-C " : "")}-S");
        foreach (string spec in specs)
            text.Append($" \\\n        {spec}");
        if (command.Commands.Count == 0)
        {
            text.Append("\n}\n\n");
            return;
        }

        text.Append(" && return\n    case $state in\n        command)\n            local -a commands=(\n");
        foreach (CommandNode part in command.Commands)
            text.Append($"                {Quoted($"{part.Name}:{part.Description}")}\n");
        text.Append("            )\n            _describe command commands\n            ;;\n        rest)\n            case $line[1] in\n");
        foreach (CommandNode part in command.Commands)
            text.Append($"                {string.Join('|', part.Aliases.Prepend(part.Name))}) {NameOf(part)} ;;\n");
        text.Append("            esac\n            ;;\n    esac\n}\n\n");
    }

    // Names of one option exclude each other, unless it may be repeated.
    private static IEnumerable<string> OptionSpecs(OptionNode option)
    {
        string value = option.TakesValue ? $":{Escaped(option.ValueName)}:{Action(option.Value)}" : "";
        string group = option.IsRepeatable ? "*" : option.Names.Count > 1 ? $"({string.Join(' ', option.Names)})" : "";
        foreach (string name in option.Names)
        {
            // --target=unity and --target unity; -o FILE.
            string join = option.TakesValue && name.StartsWith("--", StringComparison.Ordinal) ? "=" : "";
            yield return Quoted($"{group}{name}{join}[{Escaped(option.Description)}]{value}");
        }
    }

    private static string ArgumentSpec(ArgumentNode argument, int index) =>
        Quoted($"{(argument.IsMany ? "*" : (index + 1).ToString(CultureInfo.InvariantCulture))}:{Escaped(argument.Name)}:{Action(argument.Value)}");

    // Nothing to offer is an action of a blank: without one, zsh would offer files.
    private static string Action(Expected value) =>
        value.Files && value.Extensions.Count == 0 ? "_files"
        : value.Files ? $"_files -g \"*.({string.Join('|', value.Extensions.Select(static e => e.TrimStart('.')))})(-.)\""
        : value.Words.Count > 0 ? $"({string.Join(' ', value.Words.Select(Escaped))})"
        : " ";

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
            escaped.Append(c is '[' or ']' or ':' or '\\' or '(' or ')' or '{' or '}' ? $"\\{c}" : c);
        return escaped.ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string NameOf(CommandNode command) => command.Path.Length == 0 ? "_netgen" : $"_netgen__{command.Path.Replace(' ', '_').Replace('-', '_')}";
}
