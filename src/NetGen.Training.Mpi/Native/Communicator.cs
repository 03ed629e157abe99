using System;
using System.Text;
using static NetGen.Training.Mpi.Native.LibMpi;

namespace NetGen.Training.Mpi.Native;

/// <summary>All processes of the job: MPI_COMM_WORLD, with errors that are returned and thrown.</summary>
internal sealed unsafe class Communicator
{
    private readonly nint world = MpiLibrary.Installed.Variable("ompi_mpi_comm_world");
    private readonly bool isFunneled;
    private readonly int thread = Environment.CurrentManagedThreadId;

    private Communicator(bool isFunneled)
    {
        this.isFunneled = isFunneled;
        Check(MPI_Comm_set_errhandler(world, MpiLibrary.Installed.Variable("ompi_mpi_errors_return")), nameof(MPI_Comm_set_errhandler));
        int rank, count;
        Check(MPI_Comm_rank(world, &rank), nameof(MPI_Comm_rank));
        Check(MPI_Comm_size(world, &count), nameof(MPI_Comm_size));
        (Rank, Count) = (rank, count);
    }

    public int Rank { get; }

    public int Count { get; }

    /// <summary>MPI_FLOAT.</summary>
    public nint Float { get; } = MpiLibrary.Installed.Variable("ompi_mpi_float");

    /// <summary>MPI_INT64_T.</summary>
    public nint Int64 { get; } = MpiLibrary.Installed.Variable("ompi_mpi_int64_t");

    /// <summary>A call failed, so that nobody knows what the others have; all that is left is to end.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Starts MPI.</summary>
    /// <exception cref="ProcessGroupException">It is not installed, or cannot begin.</exception>
    /// <exception cref="InvalidOperationException">It has been started in this process before.</exception>
    public static Communicator Start()
    {
        if (MpiLibrary.Installed.Problem is { } problem)
            throw new ProcessGroupException(problem);

        int isStarted, isOver, level;
        MPI_Initialized(&isStarted);
        MPI_Finalized(&isOver);
        if (isStarted != 0)
            throw new InvalidOperationException(
                $"MPI {(isOver != 0 ? "has ended" : "was started before")} in this process, and starts once only; "
                + "start one MpiGroup when the program begins, and dispose it when it ends.");

        int code = MPI_Init_thread(null, null, Serialized, &level);
        if (code != 0)
            throw new ProcessGroupException($"MPI cannot begin: {Text(code)}; look at what mpirun printed.");
        if (level < Funneled)
            throw new ProcessGroupException(
                $"This Open MPI allows no other threads in a process (MPI_Init_thread gave level {level}, and {Funneled} is needed), "
                + "which every .NET program has; install one that was built with them.");
        return new Communicator(level < Serialized);
    }

    /// <summary>Checks that MPI allows calls from this thread.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public void CheckThread()
    {
        if (isFunneled && Environment.CurrentManagedThreadId != thread)
            throw new InvalidOperationException(
                "This Open MPI allows calls only from the thread that started the MpiGroup (MPI_THREAD_FUNNELED), "
                + "and an await may go on on another one; train on that thread.");
    }

    public void Send(void* buffer, int count, nint type, int to, int tag, nint* request) =>
        Check(MPI_Isend(buffer, count, type, to, tag, world, request), nameof(MPI_Isend));

    public void Receive(void* buffer, int count, nint type, int from, int tag, nint* request) =>
        Check(MPI_Irecv(buffer, count, type, from, tag, world, request), nameof(MPI_Irecv));

    /// <summary>Whether all requests are done; progress is made here.</summary>
    public bool Test(int count, nint* requests, MpiStatus* statuses)
    {
        int isDone, code = MPI_Testall(count, requests, &isDone, statuses);
        if (code == ErrorInStatus)
            for (int i = 0; i < count; i++)
                Check(statuses[i].Error, nameof(MPI_Testall));
        Check(code, nameof(MPI_Testall));
        return isDone != 0;
    }

    /// <summary>How much a request received, in values of the type.</summary>
    public int CountOf(MpiStatus* status, nint type)
    {
        int count;
        Check(MPI_Get_count(status, type, &count), nameof(MPI_Get_count));
        return count;
    }

    /// <summary>The process whose message with the tag is there, of one number, and the number; null where there is none.</summary>
    public (int From, long Value)? TryReceive(int tag)
    {
        int isThere;
        long value;
        MpiStatus status;
        Check(MPI_Iprobe(AnySource, tag, world, &isThere, &status), nameof(MPI_Iprobe));
        if (isThere == 0)
            return null;
        Check(MPI_Recv(&value, 1, Int64, status.Source, tag, world, &status), nameof(MPI_Recv));
        return (status.Source, value);
    }

    /// <summary>Ends MPI, when all processes do.</summary>
    public void End() => Check(MPI_Finalize(), nameof(MPI_Finalize));

    /// <summary>Ends all processes of the job at once.</summary>
    public void Abort() => _ = MPI_Abort(world, 1);

    private void Check(int code, string call)
    {
        if (code == 0)
            return;

        IsBroken = true;
        string remedy = code == ErrorTruncate ? "every process must sum as many values as the others, in the same order"
            : "the processes cannot go on together: end the program, look at what mpirun printed, and resume from the last checkpoint";
        throw new ProcessGroupException($"{call} failed in process {Rank} of {Count}: {Text(code)}; {remedy}.");
    }

    private static string Text(int code)
    {
        byte* text = stackalloc byte[LongestError];
        int length;
        return MPI_Error_string(code, text, &length) == 0 ? Encoding.UTF8.GetString(text, length) : $"error {code}";
    }
}
