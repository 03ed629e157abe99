using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Losses;

namespace NetGen.Cli.Runs;

/// <summary>What a network needs so that the tool can train it, and measure how good it is.</summary>
internal static class TrainableSpec
{
    /// <summary>Why it cannot, with what to do; null where it can.</summary>
    public static string? ObstacleOf(Network network)
    {
        if (network.Outputs.Count > 1)
        {
            return $"the network has {network.Outputs.Count} outputs ({string.Join(", ", network.Outputs.Select(static o => o.Name))}), but a data file of the tool has targets of one; "
                + "train it in C#, by TrainStep or by Fit of NetGen.Training on a TargetDataset of TargetSize numbers for each sample";
        }

        if (network.Loss is not null)
            return null;
        string fitting = network.EndOf(network.Outputs[0]).FittingLoss ?? "mean_squared_error";
        return $"the spec has no loss, so there is nothing to train by; write loss: {fitting} (or another of {string.Join(", ", LossRegistry.Losses.Names)})";
    }

    /// <exception cref="RunException">It cannot.</exception>
    public static void Check(LoadedSpec spec)
    {
        if (ObstacleOf(spec.Network) is { } obstacle)
            throw new RunException($"{spec.Path}: {obstacle}");
    }
}
