using static NetGen.Compiler.Vocabulary.Meaning;

namespace NetGen.Compiler.Vocabulary;

/// <summary>Other libraries' layers.</summary>
internal static class LayerWords
{
    private const string AllAxes = "for one number of each channel";

    private static readonly Meaning[] s_layers =
    [
        Is("dense", "fc fully_connected full affine inner_product linear_layer lazy_linear einsum_dense feed_forward"),
        Either("conv1d", "conv2d", "conv convolution convolutional conv_layer convolution_layer"),
        Is("conv1d", "convolution1d lazy_conv1d"),
        Is("conv2d", "convolution2d lazy_conv2d"),
        Either("conv_transpose1d", "conv_transpose2d", "deconv deconvolution transposed_conv transpose_conv transposed_convolution"),
        Is("conv_transpose1d", "conv1d_transpose deconv1d deconvolution1d convolution1d_transpose transposed_conv1d"),
        Is("conv_transpose2d", "conv2d_transpose deconv2d deconvolution2d convolution2d_transpose transposed_conv2d"),
        Either("max_pool1d", "max_pool2d", "max_pooling pool pooling maxpooling_layer"),
        Is("max_pool1d", "max_pooling1d"),
        Is("max_pool2d", "max_pooling2d"),
        Either("average_pool1d", "average_pool2d", "avg_pool avg_pooling average_pooling mean_pool mean_pooling"),
        Is("average_pool1d", "avg_pool1d avg_pooling1d average_pooling1d mean_pool1d"),
        Is("average_pool2d", "avg_pool2d avg_pooling2d average_pooling2d mean_pool2d"),
        Is("global_max_pool", "global_max_pooling global_max_pool1d global_max_pool2d global_max_pooling1d global_max_pooling2d gmp"),
        Is("global_max_pool", "adaptive_max_pool1d adaptive_max_pool2d", AllAxes),
        Is("global_average_pool", "global_avg_pool global_average_pooling global_avg_pooling global_mean_pool gap global_pool global_pooling"),
        Is("global_average_pool", "global_avg_pool1d global_avg_pool2d global_average_pool1d global_average_pool2d"),
        Is("global_average_pool", "global_average_pooling1d global_average_pooling2d global_avg_pooling1d global_avg_pooling2d"),
        Is("global_average_pool", "adaptive_avg_pool1d adaptive_avg_pool2d adaptive_average_pool1d adaptive_average_pool2d", AllAxes),
        Is("batch_norm", "batch_normalization bn batch_norm1d batch_norm2d batch_normalize spatial_batch_norm"),
        Is("normalization", "normalize normalise standardize standardise standardization standard_scaler standard_scale z_score feature_normalization input_normalization"),
        Is("rescaling", "rescale scale scaling"),
        Is("layer_norm", "layer_normalization ln layer_normalize"),
        Is("rms_norm", "rms_normalization rms_layer_norm root_mean_square_norm"),
        Is("embedding", "embed embeddings lookup lookup_table token_embedding word_embedding"),
        Is("simple_rnn", "rnn vanilla_rnn elman elman_rnn simple_rnn_cell rnn_cell"),
        Is("lstm", "lstm_cell long_short_term_memory cu_dnnlstm"),
        Is("gru", "gru_cell gated_recurrent_unit cu_dnngru"),
        Either("lstm", "gru", "recurrent recurrent_layer"),
        Is("bidirectional", "bidir bidirectional_wrapper bidirectional_layer"),
        Like("bidirectional", "bi_lstm bi_gru bi_rnn blstm bgru brnn bidirectional_lstm bidirectional_gru bidirectional_rnn lstm_bidirectional gru_bidirectional",
            "around the layer, as in bidirectional: { lstm: { units: 16 } }"),
        Is("flatten", "flat flattening ravel"),
        Is("reshape", "view unflatten resize"),
        Like("reshape", "squeeze unsqueeze expand_dims", "with the sizes of the output, as in reshape: [1, 28, 28]"),
        Like("permute", "transpose swap_axes move_axis swap_dims", "with the input's axis for each of the output's, from 0 without the batch, as in permute: [1, 0]"),
        Is("zero_pad", "zero_padding zero_padding1d zero_padding2d zero_pad1d zero_pad2d constant_pad1d constant_pad2d padding pad"),
        Is("dropout", "drop drop_out inverted_dropout"),
        Is("add", "sum plus residual_add elementwise_add add_layer"),
        Is("multiply", "mul product times hadamard elementwise_multiply mult"),
        Is("concat", "cat concatenate concatenation merge join depth_concat"),
        Is("prelu", "parametric_relu"),
    ];

