using static NetGen.Compiler.Vocabulary.Meaning;

namespace NetGen.Compiler.Vocabulary;

/// <summary>Other libraries' arguments of all but layers. One word may stand for several keys: it means the one that its owner has.</summary>
internal static class OptionWords
{
    /// <summary>Of activations, losses, optimizers, schedules and initializers; of the input, the budget and the weights.</summary>
    public static readonly Glossary All = new(
        // Activations, losses, optimizers, schedules, initializers.
        Is("negative_slope", "alpha slope leak leakiness"),
        Is("reduction", "reduce reduction_mode"),
        Is("delta", "beta threshold"),
        Is("label_smoothing", "smoothing label_smooth smooth"),
        Is("class_weight", "class_weights weights class_w"),
        Is("pos_weight", "positive_weight pos_weights positive_weights"),
        Is("ignore_label", "ignore_index ignore_class ignored_label mask_value"),
        Is("weight", "loss_weight factor scale"),
        Is("learning_rate", "lr eta step_size rate learn_rate base_lr"),
        Is("beta_1", "b1"),
        Is("beta_2", "b2"),
        new Meaning("betas beta", Text.EquatableArray.Of("beta_1", "beta_2"), "a number each, as in beta_1: 0.9, beta_2: 0.999", IsSame: false),
        Is("rho", "alpha smoothing smoothing_constant decay decay_rate"),
        Is("weight_decay", "wd weight_decay_rate"),
        Is("clip_norm", "global_clip_norm max_norm max_grad_norm grad_clip clip clip_grad_norm gradient_clip_norm gradient_clip"),
        Is("clip_value", "grad_clip_value clip_grad_value max_grad_value gradient_clip_value"),
        Is("from", "initial start begin initial_learning_rate lr base_lr learning_rate value init"),
        Is("to", "end final stop min_lr eta_min end_learning_rate final_lr alpha min"),
        Is("steps", "t_max decay_steps total_steps num_steps max_steps iterations duration"),
        Is("warmup", "warmup_steps warm_up"),
        Is("factor", "gamma decay_rate drop decay"),
        Is("every", "step_size decay_steps interval period steps"),
        Is("decay", "gamma decay_rate rate factor"),
        Is("minval", "low a from min lower minimum"),
        Is("maxval", "high b to max upper maximum"),
        Is("mean", "mu loc average"),
        Is("stddev", "std sigma sd scale standard_deviation"),
        Is("value", "val c fill constant"),
        Is("gain", "scale factor multiplier"),

        // The input, the budget, weights.
        Is("layout", "format order data_format kind type"),
        Is("shape", "size sizes dims dimensions input_shape"),
        Is("parameters", "params weights flash rom bytes model_size"),
        Is("scratch", "ram heap stack workspace activations memory"),
        Like("macs", "flops operations ops", "multiply-adds, of which each is two operations"),
        Is("macs", "multiply_adds multiplications mult_adds madds"),
        Is("file", "path filename file_name source"),
        Is("storage", "dtype precision type format data_type"),

        // What is not there.
        None("dampening maximize amsgrad centered foreach fused capturable differentiable ema ema_momentum use_ema global_step lr_decay initial_accumulator_value etas step_sizes",
            "the formulas are PyTorch's with that left as it is; leave it out"),
        None("schedule scheduler lr_schedule lr_scheduler", "a schedule stands in the place of the rate, as in learning_rate: { cosine: { from: 0.1, to: 0.001, steps: 10000 } }"),
        None("l2 l2_regularization", "the penalty on weights is of the whole network; write l2: 0.0001 at the top of the spec"),
        None("from_logits", "say it by the loss: cross_entropy_with_logits and binary_cross_entropy_with_logits take logits"),
        None("class_weight class_weights pos_weight", "weights of classes are for cross-entropies: class_weight of the categorical ones, pos_weight of the binary ones; any loss takes weight, one number for all of it"),
        None("label_smoothing smoothing", "labels are smoothed for cross-entropies; this loss takes every target as it is"),
        None("ignore_label ignore_index", "labels that do not count are for the categorical cross-entropies; this loss takes no labels"),
        None("size_average", "the mean over the samples is taken; write reduction: sum for their sum"),
        None("distribution mode nonlinearity", "say it by the name: he_normal, he_uniform, glorot_normal and so on"));
}
