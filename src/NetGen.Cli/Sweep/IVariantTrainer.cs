using System.Collections.Generic;
using System.Threading;

namespace NetGen.Cli.Sweep;

/// <summary>Trains the variants of a sweep, each on the same data.</summary>
internal interface IVariantTrainer
{
    /// <summary>The figure that variants are compared by: "validation loss", "accuracy", "RMSE", ….</summary>
    string Measure { get; }

    /// <summary>Whether more of it is better.</summary>
    bool HigherIsBetter { get; }

    /// <summary>The folds that each variant is trained on: 1 where there is one validation set.</summary>
    int Folds { get; }

    /// <summary>
    /// What the data and the settings of training are, as a text: another one where results would be others. With a network's hash it tells a variant, so that
    /// a sweep that goes on (<c>--resume</c>) does not mix results.
    /// </summary>
    string Identity { get; }

    /// <summary>The samples and how they are divided, as a sentence without its dot.</summary>
    string Data => "";

    /// <summary>Trains a variant on one thread. Variants and folds may be trained at the same time.</summary>
    /// <param name="spec">The variant's spec, which has been checked.</param>
    /// <param name="fold">From 0.</param>
    /// <param name="cancelled">Ends it early by an OperationCanceledException.</param>
    /// <exception cref="NetGen.Training.TrainingDivergedException">The loss became NaN or infinite: the variant has no result, and others go on.</exception>
    VariantResult Train(LoadedSpec spec, int fold, CancellationToken cancelled);
}

/// <summary>What a variant reached in one fold.</summary>
/// <param name="Score">The <see cref="IVariantTrainer.Measure"/> on the validation data, of the best epoch.</param>
/// <param name="ValidationLoss">The loss on the validation data, of the best epoch.</param>
/// <param name="TrainingLoss">The loss on the training data, of that epoch.</param>
/// <param name="Figures">Further figures on the validation data, by name.</param>
/// <param name="Epochs">The epochs that were trained.</param>
/// <param name="BestEpoch">The best of them.</param>
/// <param name="Parameters">The network's.</param>
/// <param name="Seconds">The time of training, without compiling.</param>
internal sealed record VariantResult(
    double Score, double ValidationLoss, double TrainingLoss, IReadOnlyDictionary<string, double> Figures, int Epochs, int BestEpoch, int Parameters,
    double Seconds);
