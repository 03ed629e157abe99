using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace NetGen.Training.Mpi.Native;

/// <summary>
/// Open MPI's library, where it is installed. MPI fixes names and meanings, but not what a handle is: those of Open MPI are the addresses of variables,
/// which no other MPI exports, so a library without them is refused.
/// </summary>
internal sealed class MpiLibrary
{
    private const string HowTo = "install Open MPI (Debian and Ubuntu: apt-get install openmpi-bin; on a cluster mostly: module load openmpi)";

    private MpiLibrary(nint handle, string? problem) => (Handle, Problem) = (handle, problem);

    /// <summary>The library of this machine; it is looked for once.</summary>
    public static MpiLibrary Installed { get; } = Find(Names);

    /// <summary>Of the loader; 0 where there is a problem.</summary>
    public nint Handle { get; }

    /// <summary>Why there is none, and what to do; null where there is.</summary>
    public string? Problem { get; }

    // 40 is Open MPI 2 to 5; 12 is MPICH and its relatives, looked for only to say that it is the wrong one.
    private static string[] Names => OperatingSystem.IsMacOS()
        ? ["libmpi.40.dylib", "libmpi.dylib"]
        : ["libmpi.so.40", "libmpi.so", "libmpi.so.12", "libmpich.so.12"];

    /// <summary>The first of these libraries that is Open MPI's.</summary>
    public static MpiLibrary Find(IEnumerable<string> names)
    {
        string? other = null;
        foreach (string name in names)
        {
            if (!NativeLibrary.TryLoad(name, out nint handle))
                continue;
            if (NativeLibrary.TryGetExport(handle, "ompi_mpi_comm_world", out _))
                return new MpiLibrary(handle, null);

            other ??= name;
            NativeLibrary.Free(handle);
        }

        return new MpiLibrary(0, other is null
            ? $"No MPI is installed: none of {string.Join(", ", names.Select(static n => $"'{n}'"))} was found; {HowTo}, "
                + $"or add its folder to {(OperatingSystem.IsMacOS() ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH")}."
            : $"The MPI that is installed ('{other}') is not Open MPI but one with another binary interface, such as MPICH; {HowTo}, "
                + "and start the program with Open MPI's mpirun.");
    }

    /// <summary>The address of a variable of the library, which is a handle of MPI.</summary>
    public nint Variable(string name) => NativeLibrary.GetExport(Handle, name);
}
