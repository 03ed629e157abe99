using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>The layer table: what each layer gives, has and costs, and how it is printed.</summary>
internal static class SummaryTable
{
    public static IEnumerable<string> Lines(Program program, ChooseStrategy strategies)
    {
        Network network = program.Network;
        // Of the commoner class of machine alone, since the table is to fit into what an editor shows.
        TimeEstimate? time = strategies.HasVectors ? TimeEstimate.Of(program, strategies, Machine.Avx2) : null;
        string Time(double? nanoseconds) => nanoseconds is { } n ? TimeEstimate.Text(n) : "";
        List<string[]> rows =
        [
            ["layer", "kind", "output", "parameters", "multiply-adds", "ns", "ns of 64", "code"],
            .. network.Inputs.Select(static i => new[] { i.Name, "", i.Shape.ToString(), "", "", "", "", "" }),
        ];
        foreach ((SummaryRow row, LayerTime? layer) in SummaryRow.Of(program).Select((r, k) => (r, time?.Layers[k])))
        {
            rows.Add(
            [
                row.Layer.Name,
                row.Kind,
                row.Layer.Output.ToString(),
                row.Parameters == 0 ? "" : CSharpLiteral.Grouped(row.Parameters) + (row.IsFrozen ? " frozen" : ""),
                row.MultiplyAdds == 0 ? "" : CSharpLiteral.Grouped(row.MultiplyAdds),
                Time(layer?.One),
                Time(layer?.OfBatch),
                row.Kernel is null ? "" : strategies.Reason(row.Kernel),
            ]);
        }

        string multiplyAdds = CSharpLiteral.Grouped(program.Inference.Sum(static k => k.MultiplyAdds));
        rows.Add(["total", "", "", CSharpLiteral.Grouped(network.ParameterCount), multiplyAdds, Time(time?.One), Time(time?.OfBatch), ""]);
        bool IsShown(int column) => time is not null || column is not (5 or 6);
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, c) => c is >= 3 and <= 6 ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]));
            yield return string.Join("  ", cells.Where((_, c) => IsShown(c))).TrimEnd();
        }

        yield return "";
        if (time is not null)
            yield return TimeEstimate.Description(time.Machine.Name);
        string forward = $"Parameters: {CSharpLiteral.Grouped(4L * network.ParameterCount)} bytes. Forward: {CSharpLiteral.Grouped(4L * program.ForwardScratch)} bytes of scratch";
        if (program.Step is { } step)
            forward += $"; a stream keeps {CSharpLiteral.Grouped(4L * step.StateSize)}";
        yield return program.Training is { } training ? $"{forward}; training: {CSharpLiteral.Grouped(4L * training.Plan.Size)}." : forward + ".";
        if (program.Training is { } t)
        {
            yield return t.Step is not null
                ? $"Trained by {network.Optimizer.Kind} on {network.LossText}; a step on one sample updates each weight as backward passes it."
                : $"Trained by {network.Optimizer.Kind} on {network.LossText}; a step needs the whole gradient first ({Why(network)}).";
        }
    }

    private static string Why(Network network) =>
        network.Layers.OfType<BatchNorm>().Any(static l => l.UsesBatch) ? "batch norm takes all samples together"
        : network.Optimizer.ClipNorm is not null ? "clip_norm is over all of it"
        : network.Layers.Any(static l => l is Recurrent or Bidirectional) ? "a weight's gradient is a sum over the steps"
        : network.Layers.Any(static l => l is Dense { Weight: not null }) ? "a weight that layers share has the sum of their gradients"
        : network.Layers.OfType<LayerNorm>().Any() ? "a norm has all of its gradients in one pass"
        : network.Layers.OfType<Convolution>().Any() ? "a convolution's gradient is a sum over its windows"
        : network.Layers.OfType<Prelu>().Any() ? "a prelu's gradient is a sum over what shares it"
        : "a weight's gradient is a sum over the steps";
}
