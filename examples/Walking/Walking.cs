namespace NetGen.Examples;

/// <summary>A policy by which a humanoid robot walks, with its makers' weights.</summary>
[Network("walking.yaml")]
internal partial class Walking;
