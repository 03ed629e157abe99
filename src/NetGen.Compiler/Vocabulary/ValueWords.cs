using static NetGen.Compiler.Vocabulary.Meaning;

namespace NetGen.Compiler.Vocabulary;

/// <summary>Other libraries' words for values, and for the parameters of layers.</summary>
internal static class ValueWords
{
    public static readonly Glossary Words = new(
        Is("valid", "none no zero off"),
        Is("same", "zeros full half same_upper"),
        Is("causal", "left"),
        Is("reflect", "reflection mirror reflected"),
        Is("edge", "replicate replication border clamp nearest"),
        Is("constant", "zeros zero constants"),
        None("reflect replicate edge constant", "what is padded is zeros; put pad before the layer for another mode"),
        None("symmetric circular wrap", "of the modes there are constant, reflect and edge"),
        Is("nearest", "nearest_neighbor nearest_neighbour nn nearest_exact repeat"),
        Is("linear", "bilinear lerp"),
        Is("bilinear", "linear lerp"),
        None("bicubic cubic lanczos area gaussian lanczos3 lanczos5 mitchellcubic", "what lies between places is the nearest, or on the line between the two"),
        Is("channels", "channels_first channel_first nchw ncw chw channel"),
        Is("sequence", "seq time time_series ntc nwc tc steps"),
        None("channels_last channel_last nhwc hwc", "channels come first here; put permute: [2, 0, 1] as the first layer of images whose channels come last"),
        Is("mean", "avg average elementwise_mean sum_over_batch_size auto"),
        Is("sum", "total add plus"),
        Is("concat", "concatenate concatenation cat"),
        Is("multiply", "mul product prod times"),
        Is("average", "ave avg mean"),
        Is("float32", "f32 fp32 float single"),
        Is("float16", "f16 fp16 half"),
        Is("bfloat16", "bf16 brain_float"),
        None("int8 int4 uint8 quantized", "weights are kept as float32, float16 or bfloat16"),
        Is("tanh", "true yes approx approximate"),
        Is("none", "false exact erf off"),
        Is("auto", "default yes true"));

    /// <summary>Of the lists in <c>trainable</c>.</summary>
    public static readonly Glossary Parameters = new(
        Is("weight", "weights kernel w gamma scale alpha embeddings embedding filters filter"),
        Is("bias", "biases b beta offset shift"),
        Is("weight_ih_l0", "weight_ih kernel w_ih input_weight input_kernel wi w_i"),
        Is("weight_hh_l0", "weight_hh recurrent_kernel recurrent_weight w_hh hidden_weight wh u w_h"),
        Either("weight_ih_l0", "weight_hh_l0", "weight weights w"),
        Is("bias_ih_l0", "bias_ih b_ih input_bias"),
        Is("bias_hh_l0", "bias_hh b_hh recurrent_bias hidden_bias"),
        Is("weight_ih_l0_reverse", "weight_ih_reverse"),
        Is("weight_hh_l0_reverse", "weight_hh_reverse"),
        Is("bias_ih_l0_reverse", "bias_ih_reverse"),
        Is("bias_hh_l0_reverse", "bias_hh_reverse"),
        Either("bias_ih_l0", "bias_hh_l0", "bias biases b"),
        None("running_mean running_var moving_mean moving_variance moving_average num_batches_tracked",
            "running statistics are no parameters that are trained; trainable: false keeps them, and anything else lets them move"));
}
