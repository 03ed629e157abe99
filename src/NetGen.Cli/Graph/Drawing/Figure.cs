using System.Collections.Generic;

namespace NetGen.Cli.Graph.Drawing;

/// <summary>What is drawn around a figure's texts.</summary>
internal enum Outline
{
    /// <summary>A box with a strip of its colour.</summary>
    Box,

    /// <summary>The same, dashed: it does something in training only.</summary>
    Dashed,

    /// <summary>Half circles at both ends: where data come in and go out.</summary>
    Pill,

    /// <summary>A box without corners, dashed: where training measures.</summary>
    Cut,
}

/// <summary>A thing of the network, as it is drawn. Texts are cut already to what fits.</summary>
/// <param name="Name">On the first line, to the left.</param>
/// <param name="Kind">On the first line, to the right.</param>
/// <param name="Details">Lines below.</param>
/// <param name="Parameters">On the last line, to the left.</param>
/// <param name="Work">On the last line, to the right.</param>
/// <param name="Share">Of the work that the costliest layer does; 0 for no bar.</param>
/// <param name="Gives">The shape of what it gives, for the line that leaves it; null for none.</param>
/// <param name="Tooltip">All of it, uncut.</param>
internal sealed record Figure(Outline Outline, Family Family, string Name, string Kind, IReadOnlyList<string> Details, string Parameters, string Work, double Share, string? Gives, string Tooltip)
{
    public double Width { get; init; }

    public double Height { get; init; }

    /// <summary>What a line says of it where it arrives after a long way.</summary>
    public string FarLabel { get; init; } = "";
}
