using System;

namespace NetGen.Training.Loop;

/// <summary>A copy of all that training changes in a network: parameters, the optimizer's state, steps.</summary>
internal sealed class Snapshot<TNetwork> where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly TNetwork network;
    private readonly float[] parameters;
    private readonly float[] optimizerState;
    private long steps;

    /// <summary>A snapshot of the network as it is now.</summary>
    public Snapshot(TNetwork network)
    {
        this.network = network;
        parameters = network.Parameters.ToArray();
        optimizerState = network.OptimizerState.ToArray();
        steps = network.Steps;
    }

    /// <summary>Takes the network as it is now, in the place of what it was.</summary>
    public void Take()
    {
        network.Parameters.CopyTo(parameters);
        network.OptimizerState.CopyTo(optimizerState);
        steps = network.Steps;
    }

    /// <summary>Makes the network what it was.</summary>
    public void Restore()
    {
        parameters.CopyTo(network.Parameters);
        optimizerState.CopyTo(network.OptimizerState);
        network.Steps = steps;
    }
}
