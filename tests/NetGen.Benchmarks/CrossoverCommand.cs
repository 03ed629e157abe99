using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary><c>crossover --from</c>: the picture of what was measured before, in one run or in one for each network.</summary>
internal static class CrossoverCommand
{
    public const string Usage = "crossover --from FILE.csv[,FILE.csv] --svg FILE";

    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not ["--from", string from, "--svg", string to])
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        IReadOnlyList<string> files = from.Split(',');
        if (files.FirstOrDefault(f => !File.Exists(f)) is string missing)
        {
            Console.Error.WriteLine($"--from {missing}: there is no such file");
            return 2;
        }

        try
        {
            File.WriteAllText(to, CrossoverSvg.Write(Crossover.Read(files)));
            return 0;
        }
        catch (InvalidDataException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }
}
