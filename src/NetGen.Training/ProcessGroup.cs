using System;

namespace NetGen.Training;

/// <summary>
/// The processes that train one network together, each with a copy of it: what <see cref="TrainingOptions.Processes"/> takes. NetGen.Training.Mpi has one for
/// programs that mpirun starts. Every process makes the same calls in the same order.
/// </summary>
public abstract class ProcessGroup
{
    /// <summary>The number of this process, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>The number of processes, at least 1.</summary>
    public abstract int Count { get; }

    /// <summary>
    /// Replaces the values by their sum over all processes, added in the order of the ranks, so that every process has the same bits. It returns when all
    /// processes have called it.
    /// </summary>
    /// <param name="values">As many in each process.</param>
    public abstract void Sum(Span<float> values);
}
