using NetGen.Training.Mpi.Native;
using Xunit;

namespace NetGen.Training.Mpi.Tests.Native;

/// <summary>Which library is taken, and what is said where there is none.</summary>
public sealed class MpiLibraryTests
{
    [Fact]
    public void Without_MPI_the_message_says_how_to_install_it()
    {
        MpiLibrary library = MpiLibrary.Find(["libno-such-mpi.so.40"]);

        Assert.StartsWith(
            "No MPI is installed: none of 'libno-such-mpi.so.40' was found; install Open MPI (Debian and Ubuntu: apt-get install openmpi-bin; on a cluster mostly: module load openmpi), or add its folder to ",
            library.Problem);
    }

    [Fact]
    public void A_library_with_another_interface_is_refused()
    {
        // Any library stands for one without Open MPI's variables.
        string other = System.OperatingSystem.IsMacOS() ? "libSystem.dylib" : System.OperatingSystem.IsWindows() ? "kernel32.dll" : "libc.so.6";

        Assert.StartsWith($"The MPI that is installed ('{other}') is not Open MPI but one with another binary interface, such as MPICH; install Open MPI ", MpiLibrary.Find([other]).Problem);
    }
}
