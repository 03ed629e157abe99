namespace NetGen.Compiler.Ir;

/// <summary>How one kernel is printed, and why.</summary>
internal enum Strategy
{
    /// <summary>Every multiply-add is written out.</summary>
    StraightLine,

    /// <summary>The same, and so short that it is compiled into the methods that call it: its values stay in registers.</summary>
    Inline,

    /// <summary>Loops with constant trip counts, over whole vectors where the target has them.</summary>
    Loops,
}
