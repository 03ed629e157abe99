using System.IO;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>A network with the weights of a file, for the commands that apply one.</summary>
/// <param name="Network">The network.</param>
/// <param name="Info">What the file says beside.</param>
internal sealed record TrainedWeights(RunnableNetwork Network, WeightsInfo Info)
{
    /// <summary>Loads the weights that a command names, or else those of the spec's last run, or those that the spec names.</summary>
    /// <exception cref="RunException">There are none.</exception>
    public static TrainedWeights Load(LoadedSpec spec, RunnableNetwork network, string? path)
    {
        path ??= Usual(spec) ?? throw new RunException(
            $"there are no weights: {RunFiles.WeightsOf(RunFiles.NameOf(spec.Path))} is not in this folder; name a file by --weights, "
                + $"or train the network by netgen train {spec.Path} --data FILE");
        return new TrainedWeights(network, network.Load(path));
    }

    /// <summary>The file that a command takes where none is named; null where there is none.</summary>
    public static string? Usual(LoadedSpec spec)
    {
        string trained = RunFiles.WeightsOf(RunFiles.NameOf(spec.Path));
        return File.Exists(trained) ? trained
            : spec.Network.Weights is { } option ? Path.Combine(Path.GetDirectoryName(spec.Path) ?? "", option.Path)
            : null;
    }
}
