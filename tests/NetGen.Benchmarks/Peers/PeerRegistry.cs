using System;
using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>Every peer, in the order of the tables.</summary>
internal static class PeerRegistry
{
    public static readonly IReadOnlyList<(string Name, Func<PeerOptions, IPeer> Create)> All =
    [
        (OursPeer.PeerName, _ => new OursPeer()),
        ("gcc", _ => new CPeer("gcc", Gcc(), CForm.Plain)),
        ("clang", _ => new CPeer("clang", Clang(), CForm.Plain)),
        ("gcc-blocked", _ => new CPeer("gcc-blocked", Gcc(), CForm.Blocked) { IsBlockedByHand = true }),
        ("clang-blocked", _ => new CPeer("clang-blocked", Clang(), CForm.Blocked) { IsBlockedByHand = true }),
        ("openblas", _ => new CPeer("openblas", new("gcc", "apt-get install gcc libopenblas-dev", header: "cblas.h", package: "openblas", libraries: ["-lopenblas"]), CForm.Blas)),
        ("fann", _ => new FannPeer()),
        ("onnxruntime", options => new OnnxRuntimePeer(options.OnnxRuntime)),
        ("pytorch", _ => new TorchPeer()),
    ];

    private static CToolchain Gcc() => new("gcc", "apt-get install gcc");

    private static CToolchain Clang() => new("clang", "apt-get install clang", ["-fveclib=libmvec"]);
}
