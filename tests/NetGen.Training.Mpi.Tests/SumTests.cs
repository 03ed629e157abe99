using System.Linq;
using Xunit;

namespace NetGen.Training.Mpi.Tests;

/// <summary>Sums of processes, of 1 to 100,000 values.</summary>
public sealed class SumTests
{
    [MpiTheory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void All_processes_have_the_bits_of_a_sum_in_the_order_of_the_ranks(int processes)
    {
        string[] lines = Mpirun.Run(processes, "sums");

        Assert.Equal(processes, lines.Length);
        Assert.All(lines, static line => Assert.Contains(": 0 differ, ", line));
        Assert.All(lines, static line => Assert.InRange(int.Parse(line.Split(", ").Last().Split(' ')[0]), 0, 200)); // the runtime's own, once; of 56 calls
    }

    [MpiFact]
    public void Sums_of_other_lengths_end_the_job_with_a_message()
    {
        using Mpirun run = Mpirun.Start(2, "sums", "--mismatch");

        Assert.NotEqual(0, run.Wait());
        Assert.Contains("every process must sum as many values as the others, in the same order", run.Output);
    }
}
