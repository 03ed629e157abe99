using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using NetGen.Compiler.Targets;
using NetGen.Testing.Generated;

namespace NetGen.Benchmarks;

/// <summary>From a spec to C#, and from that to a loaded assembly.</summary>
[MemoryDiagnoser]
public class CompilerBenchmarks
{
    private string _spec = "";
    private IReadOnlyDictionary<string, string> _sources = new Dictionary<string, string>();

    [Params("A", "B", "C", "D", "E", "F")]
    public string Net { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _spec = Suite.Networks.Nets.Single(n => n.Name == Net).Spec();
        _sources = new Dictionary<string, string> { ["Net"] = Generator() };
    }

    [Benchmark]
    public string Generator() => GeneratedAssembly.Emit("Net", _spec, Target.Net10);

    [Benchmark]
    public int Roslyn()
    {
        using GeneratedAssembly assembly = GeneratedAssembly.FromSources(_sources, Target.Net10);
        return assembly["Net"].ParameterCount;
    }
}
