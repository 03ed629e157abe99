using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>What layers over the length, or the height and width, of channels take: pools, upsampling, and what moves pixels.</summary>
internal static class ChannelAxes
{
    /// <summary>The input as channels with so many axes behind them, which rank 2 becomes here where nothing has decided it; null after an error.</summary>
    public static Shape? Of(LayerBinder b, EquatableArray<string> axes)
    {
        if (b.Input is not { } input)
            return null;
        string wanted = $"[channels, {string.Join(", ", axes)}]";
        if (input.Layout == Layout.Sequence)
        {
            b.ReportLayout(
                $"{b.Options.Owner} takes {wanted}, but '{b.Before}' before it gives the sequence {input}{(b.DecidedBy is { } by ? $", as '{by}' reads it" : "")}", axes.Count == 1 || !HasOther(b) ? "" : $" and write {Other(b, 1)}");
            return null;
        }

        if (input.Rank != axes.Count + 1)
        {
            string message = $"{b.Options.Owner} takes {wanted}, but '{b.Before}' before it gives {input}";
            if ((axes.Count == 1 && b.ReportLastState(Rules.WrongRank, b.Options.Node.Kind.Span, message, asChannels: true)) || b.ReportFlattened(message, axes.Count + 1))
                return null;
            string remedy = input.Rank switch
            {
                1 when axes.Count == 1 => $"put reshape: [1, {input.Size}] before it",
                1 => "put reshape before it, as in reshape: [1, 28, 28]",
                2 or 3 when HasOther(b) => $"write {Other(b, input.Rank - 1)}",
                _ => "put reshape before it",
            };
            b.Report(Rules.WrongRank, b.Options.Node.Kind.Span, $"{message}; {remedy}", input.Rank == 1 && axes.Count == 1 ? b.InsertBefore("reshape", $"[1, {input.Size}]") : []);
            return null;
        }

        return input with { Layout = Layout.Channels };
    }

    /// <summary>There is one for each number of axes.</summary>
    private static bool HasOther(LayerBinder b) => b.Options.Node.Kind.Value.EndsWith("d", System.StringComparison.Ordinal);

    /// <summary>The same over another number of axes: <c>max_pool1d</c>.</summary>
    private static string Other(LayerBinder b, int axes)
    {
        string kind = b.Options.Node.Kind.Value;
        return System.FormattableString.Invariant($"{kind.Substring(0, kind.Length - 2)}{axes}d");
    }
}
