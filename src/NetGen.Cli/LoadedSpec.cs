using System;
using System.IO;
using NetGen.Cli.Output;
using NetGen.Compiler;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Cli;

/// <summary>A spec without errors, for the commands that take one.</summary>
internal sealed record LoadedSpec(string Path, string Text, Network Network)
{
    /// <summary>The weights that are compiled in, where they were asked for.</summary>
    public BakedWeights? Weights { get; init; }

    /// <summary>The file's name without its ending, which is the network's name where none is given.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Reads and checks a file; null after it has been said what is wrong.</summary>
    /// <param name="withWeights">The weights that it is compiled with are read too.</param>
    public static LoadedSpec? Read(string path, Terminal terminal, bool withWeights = false)
    {
        try
        {
            string text = SpecFile.Read(path).Text;
            CheckResult check = NetworkCompiler.Check(text);
            BakedWeights? weights = null;
            if (withWeights)
                (check, weights) = WeightReader.Read(check, path, isForSource: true);
            if (check.Network is { } network)
                return new LoadedSpec(path, text, network) { Weights = weights };
            foreach (Diagnostic diagnostic in check.Diagnostics)
            {
                if (diagnostic.IsError)
                    terminal.Error.WriteLine(Terminal.Printable(diagnostic.ToString(path)));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Problem($"{path}: {(Directory.Exists(path) ? "it is a folder; name a spec file" : SpecFinder.Reason(e))}");
        }

        return null;
    }
}
