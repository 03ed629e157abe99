namespace NetGen.Compiler.Loops;

/// <summary>
/// What generated code computes with. Of vectors each is a member of the lanes' types (<c>LanesMembers</c>), under the same name; of numbers an operator.
/// </summary>
internal enum Operation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,

    /// <summary>a b + c, rounded once where the processor can.</summary>
    MultiplyAdd,

    /// <summary>The larger of two; a NaN stays one.</summary>
    Max,
    Min,

    /// <summary>The larger of two in one instruction: b where either is NaN.</summary>
    MaxNative,
    MinNative,
    Abs,
    Sqrt,

    /// <summary>Lanes of all bits where it holds.</summary>
    Equal,
    Greater,
    GreaterOrEqual,
    Less,

    /// <summary>The bits of both.</summary>
    And,

    /// <summary>The bits of a that b has not.</summary>
    AndNot,
    Or,

    /// <summary>Of a condition over numbers.</summary>
    Not,

    /// <summary>a where the mask's bits are set, else b.</summary>
    Select,

    /// <summary>A number in all lanes.</summary>
    Create,
    Zero,
    One,

    /// <summary>0, 1, 2 and so on.</summary>
    Ascending,

    /// <summary>The larger of each two neighbours of a, then of b.</summary>
    PairMaxima,

    /// <summary>The sum of each two neighbours of a, then of b.</summary>
    PairSums,

    /// <summary>Each lane of the lower half twice, side by side.</summary>
    TwiceLower,
    TwiceUpper,

    /// <summary>The lower halves of two vectors with their lanes by turns.</summary>
    InterleaveLower,
    InterleaveUpper,

    /// <summary>Every other lane of a, then of b, from the first on.</summary>
    EvenLanes,

    /// <summary>The same from the second on.</summary>
    OddLanes,

    /// <summary>The lanes from the last to the first.</summary>
    Reverse,

    /// <summary>Of a mask: without the second of two neighbours where both are set.</summary>
    FirstOfPairs,

    /// <summary>Each lane's neighbour in its pair.</summary>
    SwapPairs,

    /// <summary>The sums over the lanes of four vectors, side by side.</summary>
    SumsOfFour,

    /// <summary>The first lane.</summary>
    FirstLane,

    /// <summary>The largest lane.</summary>
    Largest,

    /// <summary>The sum of the lanes.</summary>
    Sum,

    /// <summary>Of whole numbers.</summary>
    Remainder,

    /// <summary>A number as a float.</summary>
    ToFloat,
    ToDouble,

    /// <summary>A number as a whole one.</summary>
    ToInt,

    /// <summary>The lower half of the lanes in double.</summary>
    WidenLower,
    WidenUpper,

    /// <summary>Two vectors of doubles as one of floats.</summary>
    Narrow,
}
