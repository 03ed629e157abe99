using System;
using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>Every peer, in the order of the tables.</summary>
internal static class PeerRegistry
{
    public static readonly IReadOnlyList<(string Name, Func<IPeer> Create)> All =
    [
        (OursPeer.PeerName, () => new OursPeer()),
        ("gcc", () => new CPeer("gcc", "apt-get install gcc", [])),
        ("clang", () => new CPeer("clang", "apt-get install clang", ["-fveclib=libmvec"])),
    ];
}
