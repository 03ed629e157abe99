using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NetGen.Training.Mpi;

namespace NetGen.Training.Runs;

/// <summary>
/// <c>train</c>: trains on the digits, prints the losses with all their digits and a hash of the weights, and can be killed and resumed.
/// </summary>
internal sealed class TrainCommand : Command
{
    private readonly Option<string> net = new("--net") { Description = "mlp (dropout, Adam), plain (SGD) or conv", DefaultValueFactory = static _ => "mlp" };
    private readonly Option<int> epochs = new("--epochs") { DefaultValueFactory = static _ => 3 };
    private readonly Option<long?> steps = new("--steps") { Description = "so many steps instead of epochs" };
    private readonly Option<int> batch = new("--batch") { Description = "samples of a step, in each process", DefaultValueFactory = static _ => 32 };
    private readonly Option<int> accumulate = new("--accumulate") { DefaultValueFactory = static _ => 1 };
    private readonly Option<int> workers = new("--workers") { DefaultValueFactory = static _ => 1 };
    private readonly Option<int?> shards = new("--shards");
    private readonly Option<float?> average = new("--average") { Description = "the decay of the moving average of the weights" };
    private readonly Option<int> seed = new("--seed") { DefaultValueFactory = static _ => 1 };
    private readonly Option<string?> checkpoint = new("--checkpoint") { Description = "the file" };
    private readonly Option<long?> everySteps = new("--every-steps") { Description = "saves a checkpoint after every so many steps" };
    private readonly Option<bool> resume = new("--resume");
    private readonly Option<string?> output = new("--out") { Description = "the file that the weights are saved to" };
    private readonly Option<int> slow = new("--slow") { Description = "milliseconds of sleep after each step" };
    private readonly Option<bool> mpi = new("--mpi") { Description = "trains with the processes that mpirun started" };
    private readonly Option<int?> failRank = new("--fail-rank") { Description = "the process that fails" };
    private readonly Option<long> failStep = new("--fail-step") { Description = "after which step it fails", DefaultValueFactory = static _ => 10 };
    private readonly Option<string> failHow = new("--fail-how") { Description = "throw, catch, exit, return, cancel, stop or hang", DefaultValueFactory = static _ => "throw" };

    public TrainCommand() : base("train", "Trains on the digits.")
    {
        foreach (Option option in new Option[] { net, epochs, steps, batch, accumulate, workers, shards, average, seed, checkpoint, everySteps, resume, output, slow, mpi, failRank, failStep, failHow })
            Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult args)
    {
        MpiGroup? group = args.GetValue(mpi) ? MpiGroup.Start() : null;
        int rank = group?.Rank ?? 0;
        Console.WriteLine($"process {rank} of {group?.Count ?? 1}: pid {Environment.ProcessId}");
        string how = args.GetValue(failHow)!;
        var failure = args.GetValue(failRank) == rank ? new Failure(args.GetValue(failStep), how) : null;
        try
        {
            int code = args.GetValue(net) switch
            {
                "mlp" => Train(new Mlp(), args, group, failure),
                "plain" => Train(new Plain(), args, group, failure),
                "conv" => Train(new Conv(), args, group, failure),
                var other => throw new ArgumentException($"There is no network '{other}'; give mlp, plain or conv."),
            };
            group?.Dispose();
            return code;
        }
        catch (ExpectedException) when (how is "catch" or "return")
        {
            // A program that catches what it can: the other processes must not wait for it for ever.
            if (how == "catch")
                group?.Dispose();
            return 0;
        }
    }

    private int Train<TNetwork>(TNetwork network, ParseResult args, MpiGroup? group, Failure? failure) where TNetwork : class, IClassifierNetwork<TNetwork>
    {
        (LabeledDataset train, LabeledDataset validation) = Digits.Load();
        List<TrainingCallback> callbacks = [];
        if (args.GetValue(slow) is > 0 and var pause)
            callbacks.Add(new Sleep(pause));
        if (failure is not null)
            callbacks.Add(failure);
        var options = new TrainingOptions
        {
            Epochs = args.GetValue(epochs),
            Steps = args.GetValue(steps),
            BatchSize = args.GetValue(batch),
            AccumulateBatches = args.GetValue(accumulate),
            Workers = args.GetValue(workers),
            Shards = args.GetValue(shards),
            AverageDecay = args.GetValue(average),
            Seed = args.GetValue(seed),
            Callbacks = callbacks,
            Processes = group,
            Checkpoint = args.GetValue(checkpoint) is not { } path ? null : new CheckpointOptions(path) { EverySteps = args.GetValue(everySteps), Resume = args.GetValue(resume) },
        };

        bool prints = group is null or { Rank: 0 };
        TrainingHistory history = network.Fit(train, validation, options, prints ? Print : null, failure?.Cancellation ?? default);
        if (!prints)
            return 0;
        if (history.ResumedEpoch is { } epoch)
            Console.WriteLine($"resumed in epoch {epoch}");
        Console.WriteLine($"{history.StopReason} after {history.Steps} steps");
        Console.WriteLine($"weights {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(network.Parameters)))}");
        Console.WriteLine($"state {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(network.OptimizerState)))}");
        if (history.CheckpointProblem is { } problem)
            Console.WriteLine(problem);
        if (args.GetValue(output) is { } file)
            network.SaveWeights(file);
        return 0;
    }

    private static void Print(EpochReport report) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"epoch {report.Epoch}: train {report.TrainLoss:R}, validation {report.ValidationLoss:R}, accuracy {report.ValidationAccuracy:R}"));

    private sealed class Sleep(int milliseconds) : TrainingCallback
    {
        public override void AfterStep(TrainingStatus status) => System.Threading.Thread.Sleep(milliseconds);
    }
}
