namespace NetGen.Training;

/// <summary>The numbers behind a data set's floats, where floats are too coarse for a column of the file.</summary>
/// <param name="Values">In double, as many as floats and in their order.</param>
/// <param name="Merged">Two different cells of a column that are one float, as the end of a sentence; null where there are none.</param>
internal sealed record ExactValues(double[] Values, string? Merged);
