using System.Linq;
using System.Text.Json;
using NetGen.Cli.Output;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Cli.Explain;

/// <summary>The list of all rules, and a rule's page, for people and for other programs.</summary>
internal static class RuleText
{
    /// <summary>A line for each rule.</summary>
    public static void WriteList(Terminal terminal)
    {
        int widest = Rules.All.Max(static rule => Diagnostic.Word(rule.Severity).Length);
        foreach (Rule rule in Rules.All)
        {
            string severity = Diagnostic.Word(rule.Severity);
            terminal.Line((rule.Id, Colour.Bold), ("  ", Colour.None), (severity.PadRight(widest), ColourOf(rule.Severity)), ("  " + rule.Title, Colour.None));
        }

        if (terminal.IsLive)
        {
            terminal.Line("");
            terminal.Line(("netgen explain NETGEN020 has the cause, an example and the fix of one", Colour.Dim));
        }
    }

    /// <summary>The page: laid out where somebody looks, the Markdown as it is in a pipe, which other programs understand.</summary>
    public static void WritePage(Rule rule, Terminal terminal)
    {
        string page = RulePages.Read(rule);
        if (terminal.IsLive)
            new MarkdownText(terminal).Write(page);
        else
            terminal.Out.Write(page);
    }

    /// <summary>All rules, as an array of objects.</summary>
    public static void WriteListJson(Terminal terminal) => JsonOutput.Write(terminal.Out, static json =>
    {
        json.WriteStartArray();
        foreach (Rule rule in Rules.All)
        {
            json.WriteStartObject();
            Write(json, rule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>One rule and its page, in Markdown.</summary>
    public static void WritePageJson(Rule rule, Terminal terminal) => JsonOutput.Write(terminal.Out, json =>
    {
        json.WriteStartObject();
        Write(json, rule);
        json.WriteString("page", RulePages.Read(rule));
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, Rule rule)
    {
        json.WriteString("id", rule.Id);
        json.WriteString("severity", Diagnostic.Word(rule.Severity));
        json.WriteString("title", rule.Title);
        json.WriteBoolean("isOn", rule.IsOn);
    }

    private static Colour ColourOf(Severity severity) => severity switch
    {
        Severity.Error => Colour.Red,
        Severity.Warning => Colour.Yellow,
        _ => Colour.Cyan,
    };
}
