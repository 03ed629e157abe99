namespace NetGen;

/// <summary>Indices to vectors: of <c>[n]</c> whole numbers, held as floats, each becomes the row of the weight that it names, <c>[n, OutputDim]</c>.</summary>
public sealed class EmbeddingAttribute : LayerAttribute
{
    /// <summary>How many indices there are: 0 to this, less one. It must be given.</summary>
    public int InputDim { get; set; }

    /// <summary>The length of each vector. It must be given.</summary>
    public int OutputDim { get; set; }

    /// <summary>Whether a step of training changes the weight: <c>true</c> or <c>false</c>. Default: <c>true</c>.</summary>
    public object? Trainable { get; set; }
}
