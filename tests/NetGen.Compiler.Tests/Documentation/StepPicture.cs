using System.Linq;

namespace NetGen.Compiler.Tests.Documentation;

/// <summary>The states that one layer gives, step by step.</summary>
/// <param name="IsBackward">It reads from the last step to the first.</param>
internal sealed record Lane(string Label, double[] States, bool IsBackward = false);

/// <summary>
/// Time from left to right: below, what the steps read; above, the states of each layer, with arrows from one to the next; on top, what is given.
/// </summary>
internal static class StepPicture
{
    private const int Left = 96, BoxWidth = 38, BoxHeight = 26, RowHeight = 62, Margin = 16;

    /// <param name="handOver">The step whose state another layer begins from, and what its arrow says.</param>
    public static string Draw(string title, string[] inputs, Lane[] lanes, string[]? outputs = null, (int Step, string Text)? handOver = null)
    {
        Svg svg = new(title);
        double pitch = (Svg.Width - Left - Margin - 24) / (double)inputs.Length, wide = lanes.Length * (BoxWidth + 4) - 4;
        double XOf(int step, int lane) => Left + (step * pitch) + (lane * (BoxWidth + 4)) + 16;
        double YOf(int row) => Margin + (handOver is null ? 0 : 12) + (((outputs is null ? 0 : 1) + lanes.Length - row) * RowHeight);

        for (int t = 0; t < inputs.Length; t++)
        {
            svg.Box(XOf(t, 0), YOf(0), wide, BoxHeight, "#f6f8fa");
            svg.Text(XOf(t, 0) + (wide / 2), YOf(0) + 17.5, inputs[t]);
        }

        svg.Text(Margin, YOf(0) + 17.5, "x", 12, "start");
        foreach ((Lane lane, int k) in lanes.Select(static (lane, k) => (lane, k)))
            DrawLane(lane, k);
        if (outputs is not null)
        {
            svg.Text(Margin, YOf(lanes.Length + 1) + 17.5, "output", 12, "start");
            for (int t = 0; t < outputs.Length; t++)
            {
                svg.Box(XOf(t, 0), YOf(lanes.Length + 1), wide, BoxHeight, "#f6f8fa");
                svg.Text(XOf(t, 0) + (wide / 2), YOf(lanes.Length + 1) + 17.5, outputs[t]);
            }
        }

        return svg.Draw(YOf(0) + BoxHeight + Margin);

        void DrawLane(Lane lane, int k)
        {
            double y = YOf(k + 1), middle = y + (BoxHeight / 2.0);
            svg.Text(Margin, y + 17.5, lane.Label, 12, "start");
            for (int t = 0; t < inputs.Length; t++)
            {
                double x = XOf(t, k), centre = x + (BoxWidth / 2.0);
                svg.Arrow(centre, YOf(0), centre, y + BoxHeight);
                if (outputs is not null)
                    svg.Arrow(centre, y, centre, YOf(lanes.Length + 1) + BoxHeight);
                svg.Box(x, y, BoxWidth, BoxHeight, k == 0 ? "#cfe4ff" : "#ffd9bd");
                svg.Text(centre, y + 17.5, Svg.Number(lane.States[t]));
                bool isFirst = t == (lane.IsBackward ? inputs.Length - 1 : 0), isHandedOver = handOver?.Step == t;
                double from = lane.IsBackward ? isFirst ? x + BoxWidth + 16 : XOf(t + 1, k) : isFirst ? x - 16 : XOf(t - 1, k) + BoxWidth;
                svg.Arrow(from, middle, lane.IsBackward ? x + BoxWidth : x, middle, isHandedOver ? Svg.Orange : Svg.Ink);
                if (isFirst)
                    svg.Text(from + (lane.IsBackward ? 5 : -5), middle + 4, "0", 12);
                if (isHandedOver)
                    svg.Text((from + x) / 2, y - 8, handOver!.Value.Text, 11, "middle", Svg.Orange);
            }
        }
    }
}
