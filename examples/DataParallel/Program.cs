using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NetGen;
using NetGen.Training;
using NetGen.Training.Mpi;

// Under mpirun, a group of as many processes as it starts; otherwise of one.
using MpiGroup group = MpiGroup.Start();
LabeledDataset digits = Dataset.FromCsv(Path.Combine(AppContext.BaseDirectory, "digits.csv"), label: "digit");
(LabeledDataset train, LabeledDataset test) = digits.Split(testFraction: 0.2, seed: 1, stratify: true);

if (group.Count > 1)
{
    // Each process takes its part of every batch of 128, and the gradients are added over all of them.
    var options = new TrainingOptions { Epochs = 15, BatchSize = 128 / group.Count, DropLast = true, Seed = 1, Processes = group };
    var net = new Digits();
    TrainingHistory history = net.Fit(train, test, options);
    if (group.Rank == 0)
    {
        Console.WriteLine($"{group.Count} processes, batches of {options.BatchSize} each: {history.Duration.TotalSeconds:0.00} s");
        Console.WriteLine($"test accuracy {net.Evaluate(test).Accuracy:0.0000}, parameters {Fingerprint(net)}");
    }

    return 0;
}

// Four shards of a batch, computed by one, two or four threads: the same bits.
Console.WriteLine($"{train.Count:N0} digits to train on, {test.Count} to test; {Digits.ParameterCount:N0} parameters; {Environment.ProcessorCount} processors");
string first = "";
bool areSame = true;
foreach (int workers in new[] { 1, 2, 4 })
{
    var options = new TrainingOptions { Epochs = 15, BatchSize = 128, Seed = 1, Workers = workers, Shards = 4 };
    var net = new Digits();
    net.Fit(train, options: options with { Epochs = 4 }); // compiled, and warm
    net = new Digits();
    var clock = Stopwatch.StartNew();
    TrainingHistory history = net.Fit(train, test, options);
    first = first == "" ? Fingerprint(net) : first;
    areSame &= first == Fingerprint(net);
    Console.WriteLine($"{workers} {(workers == 1 ? "worker: " : "workers:")}  {clock.Elapsed.TotalSeconds:0.00} s   test accuracy {net.Evaluate(test).Accuracy:0.0000}   parameters {Fingerprint(net)}");
}

Console.WriteLine($"The parameters are {(areSame ? "the same, bit for bit" : "DIFFERENT")}.");
return areSame ? 0 : 1;

// FNV-1a over the bits of the parameters.
static string Fingerprint(Digits net)
{
    ulong hash = 14695981039346656037;
    foreach (float parameter in net.Parameters)
        hash = (hash ^ BitConverter.SingleToUInt32Bits(parameter)) * 1099511628211;
    return $"{hash:x16}";
}

/// <summary>An 8x8 image of a handwritten digit, with pixels from 0 to 16, to the probabilities of the ten digits.</summary>
[Network("digits.yaml")]
public partial class Digits;
