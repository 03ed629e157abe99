using System;
using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>Every peer, in the order of the tables.</summary>
internal static class PeerRegistry
{
    public static readonly IReadOnlyList<(string Name, Func<IPeer> Create)> All =
    [
        (OursPeer.PeerName, () => new OursPeer()),
        ("gcc", () => new CPeer("gcc", Gcc(), CForm.Plain)),
        ("clang", () => new CPeer("clang", Clang(), CForm.Plain)),
        ("gcc-blocked", () => new CPeer("gcc-blocked", Gcc(), CForm.Blocked) { IsBlockedByHand = true }),
        ("clang-blocked", () => new CPeer("clang-blocked", Clang(), CForm.Blocked) { IsBlockedByHand = true }),
        ("openblas", () => new CPeer("openblas", new("gcc", "apt-get install gcc libopenblas-dev", header: "cblas.h", package: "openblas", libraries: ["-lopenblas"]), CForm.Blas)),
        ("fann", () => new FannPeer()),
        ("onnxruntime", () => new OnnxRuntimePeer()),
        ("torchsharp", () => new TorchSharpPeer()),
        ("pytorch", () => new TorchPeer()),
    ];

    private static CToolchain Gcc() => new("gcc", "apt-get install gcc");

    private static CToolchain Clang() => new("clang", "apt-get install clang", ["-fveclib=libmvec"]);
}
