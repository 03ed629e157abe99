using System;
using System.Collections.Generic;
using System.Globalization;

namespace NetGen.Training.Mpi.Native;

/// <summary>What the variables of the environment say of how this process was started.</summary>
/// <param name="Size">How many processes were started together; null where that is not said.</param>
/// <param name="Variable">The variable that says so, or that there are several.</param>
internal sealed record Launch(int? Size, string Variable)
{
    // Open MPI's mpirun; other MPIs' and Slurm's PMI; Slurm's srun, also where it was told of no PMI.
    private static readonly string[] s_sizes = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"];

    // Says that there is a launcher, but not how many it started.
    private const string Rank = "PMIX_RANK";

    /// <summary>How this process was started; null if by itself.</summary>
    public static Launch? Current => Of(Environment.GetEnvironmentVariable);

    /// <inheritdoc cref="Current"/>
    public static Launch? Of(Func<string, string?> variable)
    {
        foreach (string name in s_sizes)
            if (int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int size) && (size > 1 || name == s_sizes[0]))
                return new Launch(size, name);

        return variable(Rank) is null ? null : new Launch(null, Rank);
    }

    /// <summary>
    /// Why MPI's number of processes cannot be right; null where it can. Otherwise each of several processes would train alone, and all write one
    /// checkpoint.
    /// </summary>
    public string? DifferenceTo(int count) => Size is null || Size == count ? null
        : $"{Variable} says that {Size} processes were started, but Open MPI knows of {count}; start them with Open MPI's own mpirun, or with srun --mpi=pmix.";
}
