using System.Collections.Generic;

namespace NetGen.Compiler.Emit;

/// <summary>
/// The public names that every network class gains, whether the network of today needs them or not: no such class can be called like one of them.
/// </summary>
internal static class PublicNames
{
    /// <summary>Constants, properties and nested types.</summary>
    public static readonly HashSet<string> Values =
    [
        "InputSize", "OutputSize", "ParameterCount", "ParameterBufferSize", "ScratchSize", "OptimizerStateSize",
        "StepInputSize", "StepOutputSize", "StateSize", "ParameterTable", "ParameterInfo", "Parameters", "Gradients", "Steps",
    ];

    public static readonly HashSet<string> Methods =
        ["Forward", "Step", "Backward", "Loss", "SgdStep", "OptimizerStep", "TrainStep", "TrainingScratchSize", "Predict"];

    /// <summary>What a class gains whose inputs or outputs have names.</summary>
    public static readonly HashSet<string> OfParts = ["TargetSize", "Inputs", "Outputs", "Targets", "ForwardParts"];

    public static bool Contains(string name) => Values.Contains(name) || Methods.Contains(name);
}
