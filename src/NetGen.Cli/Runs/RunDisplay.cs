using System;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>What is shown of a run while it goes on.</summary>
internal interface IRunDisplay
{
    /// <summary>Shows a run from its beginning to its end.</summary>
    TrainingHistory Show(int epochs, Func<Action<EpochReport>, IProgress<TrainingProgress>?, TrainingHistory> run);
}
