using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>What the command line of <c>peers</c>, <c>shapes</c>, <c>sequences</c>, <c>memory-bound</c> or <c>crossover</c> asks for.</summary>
internal sealed record PeerOptions(Suite Suite)
{
    public const string Usage =
        "peers|shapes|sequences|memory-bound|crossover [--net A,B] [--task infer1,infer64,step1,step32] [--peer ours,gcc] [--quick] [--rounds N] [--core N] "
        + "[--csv FILE] [--markdown FILE] [--svg FILE]";

    private const int QuickRounds = 7;

    public IReadOnlyList<BenchmarkNet> Nets { get; init; } = Suite.Nets;

    public IReadOnlyList<BenchmarkTask> Tasks { get; private init; } = Suite.Tasks;

    public IReadOnlyList<string> Peers { get; private init; } = Suite.Peers;

    public int Rounds { get; private init; } = 21;

    /// <summary>The core to measure on; preparation stays where the process was put.</summary>
    public int Core { get; private init; } = Affinity.LastCore();

    public string? Csv { get; private init; }

    public string? Markdown { get; private init; }

    public string? Svg { get; private init; }

    /// <summary>What was asked for, for the reports: without the folders of files, which are nobody's business.</summary>
    public string CommandLine { get; private init; } = "";

    public bool Includes(string peer) => Peers.Contains(peer);

    /// <summary>Throws <see cref="ArgumentException"/> with what is wrong.</summary>
    public static PeerOptions Parse(Suite suite, ReadOnlySpan<string> arguments)
    {
        PeerOptions options = new(suite) { CommandLine = string.Join(' ', [suite.Verb, .. arguments.ToArray().Select(a => Path.GetFileName(a))]) };
        for (int k = 0; k < arguments.Length; k += 2)
        {
            string name = arguments[k];
            if (name == "--quick")
            {
                options = options with { Rounds = QuickRounds };
                k--;
                continue;
            }

            string value = k + 1 < arguments.Length ? arguments[k + 1] : throw new ArgumentException($"{name} needs a value");
            options = name switch
            {
                "--net" => options with { Nets = Choose(name, value, suite.Nets, n => n.Name) },
                "--task" => options with { Tasks = Choose(name, value, suite.Tasks, t => t.Name) },
                "--peer" => options with { Peers = Choose(name, value, suite.Peers, p => p) },
                "--rounds" => options with { Rounds = Number(name, value, 1) },
                "--core" => options with { Core = Number(name, value, 0) },
                "--csv" => options with { Csv = value },
                "--markdown" => options with { Markdown = value },
                "--svg" => options with { Svg = value },
                _ => throw new ArgumentException($"unknown option {name}"),
            };
        }

        return options;
    }

    private static IReadOnlyList<T> Choose<T>(string option, string value, IReadOnlyList<T> all, Func<T, string> name)
    {
        List<T> chosen = [];
        foreach (string word in value.Split(','))
        {
            int place = all.ToList().FindIndex(item => name(item).Equals(word, StringComparison.OrdinalIgnoreCase));
            if (place < 0)
                throw new ArgumentException($"{option} {word}: there are {string.Join(", ", all.Select(name))}");
            chosen.Add(all[place]);
        }

        return chosen;
    }

    private static int Number(string option, string value, int least) =>
        int.TryParse(value, out int number) && number >= least
            ? number
            : throw new ArgumentException($"{option} {value}: not a whole number of at least {least}");
}
