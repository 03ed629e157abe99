using System.Collections.Generic;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Binding;

/// <summary>One limit of a budget and where it stands.</summary>
internal readonly record struct Limit(string Key, long Value, ScalarValue Written);

/// <summary>What the network must keep within, else the build fails.</summary>
internal sealed record Budget(EquatableArray<Limit> Limits);

internal static class BudgetReader
{
    public static Budget? Read(OptionReader root)
    {
        if (root.Find("budget") is not { } value)
            return null;
        if (value is not MapValue map)
        {
            root.Report(Rules.WrongKind, value.Span, $"the network: 'budget' is a map, not {Node.Describe(value)}; write e.g. budget: {{ parameters: 60KB, macs: 1M }}");
            return null;
        }

        if (map.Entries.Count == 0)
        {
            root.Report(Rules.OutOfRange, value.Span, "the network: 'budget' limits nothing; write e.g. budget: { parameters: 60KB, macs: 1M }, or leave it out");
            return null;
        }

        OptionReader options = root.Within(
            new Node(new Spanned<string>("budget", value.Span), null, map.Entries), "the budget", OptionKeys.Of("parameters", "scratch", "macs"));
        var limits = new List<Limit>();
        foreach ((string key, bool isSize, string example) in new[] { ("parameters", true, "60KB"), ("scratch", true, "8KB"), ("macs", false, "1M") })
        {
            if (options.Find(key) is not { } written)
                continue;
            long limit = 0;
            bool isRight = written is ScalarValue s && (isSize ? CoreSchema.TrySize(s.Text, out limit) : CoreSchema.TryCount(s.Text, out limit));
            if (isRight)
                limits.Add(new Limit(key, limit, (ScalarValue)written));
            else
                options.Report(Rules.WrongKind, written.Span, $"the budget: '{key}' is a {(isSize ? "size in bytes" : "count")}, not {Node.Describe(written)}; write e.g. {key}: {example}");
        }

        return new Budget(limits.ToEquatable());
    }
}
