namespace NetGen.Examples;

/// <summary>Values of a series to the one that comes <see cref="Horizon"/> steps after the last of them, by a GRU.</summary>
[Network("forecaster.yaml")]
public partial class Forecaster
{
    /// <summary>How many steps ahead it looks.</summary>
    public const int Horizon = 6;
}
