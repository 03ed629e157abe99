using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests.Checkpoints;

/// <summary>Files that cannot be written, and files that are not what they should be.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("run.safetensors");

    private TrainingOptions Options => new() { Epochs = 2, Checkpoint = new CheckpointOptions(Path) { Resume = true } };

    [Fact]
    public void A_checkpoint_is_a_weight_file_with_the_weights_of_its_last_step()
    {
        var net = new PlainNet();
        net.Fit(Flowers.Train, options: Options);

        var loaded = new PlainNet(seed: 99);
        loaded.LoadWeights(Path);

        Assert.Equal(net.Parameters.ToArray(), loaded.Parameters.ToArray());
        Assert.Equal([Path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        new PlainNet().Fit(Flowers.Train, Flowers.Test, Options with { Epochs = 1 });
        byte[] whole = File.ReadAllBytes(Path);
        int step = Math.Max(1, whole.Length / 500);
        int format = whole.AsSpan().IndexOf("\"format\":\"pt\""u8);
        float[] before = new PlainNet().Parameters.ToArray();
        for (int place = 0; place < whole.Length; place += step)
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= 1;
            File.WriteAllBytes(Path, damaged);
            var net = new PlainNet();

            // That it is PyTorch's format is for other readers.
            if (place >= format && place < format + "\"format\":\"pt\"".Length)
                continue;
            var error = Record.Exception(() => net.Fit(Flowers.Train, Flowers.Test, Options with { Epochs = 1 }));

            Assert.True(error is CheckpointException, $"byte {place} of {whole.Length}: {error}");
            Assert.Contains(Path, error.Message);
            Assert.Equal(before, net.Parameters.ToArray());
            Assert.Equal(damaged, File.ReadAllBytes(Path));
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_noticed()
    {
        new PlainNet().Fit(Flowers.Train, options: Options);
        byte[] whole = File.ReadAllBytes(Path);
        for (int length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 300))
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Throws<CheckpointException>(() => new PlainNet().Fit(Flowers.Train, options: Options));
        }
    }

    [Fact]
    public void Weights_alone_are_no_checkpoint()
    {
        new PlainNet().SaveWeights(Path);

        AssertRefused(() => new PlainNet().Fit(Flowers.Train, options: Options), "holds weights, but no run to resume; load them with LoadWeights");
    }

    public static TheoryData<string, Func<TrainingOptions, TrainingOptions>> Others { get; } = new()
    {
        { "BatchSize was 32, and is 16", static options => options with { BatchSize = 16 } },
        { "Seed was 0, and is 7", static options => options with { Seed = 7 } },
        { "Shards was 1, and is 2", static options => options with { Workers = 2 } },
        { "Shuffle was true, and is false", static options => options with { Shuffle = false } },
        { "AverageDecay was null, and is 0.5", static options => options with { AverageDecay = 0.5f } },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void A_run_with_other_options_is_refused_by_their_names(string message, Func<TrainingOptions, TrainingOptions> change)
    {
        new PlainNet().Fit(Flowers.Train, options: Options);

        AssertRefused(() => new PlainNet().Fit(Flowers.Train, options: change(Options)), message);
    }

    [Fact]
    public void Another_network_and_other_data_are_refused()
    {
        new PlainNet().Fit(Flowers.Train, options: Options);

        AssertRefused(() => new NormalizedNet().Fit(Flowers.Train, options: Options), "the network's parameters differ");
        AssertRefused(() => new PlainNet().Fit(Flowers.Test, options: Options), "the number of training samples was 120, and is 30");
        AssertRefused(() => new PlainNet().Fit(Flowers.Train, Flowers.Test, Options), "the presence of validation data was false, and is true");
    }

    [Fact]
    public void Without_Resume_a_new_run_replaces_the_file()
    {
        new PlainNet().Fit(Flowers.Train, options: Options);
        var net = new PlainNet();

        TrainingHistory history = net.Fit(Flowers.Train, options: Options with { Epochs = 1, Seed = 5, Checkpoint = new CheckpointOptions(Path) });

        Assert.Null(history.ResumedEpoch);
        var loaded = new PlainNet(seed: 99);
        loaded.LoadWeights(Path);
        Assert.Equal(net.Parameters.ToArray(), loaded.Parameters.ToArray());
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_before_the_first_step()
    {
        var net = new PlainNet();

        var error = Assert.Throws<DirectoryNotFoundException>(() => net.Fit(Flowers.Train, options: new TrainingOptions { Checkpoint = new CheckpointOptions(folder.File("no/run")) }));

        Assert.Contains("create it first", error.Message);
        Assert.Equal(0, net.Steps);
    }

    [Fact]
    public void A_file_that_can_no_longer_be_written_does_not_end_the_run_and_the_one_before_stays()
    {
        var net = new PlainNet();
        string sub = folder.File("sub");
        Directory.CreateDirectory(sub);
        string path = System.IO.Path.Combine(sub, "run.safetensors"), away = folder.File("away");

        TrainingHistory history = net.Fit(
            Flowers.Train, options: new TrainingOptions { Epochs = 3, Checkpoint = new CheckpointOptions(path) },
            epochCompleted: report =>
            {
                if (report.Epoch == 2)
                    Directory.Move(sub, away); // as a disk that is full, or gone
            });

        Assert.Equal(3, history.Epochs.Count);
        Assert.Contains($"The checkpoint '{path}' could not be written", history.CheckpointProblem);
        Assert.Contains("could not be written", history.ToString());
        Assert.Single(Directory.GetFiles(away));
        var resumed = new PlainNet();
        TrainingHistory rest = resumed.Fit(Flowers.Train, options: new TrainingOptions { Epochs = 3, Checkpoint = new CheckpointOptions(System.IO.Path.Combine(away, "run.safetensors")) { Resume = true } });
        Assert.Equal(2, rest.ResumedEpoch);
        Assert.Equal(net.Parameters.ToArray(), resumed.Parameters.ToArray());
    }

    [Fact]
    public void A_full_disk_leaves_the_file_before_and_nothing_beside_it()
    {
        string path = folder.Write("weights", "before");

        Assert.Throws<IOException>(() => Files.WholeFile.Write(path, "the weights", stream =>
        {
            stream.Write(new byte[1000]);
            throw new IOException("No space left on device");
        }));

        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void What_a_killed_writer_left_is_removed_by_the_next_run()
    {
        folder.Write("run.safetensors.abcdefgh.ijk.tmp", "half");

        new PlainNet().Fit(Flowers.Train, options: Options with { Epochs = 1 });

        Assert.Equal([Path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Checkpoints_are_written_when_they_are_due()
    {
        var written = new List<(int Epoch, long Steps)>();
        void Look(CheckpointOptions when, List<(int, long)> times)
        {
            DateTime last = default;
            long steps = 0;
            new PlainNet().Fit(Flowers.Train, options: new TrainingOptions { Epochs = 4, BatchSize = 40, Checkpoint = when, Callbacks = [new Watch(() =>
            {
                steps++;
                DateTime now = File.GetLastWriteTimeUtc(Path);
                if (now != last)
                    times.Add(((int)((steps - 1) / 3), steps - 1));
                last = now;
            })] });
        }

        Look(new CheckpointOptions(Path) { EveryEpochs = 2 }, written);
        Assert.Equal([0L, 6], written.Select(w => w.Steps));
        written.Clear();
        Look(new CheckpointOptions(Path) { EveryEpochs = 0, EverySteps = 5 }, written);
        Assert.Equal([0L, 5, 10], written.Select(w => w.Steps));
    }

    [Fact]
    public void Time_counts_at_the_ends_of_epochs_too()
    {
        // An epoch of one step has no place within.
        int written = 0;
        DateTime last = default;
        new PlainNet().Fit(Flowers.Train, options: new TrainingOptions
        {
            Epochs = 20, BatchSize = 120, Checkpoint = new CheckpointOptions(Path) { EveryEpochs = 0, Every = TimeSpan.FromTicks(1) },
            Callbacks = [new Watch(() =>
            {
                DateTime now = File.GetLastWriteTimeUtc(Path);
                written += now != last ? 1 : 0;
                last = now;
            })],
        });

        Assert.InRange(written, 10, 20); // a clock that is coarse may give two files one time
    }

    [Fact]
    public void Callbacks_go_on_with_what_they_kept()
    {
        var checkpoint = new CheckpointOptions(Path) { EverySteps = 1 };
        var options = new TrainingOptions { Epochs = 3, BatchSize = 40, Checkpoint = checkpoint };
        var first = new Counter();
        using var stop = new CancellationTokenSource();
        new PlainNet().Fit(Flowers.Train, options: options with { Callbacks = [new Watch(() => { }), first, new Stopper(5, stop)] }, cancellationToken: stop.Token);
        Assert.Equal(5, first.Steps);

        var second = new Counter();
        new PlainNet().Fit(Flowers.Train, options: options with { Callbacks = [new Watch(() => { }), second], Checkpoint = checkpoint with { Resume = true } });

        Assert.Equal(9, second.Steps);
    }

    private sealed class Counter : TrainingCallback
    {
        public int Steps { get; private set; }

        public override void AfterStep(TrainingStatus status) => Steps++;

        public override string SaveState() => Steps.ToString(System.Globalization.CultureInfo.InvariantCulture);

        public override void RestoreState(string state) => Steps = int.Parse(state, System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed class Stopper(int after, CancellationTokenSource stop) : TrainingCallback
    {
        public override void AfterStep(TrainingStatus status)
        {
            if (status.Step == after)
                stop.Cancel();
        }
    }

    [Theory]
    [InlineData(-1, null, null)]
    [InlineData(1, 0L, null)]
    [InlineData(1, null, 0)]
    public void Impossible_times_are_refused(int epochs, long? steps, int? seconds)
    {
        var checkpoint = new CheckpointOptions(Path) { EveryEpochs = epochs, EverySteps = steps, Every = seconds is null ? null : TimeSpan.FromSeconds(seconds.Value) };

        Assert.Throws<ArgumentException>(() => new PlainNet().Fit(Flowers.Train, options: new TrainingOptions { Checkpoint = checkpoint }));
    }

    public void Dispose() => folder.Dispose();

    private static void AssertRefused(Action act, string message) => Assert.Contains(message, Assert.Throws<CheckpointException>(act).Message);

    private sealed class Watch(Action beforeStep) : TrainingCallback
    {
        public override void BeforeStep(TrainingStatus status) => beforeStep();
    }
}
