namespace NetGen.Compiler.Kernels;

/// <summary>
/// What is upsampled, as it stands in memory: [outer][rows][columns][inner] becomes [outer][rows down][columns across][inner]. Where there is no axis of rows,
/// or of columns, it has one element.
/// </summary>
/// <param name="Down">How many times as many rows there are then.</param>
/// <param name="Across">The same of columns.</param>
internal readonly record struct UpsampledPlanes(int Outer, int Rows, int Down, int Columns, int Across, int Inner)
{
    /// <summary>Elements of a row.</summary>
    public int Row => Columns * Inner;

    /// <summary>Elements of one that is upsampled.</summary>
    public int WideRow => Row * Across;

    /// <summary>The same with axes that stay as they are joined to what is beside them, and with all rows that need no others behind each other.</summary>
    public UpsampledPlanes Simplified(bool isLinear)
    {
        UpsampledPlanes p = this;
        if (p.Across == 1)
            p = p with { Inner = p.Row, Columns = 1 };
        if (p.Down == 1 || (!isLinear && p.Outer > 1))
            p = p with { Outer = p.Down == 1 ? p.Outer * p.Rows : 1, Rows = p.Down == 1 ? 1 : p.Outer * p.Rows };
        // Single rows, one behind the other, are one long row.
        if (!isLinear && p is { Rows: 1, Down: 1 })
            p = p with { Outer = 1, Columns = p.Outer * p.Columns };
        return p;
    }

    public override string ToString() => System.FormattableString.Invariant($"{Down} x {Across}");
}
