namespace NetGen.Training.Arrays;

/// <summary>What the header of a .npy file states, as it stands there.</summary>
/// <param name="Kind">The elements' type.</param>
/// <param name="IsBigEndian">Whether an element's first byte is its highest.</param>
/// <param name="IsFortranOrder">Whether the first axis varies fastest, not the last.</param>
/// <param name="Shape">The axes' sizes; none for a single number.</param>
/// <param name="DataOffset">The byte at which the elements begin.</param>
internal readonly record struct StatedArray(ElementKind Kind, bool IsBigEndian, bool IsFortranOrder, long[] Shape, long DataOffset);
