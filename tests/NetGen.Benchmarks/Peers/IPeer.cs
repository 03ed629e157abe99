using System;
using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>A library or compiler that does what generated code does.</summary>
/// <remarks>A new one is a class and a line in <see cref="PeerRegistry"/>.</remarks>
internal interface IPeer : IDisposable
{
    /// <summary>What selects it on the command line.</summary>
    string Name { get; }

    /// <summary>What was found on this machine; null if it is not installed.</summary>
    string? Version { get; }

    /// <summary>The command that installs it.</summary>
    string InstallCommand { get; }

    /// <summary>
    /// Whether it is code whose loops are arranged for registers by hand, as ours are by the generator: it stands beside, for
    /// orientation; goals are stated against the others.
    /// </summary>
    bool IsBlockedByHand => false;

    /// <summary>Why it cannot do this; null if it can.</summary>
    string? Refusal(BenchmarkNet net, BenchmarkTask task);

    /// <summary>Every way in which it may do the task; the fastest right one is what it is known by.</summary>
    IReadOnlyList<IContender> Prepare(Workload workload);
}

/// <summary>One way of doing a task, ready to run on a <see cref="Workload"/>.</summary>
internal interface IContender : IDisposable
{
    /// <summary>What tells it from the peer's others: a layout, a member.</summary>
    string Form { get; }

    /// <summary>The outputs of every set of samples, with the initial parameters; asked of inference alone.</summary>
    float[] Outputs();

    /// <summary>The parameters after one step on the first set, from the initial ones, in the common order; asked of steps alone.</summary>
    float[] ParametersAfterStep(float learningRate);

    /// <summary>Nanoseconds of so many calls on the sets in turn; steps start from the initial parameters, restored before the clock runs.</summary>
    double Time(long calls);
}