    private static readonly Meaning[] s_missing =
    [
        None("attention self_attention multi_head_attention mha scaled_dot_product_attention additive_attention cross_attention group_query_attention grouped_query_attention",
            "attention is not there yet; a gru or an lstm reads sequences"),
        None("transformer transformer_encoder transformer_encoder_layer transformer_decoder transformer_decoder_layer transformer_block encoder decoder",
            "a transformer needs attention, which is not there yet; a gru or an lstm reads sequences"),
        None("time_distributed", "it is not needed: dense, norms, activations and dropout work at each step of a sequence by themselves"),
        None("separable_conv1d separable_conv depthwise_separable_conv",
            "write it as two layers: a conv1d with groups and filters of as many as there are channels, and behind it a conv1d with kernel_size: 1"),
        None("separable_conv2d", "write it as two layers: a conv2d with groups and filters of as many as there are channels, and behind it a conv2d with kernel_size: 1"),
        None("depthwise_conv1d depthwise_conv", "write a conv1d with groups and filters of as many as there are channels"),
        None("depthwise_conv2d", "write a conv2d with groups and filters of as many as there are channels"),
        None("pointwise_conv1d pointwise_conv", "write a conv1d with kernel_size: 1"),
        None("pointwise_conv2d", "write a conv2d with kernel_size: 1"),
        None("conv3d convolution3d conv3d_transpose conv_transpose3d max_pool3d max_pooling3d avg_pool3d average_pool3d average_pooling3d zero_pad3d zero_padding3d",
            "there are layers along one axis and two, such as conv1d and conv2d, but not along three"),
        None("conv_lstm conv_lstm1d conv_lstm2d", "there is no convolution inside a recurrent layer; put a conv1d before an lstm"),
        None("locally_connected1d locally_connected2d", "there is no convolution whose windows have weights of their own; use conv1d, conv2d or dense"),
        None("group_norm group_normalization instance_norm instance_norm1d instance_norm2d instance_normalization unit_normalization spectral_norm local_response_norm lrn weight_norm",
            "of the norms there are batch_norm, layer_norm and rms_norm"),
        None("min_max_scaler min_max_scaling", "write rescaling with scale: 1 / (max - min) and offset: -min / (max - min)"),
        None("dropout1d dropout2d spatial_dropout1d spatial_dropout2d feature_dropout drop_path stochastic_depth drop_block",
            "whole channels cannot be dropped; dropout drops single values"),
        None("gaussian_dropout alpha_dropout feature_alpha_dropout gaussian_noise noise", "of the noises of training there is dropout"),
        None("upsample upsampling up_sampling1d up_sampling2d upsample1d upsample2d interpolate upsampling_nearest2d upsampling_bilinear2d pixel_shuffle pixel_unshuffle",
            "upsampling is not there yet; a conv_transpose2d with strides: 2 learns one"),
        None("crop cropping cropping1d cropping2d center_crop slice select split chunk narrow getitem", "a part of a value cannot be taken out yet; leave it out of the input"),
        None("subtract sub divide div dot maximum minimum average mean min max reduce_mean reduce_sum reduce_max",
            "several values are joined by add, multiply and concat, and one number of each channel is taken by global_average_pool and global_max_pool"),
        None("masking mask", "sequences of several lengths are not there; give all of them the same length"),
        None("lambda_layer lambda function module custom", "a network holds the layers that are listed in docs/spec.md; compute anything else outside of it"),
        None("repeat_vector repeat tile", "a value cannot be repeated yet; reshape: [1, n] makes a sequence of one step"),
        None("embedding_bag", "put an embedding, permute: [1, 0] and global_average_pool"),
        None("positional_encoding position_embedding positional_embedding pos_encoding", "positions cannot be added yet; a gru or an lstm knows the order by itself"),
        None("input input_layer inputs input_spec placeholder", "the input is no layer; write its shape at the top of the spec, as in input: [1, 28, 28]"),
        None("output output_layer outputs", "the last layer is the output; leave it out"),
        None("sequential model functional net network", "write its layers in the list 'layers', one after another"),
        None("residual skip skip_connection shortcut res_block residual_block resnet", "give a layer a name and join it to a later one, as in add: [NAME, OTHER]"),
        None("squeeze_excite se_block", "write it as layers, with global_average_pool, dense and multiply"),
        None("activation", "an activation is a layer of its own name, as in - relu"),
        None("glu", "write it as two layers that read the same value, one with activation: sigmoid, and multiply them"),
        None("maxout highway", "there is none; use dense with an activation"),
        None("moe mixture_of_experts switch", "there is none; every layer computes for every sample"),
    ];

    /// <summary>Layers, and activations as layers.</summary>
    public static readonly Glossary All = new([.. s_layers, .. ActivationWords.All.All, .. s_missing]);
}
