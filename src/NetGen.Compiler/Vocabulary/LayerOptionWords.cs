using static NetGen.Compiler.Vocabulary.Meaning;

namespace NetGen.Compiler.Vocabulary;

/// <summary>Other libraries' arguments of layers. One word may stand for several keys: it means the one that the layer has.</summary>
internal static class LayerOptionWords
{
    private const string Follows = "leave it out: it follows from what the layer reads";
    private const string Penalty = "the penalty on weights is of the whole network; write l2: 0.0001 at the top of the spec";
    private const string ChannelsFirst = "leave it out: images are [channels, height, width], and sequences [time, features]";

    private static readonly Meaning[] s_options =
    [
        Is("units", "out_features hidden_size filters out_channels num_units n_units num_hidden hidden hidden_units hidden_dim neurons nodes size dim width outputs output_size output_dim out_dim out n_out num_outputs"),
        Is("filters", "units out_channels num_filters n_filters channels out_features kernels features output_channels n_kernels"),
        Is("in", "in_features input_size input_dim in_dim inputs in_channels num_inputs n_in input_units"),
        Is("kernel_size", "kernel k ksize kernel_shape size filter_size window window_size receptive_field kernel_sizes"),
        Is("pool_size", "kernel_size kernel k ksize kernel_shape size window window_size pool pool_shape"),
        Is("strides", "stride subsample step hop"),
        Is("padding", "pad pads border border_mode"),
        Is("dilation_rate", "dilation dilations atrous"),
        Is("output_padding", "out_padding adj"),
        Is("groups", "group num_groups n_groups feature_group_count"),
        Is("use_bias", "bias has_bias with_bias biases"),
        Like("use_bias", "no_bias without_bias", "which says the opposite: use_bias: false"),
        Is("activation", "act act_fn activation_fn activation_function nonlinearity non_linearity func transfer"),
        Is("kernel_initializer", "init initializer initialization weight_init weight_initializer weights_init kernel_init w_init embeddings_initializer"),
        Is("recurrent_initializer", "recurrent_init"),
        Is("bias_initializer", "bias_init b_init"),
        Is("mean", "means mu loc average input_mean"),
        Is("variance", "var variances input_variance"),
        Like("variance", "std stds stddev sigma sd scale deviation standard_deviation", "its square"),
        Is("scale", "factor multiplier gain"),
        Is("offset", "shift bias beta add"),
        Is("rate", "p prob probability dropout_rate drop_rate drop_prob dropout drop"),
        Like("rate", "keep keep_prob keep_rate keep_probability retain", "the share that is dropped, 1 - the share that is kept"),
        Is("epsilon", "eps variance_epsilon fuzz"),
        Is("input_dim", "vocab_size vocabulary_size vocab vocabulary num_embeddings n_embeddings num_tokens n_tokens ntoken input_size num_words max_features"),
        Is("output_dim", "embedding_dim embed_dim embedding_size emb_dim emb_size d_model dim units features dimension"),
        Is("return_sequences", "return_sequence return_seq sequences return_all return_all_steps"),
        Is("truncate", "tbptt bptt bptt_truncate truncation truncated"),
        Is("checkpoint", "gradient_checkpointing checkpointing checkpoint_every"),
        Is("negative_slope", "alpha slope leak leakiness"),
        Is("per_channel", "channelwise channel_wise num_parameters per_feature"),
        Is("shape", "target_shape new_shape size sizes output_shape dims dimensions input_shape input_size"),
        Like("axes", "dims perm permutation order", "the input's axis for each of the output's, counted from 0 without the batch"),
        Is("axis", "dim dimension along"),
        Is("start", "begin starts from_index lower offset"),
        Is("stop", "end ends until to_index upper limit"),
        Is("step", "strides stride steps"),
        Like("stop", "length size", "the first place that is not taken: start + length"),
        Is("mode", "padding_mode pad_mode"),
        Is("value", "constant constant_value constant_values fill fill_value pad_value cval"),
        Is("size", "scale_factor scale factor scales ratio upscale upscale_factor"),
        Is("interpolation", "mode method resample"),
        Is("factor", "upscale_factor downscale_factor scale scale_factor block_size blocksize size upscale downscale"),
        Is("n", "repeats times count repeat steps timesteps"),
        Is("ceil_mode", "ceil round_up"),
        Is("count_include_pad", "include_pad count_padding count_include_padding"),
        Like("count_include_pad", "exclude_pad exclude_padding", "which says the opposite: count_include_pad: false"),
        Is("from", "inputs input source sources src inbound_nodes reads"),
        Is("name", "id label title"),
        Is("trainable", "requires_grad train trained learnable"),
        Like("trainable", "frozen freeze", "which says the opposite: trainable: false"),
    ];

    private static readonly Meaning[] s_missing =
    [
        None("input_shape input_size input_dim in_channels in_features batch_input_shape num_features normalized_shape num_inputs n_in input_channels embedding_shape build", Follows),
        None("num_layers n_layers layers depth_layers", "write one layer below the other, each with return_sequences: true but the last"),
        None("bidirectional go_backwards time_major reverse", "a sequence is read forwards, from the first step to the last"),
        None("batch_first", "leave it out: a sample is [time, features], and samples stand one behind the other"),
        None("dropout recurrent_dropout dropout_rate drop", "put dropout behind the layer, as in - dropout: 0.2"),
        None("return_state stateful initial_state proj_size mask_zero zero_output_for_mask", "Step takes and gives the state of a stream; Forward begins with zeros"),
        None("recurrent_activation reset_after implementation", "the cells are PyTorch's, with its activations, and a gru resets after the product"),
        None("inplace in_place", "leave it out: memory is planned for the whole network"),
        None("data_format channels_last channels_first channel_axis", ChannelsFirst),
        None("dtype device precision", "leave it out: a network computes in float, on the processor that runs it"),
        None("kernel_regularizer bias_regularizer activity_regularizer regularizer weight_regularizer recurrent_regularizer embeddings_regularizer l1", Penalty),
        None("kernel_constraint bias_constraint recurrent_constraint constraint max_value", "weights are not held within bounds; clip_value of the optimizer bounds gradients"),
        None("padding_mode", "what is padded is zeros; for another mode put pad before the layer, and leave the padding out of it"),
        None("align_corners", "leave it out: the places are those of align_corners: false, half-pixel centres"),
        None("padding_idx input_length max_norm sparse scale_grad_by_freq", "leave it out: an embedding is its table, one row for each index"),
        None("divisor_override return_indices", "leave it out: a pool gives the largest element, or the mean of as many as its window has"),
        None("ceil_mode", "a window that does not fit is left out"),
        None("center scale affine elementwise_affine track_running_stats gamma beta renorm virtual_batch_size fused", "a norm has its weight, and its bias, always; trainable: false keeps them as they are"),
        None("axis dim", "leave it out: it works over the features, that is the last axis, or over the channels of [channels, …]"),
        None("start_dim end_dim", "leave it out: all values become one vector"),
        None("learning_rate lr eta step_size", "the learning rate is the optimizer's; write optimizer: { sgd: { learning_rate: 0.1 } } at the top of the spec"),
        None("weights weight initial_weights", "weights come from a file, for the whole network; write weights: digits.safetensors at the top of the spec"),
        None("seed", "the seed is of the whole network; write seed: 42 at the top of the spec"),
    ];

    public static readonly Glossary All = new([.. s_options, .. s_missing]);
}
