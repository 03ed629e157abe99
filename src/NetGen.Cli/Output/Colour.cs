namespace NetGen.Cli.Output;

/// <summary>How a part of a line is shown, by ANSI's numbers.</summary>
internal enum Colour
{
    None = 0,
    Bold = 1,
    Dim = 2,
    Red = 91,
    Green = 92,
    Yellow = 93,
    Cyan = 96,
}
