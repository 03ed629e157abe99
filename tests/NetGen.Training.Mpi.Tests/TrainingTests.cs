using System;
using System.IO;
using System.Linq;
using NetGen.Training.Runs;
using Xunit;

namespace NetGen.Training.Mpi.Tests;

/// <summary>Training under mpirun: what it gives, and that it can be resumed.</summary>
public sealed class TrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netgen-mpi-").FullName;

    [MpiTheory]
    [InlineData("plain", 2)]
    [InlineData("plain", 4)]
    [InlineData("conv", 2)]
    [InlineData("conv", 4)]
    public void Processes_train_what_one_trains_with_a_batch_of_all_of_theirs(string net, int processes)
    {
        string[] one = Mpirun.Run(1, "train", "--net", net, "--steps", "30", "--batch", $"{8 * processes}", "--out", FileOf("one"));
        string[] all = Mpirun.Run(processes, "train", "--net", net, "--steps", "30", "--batch", "8", "--mpi", "--out", FileOf("all"));

        (float[] expected, float[] actual) = net == "plain" ? (Load(new Plain(), "one"), Load(new Plain(), "all")) : (Load(new Conv(), "one"), Load(new Conv(), "all"));
        Assert.Equal("Completed after 30 steps", one.First(static line => line.StartsWith("Completed", StringComparison.Ordinal)));
        Assert.Contains("Completed after 30 steps", all);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f * Math.Max(0.1f, Math.Abs(expected[i])));
    }

    [MpiTheory]
    [InlineData("mlp", 2)]
    [InlineData("conv", 4)]
    public void A_run_that_fails_and_is_resumed_gives_the_bits_of_one_that_never_did(string net, int processes)
    {
        string[] train = ["train", "--net", net, "--mpi", "--epochs", "2", "--batch", "16", "--average", "0.99"];
        string[] checkpoint = ["--checkpoint", FileOf("run"), "--every-steps", "3", "--resume"];
        string[] whole = Mpirun.Run(processes, train);

        using (Mpirun broken = Mpirun.Start(processes, [.. train, .. checkpoint, "--fail-rank", "1", "--fail-step", "31"]))
            Assert.NotEqual(0, broken.Wait());
        string[] resumed = Mpirun.Run(processes, [.. train, .. checkpoint]);

        Assert.Contains(resumed, static line => line.StartsWith("resumed in epoch", StringComparison.Ordinal));
        Assert.Equal(whole[^3..], resumed[^3..]); // steps, weights, state
        Assert.Contains(whole[^4], resumed); // the last epoch's losses
    }

    [MpiFact]
    public void A_process_that_is_killed_ends_the_job_which_resumes_from_its_checkpoint()
    {
        string[] train = ["train", "--net", "mlp", "--mpi", "--epochs", "2", "--batch", "16"];
        string[] checkpoint = ["--checkpoint", FileOf("run"), "--every-steps", "2", "--resume"];
        string[] whole = Mpirun.Run(2, train);

        using (Mpirun killed = Mpirun.Start(2, [.. train, .. checkpoint, "--slow", "20"]))
        {
            int pid = killed.PidOf(1);
            DateTime first = default;
            killed.Until(() => File.Exists(FileOf("run")) && (first = File.GetLastWriteTimeUtc(FileOf("run"))) != default);
            killed.Until(() => File.GetLastWriteTimeUtc(FileOf("run")) > first); // steps have been saved
            System.Diagnostics.Process.GetProcessById(pid).Kill();
            Assert.NotEqual(0, killed.Wait());
            Assert.Contains("signal 9", killed.Output);
        }

        string[] resumed = Mpirun.Run(2, [.. train, .. checkpoint]);
        Assert.Contains(resumed, static line => line.StartsWith("resumed in epoch", StringComparison.Ordinal));
        Assert.Equal(whole[^3..], resumed[^3..]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string FileOf(string name) => Path.Combine(folder, name + ".safetensors");

    private float[] Load<TNetwork>(TNetwork net, string name) where TNetwork : class, INetwork<TNetwork>
    {
        net.LoadWeights(FileOf(name));
        return net.Parameters.ToArray();
    }
}
