using System;
using System.IO;
using NetGen.Compiler;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Weights;

namespace NetGen.Cli;

/// <summary>The weights that a spec is compiled with: here the file is opened, where a build has a step that does so.</summary>
internal static class WeightReader
{
    /// <summary>Weights of more bytes make a file that no editor opens and that takes compilers a minute.</summary>
    private const long MostInFile = 1 << 22;

    /// <summary>The spec's weights, or what is wrong with them as an error of the spec.</summary>
    /// <param name="path">The spec's.</param>
    /// <param name="isForSource">They are written as numbers.</param>
    public static (CheckResult Result, BakedWeights? Weights) Read(CheckResult result, string path, bool isForSource = false)
    {
        if (result.Network is not { Weights: { } option } network)
            return (result, null);
        CheckResult Failed(Rule rule, string message) => result.WithWeightsError(rule, message) with { Network = null };
        string file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path) ?? "", option.Path));
        try
        {
            if (!File.Exists(file))
            {
                string what = Directory.Exists(file) ? "that is a folder" : "put the file there, or write its path relative to the spec";
                return (Failed(Rules.WeightsNotFound, $"the weight file '{option.File}' was not found: looked for '{file}'; {what}"), null);
            }

            if (isForSource && 4L * network.ParameterCount > MostInFile)
            {
                return (Failed(Rules.UnusableWeights,
                    $"{option.File}: {Compiler.Text.CSharpLiteral.Grouped(4L * network.ParameterCount)} bytes of weights are too many to be written as numbers, above {Compiler.Text.CSharpLiteral.Grouped(MostInFile)}; build the spec in a project, which takes them as a resource, or leave 'weights' out and load them at run time"), null);
            }

            using FileStream stream = File.OpenRead(file);
            SafetensorsFile tensors = SafetensorsFile.Read(stream, option.File);
            return (result, BakedWeights.Of(network, new Handover(file, BakedLayout.Hash(tensors.Data), null, null, tensors.Tensors, tensors.Data, [])));
        }
        catch (WeightsException e)
        {
            return (Failed(Rules.UnusableWeights, e.Message), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (Failed(Rules.UnusableWeights, $"{option.File}: it cannot be read: {SpecFinder.Reason(e)}"), null);
        }
    }
}
