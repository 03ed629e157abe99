using System;
using Xunit;

namespace NetGen.Training.Mpi.Tests;

/// <summary>A program that was started by itself.</summary>
public sealed class GroupOfOneTests
{
    [Fact]
    public void It_is_a_group_of_one_which_needs_no_MPI_and_whose_sums_are_the_values()
    {
        using var group = MpiGroup.Start();
        float[] values = [1, -0f, float.NaN];

        group.Sum(values);

        Assert.False(MpiGroup.IsLaunched);
        Assert.Equal((0, 1), (group.Rank, group.Count));
        Assert.Equal([1, -0f, float.NaN], values);
    }

    [Fact]
    public void It_trains_what_a_program_without_a_group_trains() =>
        Assert.Equal(Mpirun.Run(1, "train", "--net", "mlp", "--epochs", "1"), Mpirun.Run(1, "train", "--net", "mlp", "--epochs", "1", "--mpi"));

    [Fact]
    public void A_group_that_is_disposed_sums_nothing()
    {
        var group = MpiGroup.Start();
        group.Dispose();
        group.Dispose();

        Assert.Throws<ObjectDisposedException>(() => group.Sum(new float[1]));
    }
}
