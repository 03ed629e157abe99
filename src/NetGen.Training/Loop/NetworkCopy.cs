using System;

namespace NetGen.Training.Loop;

/// <summary>A copy of all that training changes in a network: parameters, the optimizer's state, steps.</summary>
internal sealed class NetworkCopy<TNetwork>(TNetwork network) where TNetwork : class, ITrainableNetwork<TNetwork>
{
    /// <summary>The parameters; of a run that averages them, the average.</summary>
    public float[] Parameters { get; } = network.Parameters.ToArray();

    /// <summary>The optimizer's state.</summary>
    public float[] OptimizerState { get; } = network.OptimizerState.ToArray();

    /// <summary>The steps taken.</summary>
    public long Steps { get; set; } = network.Steps;

    /// <summary>Takes the network as it is now, in the place of what it was.</summary>
    /// <param name="average">Is taken in the place of its parameters, where it is not null.</param>
    public void Take(AlignedFloats? average)
    {
        (average is null ? network.Parameters : average.Span).CopyTo(Parameters);
        network.OptimizerState.CopyTo(OptimizerState);
        Steps = network.Steps;
    }

    /// <summary>Makes the network what it was.</summary>
    public void Restore()
    {
        Parameters.CopyTo(network.Parameters);
        OptimizerState.CopyTo(network.OptimizerState);
        network.Steps = Steps;
    }
}
