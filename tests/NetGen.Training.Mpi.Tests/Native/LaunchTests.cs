using System.Collections.Generic;
using NetGen.Training.Mpi.Native;
using Xunit;

namespace NetGen.Training.Mpi.Tests.Native;

/// <summary>How a process learns that it is one of several.</summary>
public sealed class LaunchTests
{
    [Theory]
    [InlineData("", null, null)]
    [InlineData("OMPI_COMM_WORLD_SIZE=4 PMIX_RANK=1", 4, "OMPI_COMM_WORLD_SIZE")]
    [InlineData("OMPI_COMM_WORLD_SIZE=1 PMIX_RANK=0", 1, "OMPI_COMM_WORLD_SIZE")]
    [InlineData("OMPI_COMM_WORLD_SIZE=8 SLURM_STEP_NUM_TASKS=2", 8, "OMPI_COMM_WORLD_SIZE")] // mpirun in a job of two nodes
    [InlineData("SLURM_STEP_NUM_TASKS=16 PMIX_RANK=3", 16, "SLURM_STEP_NUM_TASKS")]
    [InlineData("SLURM_STEP_NUM_TASKS=1", null, null)]
    [InlineData("PMI_SIZE=2 PMI_RANK=0", 2, "PMI_SIZE")]
    [InlineData("PMIX_RANK=0", null, "PMIX_RANK")]
    public void The_environment_says_how_many_were_started(string variables, int? size, string? variable)
    {
        var all = new Dictionary<string, string>();
        foreach (string one in variables.Split(' ', System.StringSplitOptions.RemoveEmptyEntries))
            all.Add(one.Split('=')[0], one.Split('=')[1]);

        Launch? launch = Launch.Of(name => all.GetValueOrDefault(name));

        Assert.Equal(variable, launch?.Variable);
        Assert.Equal(size, launch?.Size);
    }

    [Fact]
    public void Processes_that_another_launcher_started_apart_are_refused()
    {
        Assert.Null(new Launch(4, "PMI_SIZE").DifferenceTo(4));
        Assert.Null(new Launch(null, "PMIX_RANK").DifferenceTo(4));
        Assert.Equal(
            "PMI_SIZE says that 4 processes were started, but Open MPI knows of 1; start them with Open MPI's own mpirun, or with srun --mpi=pmix.",
            new Launch(4, "PMI_SIZE").DifferenceTo(1));
    }
}
