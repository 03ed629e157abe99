using System.Collections.Generic;
using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>How the C lays out its memory and orders its loops.</summary>
/// <param name="Name">What the reports call it.</param>
/// <param name="Kind">The networks that it is for: what recurrent_network.c, convolution_network.c or network.c does.</param>
/// <param name="Definitions">The macros of those files which say so.</param>
/// <param name="NeedsBatch">Whether one sample is none of its business.</param>
internal sealed record CForm(string Name, NetKind Kind, IReadOnlyList<(string Name, string Value)> Definitions, bool NeedsBatch)
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
        Recurrent("blocks", "BLOCKS", 1),
        Recurrent("terms", "TERMS", 1),
        Recurrent("blocks", "BLOCKS", 4),
        Recurrent("terms", "TERMS", 4),
        Recurrent("blocks", "BLOCKS", 16),
    ];

    /// <summary>What is arranged by hand: for registers, or with the batch turned around so that lanes are samples.</summary>
    public static readonly IReadOnlyList<CForm> Blocked =
    [
        Dense("samples inside", "OUT_IN", "SAMPLES"),
        Dense("tiles", "PADDED", "TILES"),
        Dense("lanes", "OUT_IN", "LANES"),
        Dense("vector types", "PADDED", "EACH", isVectors: true),
        Convolution("vector types", "VECTORS"),
        Recurrent("vector types", "VECTORS", 1),
        Recurrent("vector types", "VECTORS", 4),
    ];

    /// <summary>Batches, and columns of a convolution, by a library's matrix product.</summary>
    public static readonly IReadOnlyList<CForm> Blas =
    [
        Dense("in-out", "IN_OUT", "BLAS"),
        Dense("padded", "PADDED", "BLAS"),
        Convolution("columns", "BLAS"),
    ];

    /// <summary>Its files behind common.c, in order.</summary>
    public IReadOnlyList<string> Files => Kind switch
    {
        NetKind.Recurrent => ["dense.c", "recurrent.c", "recurrent_network.c"],
        NetKind.Convolutional => ["dense.c", "geometry.c", "vectors.c", "convolution.c", "convolution_network.c"],
        _ => ["dense.c", "network.c"],
    };

    public bool Fits(BenchmarkNet net, BenchmarkTask task) =>
        net.Kind == Kind && (!NeedsBatch || task.Samples > 1);

    private static CForm Dense(string name, string layout, string batch, bool isVectors = false) =>
        new(name, NetKind.Dense, [("LAYOUT", layout), ("BATCH", batch), ("SIMD", isVectors ? "1" : "0")], batch != "EACH");

    private static CForm Convolution(string name, string order) =>
        new(name, NetKind.Convolutional, [("LAYOUT", "OUT_IN"), ("SIMD", "0"), ("ORDER", order)], false);

    /// <param name="group">Samples that go through a step side by side.</param>
    private static CForm Recurrent(string name, string order, int group) =>
        new(
            group == 1 ? name : $"{name} of {group}", NetKind.Recurrent,
            [("LAYOUT", "OUT_IN"), ("SIMD", order == "VECTORS" ? "1" : "0"), ("ORDER", order), ("GROUP", group.ToString(CultureInfo.InvariantCulture))], group > 1);
}
