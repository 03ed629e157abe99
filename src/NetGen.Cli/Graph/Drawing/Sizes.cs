namespace NetGen.Cli.Graph.Drawing;

/// <summary>Lengths, in pixels, that figures are made and drawn by.</summary>
internal static class Sizes
{
    public const double TitleSize = 20, NameSize = 13, DetailSize = 11, LabelSize = 11, SubtitleSize = 12;

    /// <summary>Around all of it.</summary>
    public const double Margin = 28;

    public const double LeastWidth = 176, MostWidth = 300, MostLossWidth = 440;

    /// <summary>Details go on together up to here.</summary>
    public const double FullLine = 240;

    /// <summary>What a line says of where it comes from.</summary>
    public const double MostFarName = 110;

    /// <summary>Left of the texts of a box, its strip included, and right of them.</summary>
    public const double LeftPadding = 16, RightPadding = 12, SidePadding = LeftPadding + RightPadding;

    /// <summary>Between a text on the left and one on the right.</summary>
    public const double Between = 16;

    public const double SlimHeight = 28, FirstLine = 26, LineHeight = 16, BottomPadding = 6, BarRoom = 5, StripWidth = 5;

    public const string Separator = " · ";
}
