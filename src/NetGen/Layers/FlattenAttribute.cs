namespace NetGen;

/// <summary>Turns data of any shape into a vector, the last axis running fastest.</summary>
public sealed class FlattenAttribute : LayerAttribute;
