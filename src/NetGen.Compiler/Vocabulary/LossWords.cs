using static NetGen.Compiler.Vocabulary.Meaning;

namespace NetGen.Compiler.Vocabulary;

/// <summary>Other libraries' losses.</summary>
internal static class LossWords
{
    private const string Indices = "which takes class indices too, as ints";

    public static readonly Glossary All = new(
        Is("mean_squared_error", "mse mse_loss mean_squared l2 l2_loss quadratic mean_square_error"),
        Is("squared_error", "sse sum_squared_error sum_of_squares sum_of_squared_errors"),
        Is("mean_absolute_error", "mae l1 l1_loss mae_loss mean_absolute absolute_error"),
        Is("huber", "huber_loss smooth_l1 smooth_l1_loss"),
        Is("hinge", "hinge_loss binary_hinge max_margin"),
        Is("binary_cross_entropy", "bce bce_loss binary_crossentropy binary_crossentropy_loss log_loss logistic_loss"),
        Is("binary_cross_entropy_with_logits", "bce_with_logits bce_with_logits_loss bce_logits sigmoid_cross_entropy sigmoid_cross_entropy_with_logits binary_crossentropy_with_logits"),
        Is("cross_entropy", "categorical_crossentropy crossentropy ce xent softmax_loss"),
        Is("cross_entropy", "sparse_categorical_crossentropy sparse_cross_entropy", Indices),
        Is("cross_entropy", "nll nll_loss negative_log_likelihood log_likelihood", "which takes the output of a log_softmax as it is"),
        Is("cross_entropy_with_logits", "cross_entropy_loss ce_loss softmax_cross_entropy softmax_cross_entropy_with_logits crossentropy_with_logits",
            "on a last layer without a softmax, as PyTorch's CrossEntropyLoss takes it"),
        Is("cross_entropy_with_logits", "sparse_softmax_cross_entropy_with_logits sparse_softmax_cross_entropy", Indices),
        None("kl kl_div kl_div_loss kl_divergence kullback_leibler_divergence kld", "for targets that are given, the gradient of cross_entropy is the same; use cross_entropy"),
        None("rmse root_mean_squared_error", "its smallest value stands where mean_squared_error's does; use mean_squared_error"),
        None("log_cosh", "the nearest is huber, which grows like a line as well"),
        None("squared_hinge categorical_hinge multi_margin_loss hinge_embedding_loss soft_margin_loss", "of this kind there is hinge, with targets of -1 and 1"),
        None("focal focal_loss binary_focal_crossentropy categorical_focal_crossentropy", "there is no focal loss; use cross_entropy or binary_cross_entropy"),
        None("mape mean_absolute_percentage_error msle mean_squared_logarithmic_error smape", "scale the targets, or take their logarithm, and use mean_absolute_error or mean_squared_error"),
        None("poisson poisson_nll_loss gaussian_nll_loss", "there is none for counts; use mean_squared_error on their square roots or logarithms"),
        None("cosine_similarity cosine_embedding_loss triplet_margin_loss triplet contrastive margin_ranking_loss ctc ctc_loss dice dice_loss tversky",
            "a loss compares outputs with targets one by one; there are squared and absolute errors, hinge and cross-entropies"),
        None("accuracy auc precision recall f1", "that is a metric, which Evaluate of NetGen.Training reports; a loss has a gradient, as cross_entropy has"),
        None("none null no", "leave the key 'loss' out of a network that is not trained"));
}
