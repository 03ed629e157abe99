using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>How the C lays out its weights and does a batch; the names are those of network.c.</summary>
internal sealed record CForm(string Name, string Layout, string Batch, bool IsVectors = false)
{
    public static readonly IReadOnlyList<CForm> All =
    [
        new("in-out", "IN_OUT", "EACH"),
        new("padded", "PADDED", "EACH"),
        new("out-in", "OUT_IN", "EACH"),
        new("mixed", "MIXED", "EACH"),
        new("tiles", "PADDED", "TILES"),
        new("lanes", "OUT_IN", "LANES"),
        new("vector types", "PADDED", "EACH", IsVectors: true),
    ];

    /// <summary>Vector types are what small networks are written with by hand; above, the peer is plain loops.</summary>
    public bool Fits(BenchmarkNet net, BenchmarkTask task) =>
        (Batch == "EACH" || task.Samples > 1) && (!IsVectors || net.Weights < 500);
}
