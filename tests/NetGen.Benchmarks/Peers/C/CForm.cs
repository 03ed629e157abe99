using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>How the C lays out its weights and does a batch; the names are those of network.c.</summary>
internal sealed record CForm(string Name, string Layout, string Batch, bool IsVectors = false)
{
    /// <summary>Loops as anybody writes them, in several layouts and orders; the compiler vectorizes them as it likes.</summary>
    public static readonly IReadOnlyList<CForm> Plain =
    [
        new("in-out", "IN_OUT", "EACH"),
        new("padded", "PADDED", "EACH"),
        new("out-in", "OUT_IN", "EACH"),
        new("mixed", "MIXED", "EACH"),
        new("rows", "PADDED", "ROWS"),
        new("terms", "PADDED", "TERMS"),
    ];

    /// <summary>What is arranged by hand: for registers, or with the batch turned around so that lanes are samples.</summary>
    public static readonly IReadOnlyList<CForm> Blocked =
    [
        new("samples inside", "OUT_IN", "SAMPLES"),
        new("tiles", "PADDED", "TILES"),
        new("lanes", "OUT_IN", "LANES"),
        new("vector types", "PADDED", "EACH", IsVectors: true),
    ];

    /// <summary>Batches by a library's matrix product.</summary>
    public static readonly IReadOnlyList<CForm> Blas =
    [
        new("in-out", "IN_OUT", "BLAS"),
        new("padded", "PADDED", "BLAS"),
    ];

    /// <summary>One sample is no batch.</summary>
    public bool Fits(BenchmarkTask task) => Batch == "EACH" || task.Samples > 1;
}
