using Xunit;

namespace NetGen.Training.Mpi.Tests;

/// <summary>However one process ends, the others do not wait for it for ever, and the output says why.</summary>
public sealed class EndingTests
{
    [MpiTheory]
    [InlineData("throw", "Process 1 of 3 ends the job by an unhandled exception: NetGen.Training.Runs.ExpectedException: step 10 failed on purpose")]
    [InlineData("catch", "The last exception in process 1 was: NetGen.Training.Runs.ExpectedException: step 10 failed on purpose")]
    [InlineData("return", "Process 1 of 3 left the group after ")]
    [InlineData("exit", "Process 1 of 3 ends with exit code 3. The job ends; resume from the last checkpoint.")]
    public void A_process_that_fails_ends_the_job(string how, string message)
    {
        using Mpirun run = Mpirun.Start(3, "train", "--net", "plain", "--mpi", "--epochs", "100", "--fail-rank", "1", "--fail-how", how);

        Assert.NotEqual(0, run.Wait());
        Assert.Contains(message, run.Output);
    }

    [MpiTheory]
    [InlineData("stop", "Stopped after 11 steps")]
    [InlineData("cancel", "Cancelled after 11 steps")]
    public void A_process_that_stops_or_is_cancelled_ends_the_run_in_all(string how, string message) =>
        Assert.Contains(message, Mpirun.Run(3, "train", "--net", "plain", "--mpi", "--epochs", "100", "--fail-rank", "1", "--fail-how", how));
}
