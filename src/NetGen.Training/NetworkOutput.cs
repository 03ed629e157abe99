namespace NetGen.Training;

/// <summary>One of the outputs of a network, and where it stands in the output of a sample.</summary>
/// <param name="Name">That of the layer, or of a recurrent layer's state, <c>gru_1.h</c>.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Size">Its floats.</param>
public readonly record struct NetworkOutput(string Name, int Offset, int Size);
