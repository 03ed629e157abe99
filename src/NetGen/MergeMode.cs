namespace NetGen;

/// <summary>How the outputs of the two directions of a <see cref="BidirectionalAttribute"/> become one.</summary>
public enum MergeMode
{
    /// <summary>One behind the other: twice as many features.</summary>
    Concat,

    /// <summary>Their sum, element by element.</summary>
    Sum,

    /// <summary>Their product, element by element.</summary>
    Multiply,

    /// <summary>Half of their sum, element by element.</summary>
    Average,
}
