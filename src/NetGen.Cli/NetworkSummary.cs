using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Passes;

namespace NetGen.Cli;

/// <summary>What a network is and costs, by the compiler's own figures.</summary>
/// <param name="TrainingScratchBytes">Of a step on one sample; null without a loss.</param>
/// <param name="StreamStateBytes">What a stream keeps from one step to the next; null where the network has no such step.</param>
/// <param name="Times">Estimates of inference, of each class of machine.</param>
internal sealed record NetworkSummary(
    Network Network, IReadOnlyList<SummaryRow> Rows, Costs Costs, long? TrainingScratchBytes, long? StreamStateBytes, IReadOnlyList<TimeEstimate> Times)
{
    public long TrainedParameters => Network.Parameters.Where(static p => p.Parameter.IsTrained).Sum(static p => (long)p.Parameter.Size);

    public static NetworkSummary Of(Network network)
    {
        Compiler.Passes.Program program = Compiler.Passes.Program.Of(network);
        var strategies = new ChooseStrategy(program, hasVectors: true);
        return new NetworkSummary(
            network, SummaryRow.Of(program), Costs.Of(program), program.Training is { } training ? 4L * training.Plan.Size : null,
            program.Step is { } step ? 4L * step.StateSize : null, [.. Machine.All.Select(m => TimeEstimate.Of(program, strategies, m))]);
    }
}
