namespace NetGen.Compiler.Layers;

/// <summary>What a layer reads, or what the network gives: one of its inputs, what a layer gives, or a state of a recurrent layer after the last step.</summary>
/// <param name="Layer">The layer's place among the network's layers; -1 where it is an input.</param>
/// <param name="Part">Of the inputs which one; of a layer 0 for what it gives, else which of its states, counted from 1.</param>
internal readonly record struct ValueSource(int Layer, int Part = 0)
{
    public static ValueSource Input(int input = 0) => new(-1, input);

    public bool IsInput => Layer < 0;

    /// <summary>It is what a layer gives as a whole.</summary>
    public bool IsLayer => Layer >= 0 && Part == 0;

    public bool IsState => Layer >= 0 && Part > 0;
}
