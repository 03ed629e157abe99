using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>How the C lays out its memory and orders its loops.</summary>
/// <param name="Name">What the reports call it.</param>
/// <param name="IsConvolutional">Whether it is a form of convolution_network.c, else of network.c.</param>
/// <param name="Definitions">The macros of those files which say so.</param>
/// <param name="NeedsBatch">Whether one sample is none of its business.</param>
internal sealed record CForm(string Name, bool IsConvolutional, IReadOnlyList<(string Name, string Value)> Definitions, bool NeedsBatch)
{
    /// <summary>Loops as anybody writes them, in several layouts and orders; the compiler vectorizes them as it likes.</summary>
    public static readonly IReadOnlyList<CForm> Plain =
    [
        Dense("in-out", "IN_OUT", "EACH"),
        Dense("padded", "PADDED", "EACH"),
        Dense("out-in", "OUT_IN", "EACH"),
        Dense("mixed", "MIXED", "EACH"),
        Dense("rows", "PADDED", "ROWS"),
        Dense("terms", "PADDED", "TERMS"),
        Convolution("planes", "PLANES"),
        Convolution("rows", "ROWS"),
        Convolution("pixels", "PIXELS"),
        Convolution("columns", "COLUMNS"),
    ];

    /// <summary>What is arranged by hand: for registers, or with the batch turned around so that lanes are samples.</summary>
    public static readonly IReadOnlyList<CForm> Blocked =
    [
        Dense("samples inside", "OUT_IN", "SAMPLES"),
        Dense("tiles", "PADDED", "TILES"),
        Dense("lanes", "OUT_IN", "LANES"),
        Dense("vector types", "PADDED", "EACH", isVectors: true),
        Convolution("vector types", "VECTORS"),
    ];

    /// <summary>Batches, and columns of a convolution, by a library's matrix product.</summary>
    public static readonly IReadOnlyList<CForm> Blas =
    [
        Dense("in-out", "IN_OUT", "BLAS"),
        Dense("padded", "PADDED", "BLAS"),
        Convolution("columns", "BLAS"),
    ];

    /// <summary>Its files behind common.c, in order.</summary>
    public IReadOnlyList<string> Files =>
        IsConvolutional ? ["dense.c", "geometry.c", "vectors.c", "convolution.c", "convolution_network.c"] : ["dense.c", "network.c"];

    public bool Fits(BenchmarkNet net, BenchmarkTask task) =>
        net.IsConvolutional == IsConvolutional && (!NeedsBatch || task.Samples > 1);

    private static CForm Dense(string name, string layout, string batch, bool isVectors = false) =>
        new(name, false, [("LAYOUT", layout), ("BATCH", batch), ("SIMD", isVectors ? "1" : "0")], batch != "EACH");

    private static CForm Convolution(string name, string order) =>
        new(name, true, [("LAYOUT", "OUT_IN"), ("SIMD", "0"), ("ORDER", order)], false);
}
