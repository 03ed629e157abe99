using System;
using System.Threading;
using NetGen.Training.Mpi.Exchange;
using NetGen.Training.Mpi.Native;

namespace NetGen.Training.Mpi;

/// <summary>
/// The processes that Open MPI's mpirun, or Slurm's srun, has started with this program: for <see cref="TrainingOptions.Processes"/>. Start one group when
/// the program begins, and dispose it at its end: <c>using var group = MpiGroup.Start();</c>. A program that was started by itself is a group of one,
/// and needs no MPI.
/// </summary>
/// <remarks>
/// When a process ends by an unhandled exception, with an exit code, or before the others, the whole job ends with a message, instead of waiting for it.
/// mpirun does the same when a process is killed.
/// </remarks>
public sealed class MpiGroup : ProcessGroup, IDisposable
{
    private readonly Communicator? communicator; // null of one process
    private readonly OrderedSum? sum;
    private readonly Farewell? farewell;
    private int isSumming;
    private bool isDisposed;

    private MpiGroup(Communicator? communicator)
    {
        this.communicator = communicator;
        if (communicator is null)
            return;
        var messages = new Messages(communicator);
        sum = new OrderedSum(communicator, messages);
        farewell = new Farewell(communicator, messages);
    }

    /// <summary>Whether Open MPI's library is installed, which a group of several processes needs.</summary>
    public static bool IsAvailable => MpiLibrary.Installed.Problem is null;

    /// <summary>Whether this process was started by mpirun, or another launcher of MPI programs.</summary>
    public static bool IsLaunched => Launch.Current is not null;

    /// <inheritdoc/>
    public override int Rank => communicator?.Rank ?? 0;

    /// <inheritdoc/>
    public override int Count => communicator?.Count ?? 1;

    /// <summary>Joins the processes that were started together; all must call it. Once in a process.</summary>
    /// <exception cref="ProcessGroupException">Open MPI is not installed, cannot begin, or was not what started the processes.</exception>
    /// <exception cref="InvalidOperationException">MPI was started in this process before.</exception>
    public static MpiGroup Start()
    {
        if (Launch.Current is not { } launch)
            return new MpiGroup(null);

        Communicator communicator = Communicator.Start();
        if (launch.DifferenceTo(communicator.Count) is { } difference)
        {
            communicator.End();
            throw new ProcessGroupException(difference);
        }

        return new MpiGroup(communicator);
    }

    /// <inheritdoc/>
    /// <exception cref="ProcessGroupException">
    /// Another process sums another number of values, has left the group, or cannot be reached. The group cannot be used any more; end the program.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread is in a sum.</exception>
    /// <exception cref="ObjectDisposedException">The group is disposed.</exception>
    public override void Sum(Span<float> values)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (sum is null || communicator!.Count == 1)
            return;

        communicator.CheckThread();
        if (Interlocked.Exchange(ref isSumming, 1) != 0)
            throw new InvalidOperationException(
                "Two threads sum in one MpiGroup at the same time, so that nobody knows whose values are whose; let one thread train with it.");
        try
        {
            if (communicator.IsBroken)
                throw new ProcessGroupException("The group failed before, and cannot be used any more; end the program, and resume from the last checkpoint.");
            sum.Run(values);
            farewell!.ForgetThrown();
        }
        finally
        {
            Volatile.Write(ref isSumming, 0);
        }
    }

    /// <summary>
    /// Leaves the group, when all others do. If another process waits for a further sum instead, or a sum has failed, the job ends with exit code 1 and a
    /// message on the standard error, which has the last exception that was thrown here.
    /// </summary>
    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        farewell?.Leave();
    }
}
