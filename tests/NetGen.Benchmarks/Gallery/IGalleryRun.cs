using System;

namespace NetGen.Benchmarks;

/// <summary>One way to run a network of the gallery: on samples in turn, one a call; of one that runs step by step, on the steps of a stream.</summary>
internal interface IGalleryRun : IDisposable
{
    /// <summary>What it gives for each sample.</summary>
    float[] Outputs();

    /// <summary>Nanoseconds of so many calls.</summary>
    double Time(long calls);
}
