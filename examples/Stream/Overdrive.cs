namespace NetGen.Examples;

/// <summary>A network that imitates <see cref="Effect"/>.</summary>
[Network("overdrive.yaml")]
public partial class Overdrive;
