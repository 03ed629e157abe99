using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Infer;

/// <summary>How large a network and how long a run the number of rows is worth.</summary>
/// <param name="Units">Of each hidden layer.</param>
/// <param name="Dropout">The share that is dropped behind each; 0 for none.</param>
/// <param name="L2">0 for none.</param>
internal sealed record NetworkSize(IReadOnlyList<int> Units, double Dropout, double L2, double LearningRate, int Epochs, int BatchSize, int Patience)
{
    // Found on examples/data, and on functions of five columns with 250 to 60,000 rows: fewer rows take smaller layers and more of what holds weights
    // back, and more epochs for as many steps.
    private static readonly (long Below, NetworkSize Size)[] s_sizes =
    [
        (300, new([16], 0, 0.001, 0.01, 200, 16, 30)),
        (1_000, new([32], 0.1, 0.001, 0.005, 200, 16, 30)),
        (5_000, new([64, 32], 0.1, 0.0003, 0.003, 100, 32, 15)),
        (50_000, new([128, 64], 0.1, 0.0001, 0.002, 60, 64, 8)),
        (long.MaxValue, new([256, 128], 0.1, 0, 0.001, 30, 128, 5)),
    ];

    public static NetworkSize Of(long rows) => s_sizes.First(s => rows < s.Below).Size;
}
