using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NetGen.Cli.Graph.Drawing;

/// <summary>
/// How wide a text is, near enough: whoever shows a picture has fonts of their own, so this goes by a wide one. Boxes made by it are large enough for the
/// others too.
/// </summary>
internal static class TextWidth
{
    // Thousandths of the font's size, of the letters from space to ~.
    private static readonly short[] s_plain =
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
        1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
        500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ];

    private static readonly short[] s_bold =
    [
        348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580,
        1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500,
        500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
    ];

    private const string Ellipsis = "…";

    public static double Of(string text, double size, bool isBold = false) =>
        text.EnumerateRunes().Sum(r => (double)Thousandths(r, isBold)) * size / 1000;

    /// <summary>The text, or as much of its beginning as fits, with an ellipsis behind it.</summary>
    public static string Fit(string text, double width, double size, bool isBold = false)
    {
        // By what rounding adds.
        width += 0.01;
        if (Of(text, size, isBold) <= width)
            return text;
        // By what a reader takes for one letter.
        int[] ends = [.. StringInfo.ParseCombiningCharacters(text), text.Length];
        int last = Array.FindLastIndex(ends, end => Of(text[..end].TrimEnd() + Ellipsis, size, isBold) <= width);
        return last <= 0 ? Ellipsis : text[..ends[last]].TrimEnd() + Ellipsis;
    }

    private static int Thousandths(Rune rune, bool isBold) => rune.Value switch
    {
        >= ' ' and <= '~' => (isBold ? s_bold : s_plain)[rune.Value - ' '],
        '·' => 380,
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        // From Hangul on, most are as wide as they are high, and pictures wider.
        >= 0x1F000 => 1350,
        >= 0x1100 => 1050,
        _ => isBold ? 950 : 850,
    };
}
