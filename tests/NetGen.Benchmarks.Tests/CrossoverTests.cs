using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace NetGen.Benchmarks.Tests;

public class CrossoverTests
{
    [Fact]
    public void Networks_range_from_10_to_ten_million_multiply_adds_without_a_gap()
    {
        long[] sizes = [.. Suite.Crossover.Nets.Select(BenchmarkTask.Infer1.MultiplyAdds)];
        Assert.InRange(sizes[0], 8, 12);
        Assert.InRange(sizes[^1], 9_000_000, 11_000_000);
        Assert.All(sizes.Zip(sizes.Skip(1), (a, b) => (double)b / a), step => Assert.InRange(step, 4, 8));
    }

    [Fact]
    public void Each_network_is_what_its_spec_says()
    {
        foreach (BenchmarkNet net in Suite.Crossover.Nets)
            Assert.Equal(net.Parameters, new Workload(net, BenchmarkTask.Infer1).Parameters.Length);
    }

    [Fact]
    public void Who_C_sharp_developers_meet_is_asked()
    {
        IEnumerable<string> known = PeerRegistry.All.Select(p => p.Name);
        Assert.Superset(new HashSet<string>(Suite.Crossover.Peers), new HashSet<string>(known));
        Assert.Superset(new HashSet<string>(["ours", "gcc", "clang", "onnxruntime", "torchsharp", "pytorch"]), new HashSet<string>(Suite.Crossover.Peers));
    }

    [Fact]
    public void The_best_peer_and_the_factor_are_of_those_that_were_timed()
    {
        CrossoverCell cell = new(10, 1, new Dictionary<string, double> { ["ours"] = 20, ["gcc"] = 50, ["onnxruntime"] = 2000 });
        Assert.Equal("gcc", cell.BestPeer);
        Assert.Equal(2.5, cell.Advantage);
        Assert.Null((cell with { Nanoseconds = new Dictionary<string, double> { ["gcc"] = 50 } }).Advantage);
    }

    [Fact]
    public void What_a_run_wrote_is_read_again_and_drawn()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                file,
                """
                net,task,peer,version,form,verdict,median_ns,lower_quartile_ns,upper_quartile_ns,bound_ns,multiply_adds,note
                X1: 2-3-1 relu linear,infer4,ours,v,static,Timed,20.5,20,21,1,36,
                X1: 2-3-1 relu linear,infer4,gcc,"v, ""w"" z",padded,Timed,41,40,42,1,36,
                X1: 2-3-1 relu linear,infer4,pytorch,v,,Refused,,,,1,36,"failed, twice"

                """);
            CrossoverCell cell = Assert.Single(Crossover.Read([file]));
            Assert.Equal((9, 4, 2.0), (cell.MultiplyAdds, cell.Samples, cell.Advantage));
            Assert.Equal(["ours", "gcc"], cell.Nanoseconds.Keys);
            Assert.Contains("gcc", XDocument.Parse(CrossoverSvg.Write([cell])).Root!.Value);

            File.WriteAllText(file, "net,task\nX1,step1\n");
            Assert.Contains("step1", Assert.Throws<InvalidDataException>(() => Crossover.Read([file])).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
