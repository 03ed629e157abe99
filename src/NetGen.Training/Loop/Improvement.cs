using System;
using NetGen.Training.Checkpoints;

namespace NetGen.Training.Loop;

/// <summary>Whether validation improves: for the best epoch, for patience, and for the learning rate.</summary>
internal static class Improvement
{
    /// <summary>Takes note of an epoch's validation, and says whether it is the best so far.</summary>
    public static bool Note(RunState state, TrainingOptions options, Evaluation? evaluation)
    {
        if (evaluation is null)
            return false;

        // Of all values less is better.
        double value = options.Monitor is not { } monitor ? evaluation.Loss
            : monitor.HigherIsBetter ? -evaluation.Metrics[monitor.Name]
            : evaluation.Metrics[monitor.Name];
        if (value < state.ToImprove - options.MinDelta)
        {
            state.ToImprove = value;
            state.LastImprovement = state.Epoch;
        }

        if (options.ReduceOnPlateau is { } plateau)
            NotePlateau(state, plateau, value);
        bool isBest = value < state.Lowest;
        if (isBest)
            state.Lowest = value;
        return isBest;
    }

    /// <summary>A learning rate, lowered by the plateaus so far.</summary>
    public static float Reduced(float rate, RunState state, TrainingOptions options) => options.ReduceOnPlateau is { } plateau && state.RateFactor < 1
        ? Math.Max(rate * state.RateFactor, Math.Min(rate, plateau.MinLearningRate))
        : rate;

    private static void NotePlateau(RunState state, ReduceOnPlateau plateau, double value)
    {
        if (state.PlateauCooldown > 0)
        {
            state.PlateauCooldown--;
            state.PlateauWait = 0;
        }

        if (value < state.PlateauBest - plateau.MinDelta)
        {
            state.PlateauBest = value;
            state.PlateauWait = 0;
        }
        else if (state.PlateauCooldown == 0 && ++state.PlateauWait >= plateau.Patience)
        {
            state.RateFactor *= plateau.Factor;
            state.PlateauWait = 0;
            state.PlateauCooldown = plateau.Cooldown;
        }
    }
}
