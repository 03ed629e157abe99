using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Cli.Verify;
using static System.FormattableString;

namespace NetGen.Cli.Output;

/// <summary>How far generated code is from right, for people.</summary>
internal static class VerificationText
{
    /// <summary>What the worst row ends with.</summary>
    private const string Worst = "<- worst";

    public static void Write(VerificationResult result, Terminal terminal)
    {
        terminal.Line(Invariant($"{result.Spec}: {Count(result.Layers.Count, "layer")}, {Count(result.Parameters, "parameter")}, {Count(result.MultiplyAdds, "multiply-add")} of a sample"));
        terminal.Line($"weights: {result.Weights}");
        terminal.Line(Invariant($"inputs: {Count(result.Samples, "sample")}, {result.Inputs}"));
        terminal.Line("");
        WriteMembers(result, terminal);
        terminal.Line("");
        WriteLayers(result.Layers, terminal);
        terminal.Line(("relative: the largest error by the largest magnitude that is right, over all samples; ulp: units in the last place of that magnitude;", Colour.Dim));
        terminal.Line(("its own: without what the layers before it add", Colour.Dim));
        if (result.Gradients is { } gradients)
        {
            terminal.Line("");
            WriteGradients(gradients, terminal);
        }

        terminal.Line("");
        foreach (string note in result.Notes)
            terminal.Line($"note: {note}");
        if (result.Passes)
            terminal.Line(("right: ", Colour.Green), ($"outputs within {Number(result.Worst.Figure.Relative)} of the largest, {Ulps(result.Worst.Figure)} ulp"
                + (result.Gradients?.Worst is { } worst ? $"; gradients within {Number(worst.Relative)}" : "") + $" (limit {Number(VerificationResult.Limit)})", Colour.None));
    }

    /// <summary>What is wrong with code that does not pass.</summary>
    public static string Failure(VerificationResult result)
    {
        string limit = Number(VerificationResult.Limit);
        if (!VerificationResult.IsBeyond(result.Worst.Figure))
        {
            ParameterErrors parameter = result.Gradients!.Worst!;
            return $"the gradient of {parameter.Name} is off by {Number(parameter.Relative)} of the largest of its layer, above the limit of {limit}";
        }

        return $"{result.Worst.Member} is off by {Number(result.Worst.Figure.Relative)} of the largest of '{result.Worst.Output}', above the limit of {limit}; "
            + (result.FirstBeyond is { } layer
                ? $"the first layer beyond it is '{layer.Name}' ({layer.Kind}), with {Number(layer.Figure.Relative)}, of which it adds {Number(layer.Own.Relative)} itself"
                : "no layer is beyond it where each is computed apart, so it is what the compiler makes of several together");
    }

    private static void WriteMembers(VerificationResult result, Terminal terminal)
    {
        var table = new TextTable(["member", "samples", "output", "largest", "error", "relative", "ulp", ""], 3);
        foreach (MemberErrors member in result.Members)
        {
            ErrorFigure f = member.Figure;
            table.Add(ColourOf(f, member == result.Worst), member.Member, member.Calls, member.Output, Number(f.Largest), Number(f.Error), Number(f.Relative), Ulps(f), member == result.Worst && f.Error > 0 ? Worst : "");
        }

        table.Write(terminal);
    }

    private static void WriteLayers(IReadOnlyList<LayerErrors> layers, Terminal terminal)
    {
        LayerErrors worst = layers.MaxBy(static l => l.Figure.Relative)!;
        var table = new TextTable(["layer", "kind", "output", "largest", "error", "relative", "ulp", "its own", ""], 3);
        foreach (LayerErrors layer in layers)
        {
            ErrorFigure f = layer.Figure;
            table.Add(ColourOf(f, layer == worst), layer.Name, layer.Kind, ShapeText(layer.Shape), Number(f.Largest), Number(f.Error), Number(f.Relative), Ulps(f), Number(layer.Own.Relative),
                layer == worst && f.Error > 0 ? Worst : "");
        }

        table.Write(terminal);
    }

    private static void WriteGradients(GradientErrors gradients, Terminal terminal)
    {
        var table = new TextTable(["gradient of", "shape", "largest", "chain rule", "differences", "of", ""], 2);
        foreach (ParameterErrors parameter in gradients.Parameters)
        {
            bool isWorst = parameter == gradients.Worst;
            table.Add(
                !(parameter.Relative <= VerificationResult.Limit) ? Colour.Red : isWorst && parameter.Relative > 0 ? Colour.Yellow : Colour.None,
                parameter.Name, ShapeText(parameter.Shape), Number(parameter.Largest), Number(parameter.Error / parameter.Scale),
                parameter.Differences == 0 ? "" : Number(parameter.DifferenceError / parameter.Scale), Invariant($"{parameter.Differences:N0}"), isWorst && parameter.Relative > 0 ? Worst : "");
        }

        table.Write(terminal);
        terminal.Line(($"over {Count(gradients.Samples, "sample")}; errors relative to the largest gradient of the layer; {Count(gradients.Differences, "element")} by central differences"
            + (gradients.Kinks > 0 ? Invariant($" ({gradients.Kinks} more lie at kinks of the loss, where there are none)") : ""), Colour.Dim));
    }

    private static Colour ColourOf(ErrorFigure figure, bool isWorst) =>
        VerificationResult.IsBeyond(figure) ? Colour.Red : isWorst && figure.Error > 0 ? Colour.Yellow : Colour.None;

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "no number" : value.ToString("0.##e+0", CultureInfo.InvariantCulture) is var text && value is 0 ? "0"
        : value is >= 0.001 and < 100_000 ? value.ToString("g4", CultureInfo.InvariantCulture) : text;

    private static string Ulps(ErrorFigure figure) => double.IsPositiveInfinity(figure.Error) ? "" : figure.Ulps.ToString(figure.Ulps < 100 ? "0.0" : "g3", CultureInfo.InvariantCulture);

    private static string ShapeText(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";

    private static string Count(long count, string one) => Invariant($"{count:N0} {one}{(count == 1 ? "" : "s")}");
}
