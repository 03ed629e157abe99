namespace NetGen.Examples;

/// <summary>A policy that flies quadrotors, with its authors' weights.</summary>
[Network("raptor.yaml")]
internal partial class Raptor;
