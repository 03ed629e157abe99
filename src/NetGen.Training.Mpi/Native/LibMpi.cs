using System.Runtime.InteropServices;

namespace NetGen.Training.Mpi.Native;

/// <summary>
/// The functions of MPI 3.1 that are called, as Open MPI's library has them: handles are pointers. All return an error code, 0 for none.
/// </summary>
internal static unsafe partial class LibMpi
{
    /// <summary>Only the thread that began makes calls.</summary>
    public const int Funneled = 1;

    /// <summary>Any thread makes calls, one at a time.</summary>
    public const int Serialized = 2;

    /// <summary>MPI_ANY_SOURCE.</summary>
    public const int AnySource = -1;

    /// <summary>MPI_ERR_IN_STATUS: the error of each request is in its status.</summary>
    public const int ErrorInStatus = 18;

    /// <summary>MPI_ERR_TRUNCATE: a message is longer than what was to receive it.</summary>
    public const int ErrorTruncate = 15;

    /// <summary>MPI_MAX_ERROR_STRING, with room to spare.</summary>
    public const int LongestError = 512;

    private const string Library = "NetGen:libmpi";

    static LibMpi() => NativeLibrary.SetDllImportResolver(typeof(LibMpi).Assembly, static (name, _, _) => name == Library ? MpiLibrary.Installed.Handle : 0);

    [LibraryImport(Library)]
    public static partial int MPI_Initialized(int* flag);

    [LibraryImport(Library)]
    public static partial int MPI_Finalized(int* flag);

    [LibraryImport(Library)]
    public static partial int MPI_Init_thread(int* argc, byte*** argv, int required, int* provided);

    [LibraryImport(Library)]
    public static partial int MPI_Finalize();

    [LibraryImport(Library)]
    public static partial int MPI_Abort(nint communicator, int exitCode);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_rank(nint communicator, int* rank);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_size(nint communicator, int* size);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_set_errhandler(nint communicator, nint handler);

    [LibraryImport(Library)]
    public static partial int MPI_Error_string(int code, byte* text, int* length);

    [LibraryImport(Library)]
    public static partial int MPI_Isend(void* buffer, int count, nint type, int destination, int tag, nint communicator, nint* request);

    [LibraryImport(Library)]
    public static partial int MPI_Irecv(void* buffer, int count, nint type, int source, int tag, nint communicator, nint* request);

    [LibraryImport(Library)]
    public static partial int MPI_Testall(int count, nint* requests, int* flag, MpiStatus* statuses);

    [LibraryImport(Library)]
    public static partial int MPI_Iprobe(int source, int tag, nint communicator, int* flag, MpiStatus* status);

    [LibraryImport(Library)]
    public static partial int MPI_Recv(void* buffer, int count, nint type, int source, int tag, nint communicator, MpiStatus* status);

    [LibraryImport(Library)]
    public static partial int MPI_Get_count(MpiStatus* status, nint type, int* count);
}

/// <summary>MPI_Status, as Open MPI lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MpiStatus
{
    public int Source;
    public int Tag;
    public int Error;
    private readonly int cancelled;
    private readonly nuint bytes;
}
