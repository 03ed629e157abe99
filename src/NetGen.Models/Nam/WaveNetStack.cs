using System.Collections.Generic;
using NetGen.Compiler.Text;

namespace NetGen.Models.Nam;

/// <summary>A stack of layers of a WaveNet, as its configuration has it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Activation">As a spec has it.</param>
/// <param name="ActivationOptions">Its options there; empty for none.</param>
internal sealed record WaveNetStack(
    int Number, int InputSize, int ConditionSize, int HeadSize, int Channels, int KernelSize, IReadOnlyList<int> Dilations, string Activation,
    string ActivationOptions, bool IsGated, bool HasHeadBias)
{
    public static WaveNetStack Of(NamObject config, int number)
    {
        config.CheckKeys("input_size", "condition_size", "head_size", "channels", "kernel_size", "dilations", "activation", "gated", "head_bias");
        (string activation, string options) = ActivationOf(config);
        return new WaveNetStack(
            number, config.Size("input_size"), config.Size("condition_size"), config.Size("head_size"), config.Size("channels"), config.Size("kernel_size"),
                config.Sizes("dilations"),
            activation, options, config.Flag("gated"), config.Flag("head_bias"));
    }

    private static (string, string) ActivationOf(NamObject config) => config.Text("activation") switch
    {
        "Tanh" => ("tanh", ""),
        "Hardtanh" => ("clip", "min: -1, max: 1"),
        "ReLU" => ("relu", ""),
        "LeakyReLU" => ("leaky_relu", "negative_slope: 0.01"),
        "Sigmoid" => ("sigmoid", ""),
        "SiLU" => ("silu", ""),
        "Hardswish" => ("hard_swish", ""),
        "Softsign" => ("softsign", ""),
        var other => throw new ImportException(
            $"{config.Path}.activation is {Excerpt.Quote(other)}; Tanh, Hardtanh, ReLU, LeakyReLU, Sigmoid, SiLU, Hardswish and Softsign can be imported."),
    };
}
