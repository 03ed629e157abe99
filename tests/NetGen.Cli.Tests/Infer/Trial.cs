using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using NetGen.Cli.Infer;
using NetGen.Training;
using Xunit;

namespace NetGen.Cli.Tests.Infer;

/// <summary>Trains by a proposal as a user would: the file read by its options, a fifth of the rows for validation and a fifth of the rest for test.</summary>
internal sealed class Trial
{
    private readonly string _file;
    private readonly Proposal _proposal;
    private readonly Type _program;

    public Trial(string file, Proposal proposal)
    {
        (_file, _proposal) = (file, proposal);
        Assembly assembly = InMemoryCompiler.CompileProgram([("Program.cs", Program(proposal.IsClassification)), ("net.yaml", proposal.Yaml)]);
        _program = assembly.GetType("Program")!;
    }

    /// <summary>A file of examples/data.</summary>
    public static string Example(string name) => Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../examples/data", name);

    /// <summary>What the network does on rows that it never saw: the accuracy, or R2.</summary>
    public double Run(int seed)
    {
        var options = new TrainingOptions { Epochs = _proposal.Epochs, BatchSize = _proposal.BatchSize, Patience = _proposal.Patience, Seed = seed };
        if (_proposal.IsClassification)
        {
            LabeledDataset all = Dataset.FromCsv(_file, _proposal.Answers[0], _proposal.ClassNames, _proposal.Options);
            (LabeledDataset rest, LabeledDataset test) = all.Split(0.2, seed, stratify: true);
            (LabeledDataset train, LabeledDataset validation) = rest.Split(0.2, seed, stratify: true);
            return Call(train, validation, test, options);
        }
        else
        {
            (TargetDataset rest, TargetDataset test) = Dataset.FromCsv(_file, _proposal.Answers, _proposal.Options).Split(0.2, seed);
            (TargetDataset train, TargetDataset validation) = rest.Split(0.2, seed);
            return Call(train, validation, test, options);
        }
    }

    private double Call(params object[] arguments) => (double)_program.GetMethod("Score")!.Invoke(null, arguments)!;

    private static string Program(bool isClassification)
    {
        string data = isClassification ? "LabeledDataset" : "TargetDataset";
        string score = isClassification ? "Metrics.Accuracy(net.Predict(test), test.Labels)" : "Metrics.R2(net.Predict(test), test.Targets, test.TargetSize)";
        return $$"""
            using NetGen;
            using NetGen.Training;

            /// <summary>The proposed network.</summary>
            [Network("net.yaml")]
            public partial class Net;

            /// <summary>Trains it.</summary>
            public static class Program
            {
                internal static void Main()
                {
                }

                /// <summary>How well it does on the test set.</summary>
                public static double Score({{data}} train, {{data}} validation, {{data}} test, TrainingOptions options)
                {
                    var net = new Net(options.Seed);
                    net.Adapt(train);
                    net.Fit(train, validation, options);
                    return {{score}};
                }
            }
            """;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
