namespace NetGen.Cli.Tests;

/// <summary>Specs, right and wrong.</summary>
internal static class Specs
{
    public const string Right = """
        input: 4
        layers:
          - dense: { units: 8, activation: relu, name: hidden }
          - dense: 3
          - softmax
        loss: cross_entropy

        """;

    /// <summary>A size that does not fit, on line 5.</summary>
    public const string Wrong = """
        input: 8
        layers:
          - dense: 64
          - dropout: 0.2
          - dense: { units: 10, in: 128 }

        """;

    public const string WrongLine = "error NETGEN020: layer 'dense_2' states in: 128, but 'dropout_1' before it gives 64; write in: 64 or leave it out";
}
