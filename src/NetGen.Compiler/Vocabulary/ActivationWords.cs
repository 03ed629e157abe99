using static NetGen.Compiler.Vocabulary.Meaning;

namespace NetGen.Compiler.Vocabulary;

/// <summary>Other libraries' activations.</summary>
internal static class ActivationWords
{
    public static readonly Glossary All = new(
        Is("linear", "identity none no_activation null"),
        Is("relu", "rectifier rectified_linear_unit rect"),
        Is("relu6", "relu_6 relu_n clipped_relu"),
        Is("leaky_relu", "lrelu leaky"),
        Is("elu", "exponential_linear_unit"),
        Is("gelu", "gaussian_error_linear_unit gelu_new quick_gelu gelu_tanh", "with approximate: tanh for its approximation"),
        Is("silu", "swish swish1 silu_swish sil"),
        Is("hard_swish", "hswish hard_silu hardswish6"),
        Is("hard_sigmoid", "hsigmoid"),
        Is("sigmoid", "logistic sigm expit"),
        Is("tanh", "hyperbolic_tangent tan_h"),
        Is("softplus", "soft_plus smooth_relu"),
        Is("exp", "exponential"),
        Is("log", "natural_log natural_logarithm logarithm"),
        Is("sqrt", "square_root root"),
        Is("square", "squared sqr"),
        Is("abs", "absolute absolute_value"),
        Is("reciprocal", "recip inverse inv"),
        Is("sin", "sine sinusoid"),
        Is("cos", "cosine"),
        Is("softmax", "softmax1d softmax2d soft_arg_max spatial_softmax"),
        Is("log_softmax", "log_soft_max"),
        None("hard_tanh htanh", "put the layer clip: { min: -1, max: 1 } there; relu6 and hard_sigmoid are such activations, and tanh is the smooth one"),
        None("celu", "with its alpha of 1 it is elu; write elu"),
        None("log_sigmoid", "end in linear, and let binary_cross_entropy_with_logits take the logarithm"),
        None("softmin", "it is the softmax of the negative; use softmax"),
        None("hard_shrink soft_shrink tanh_shrink threshold thresholded_relu rrelu sparsemax sparse_plus squareplus", "the nearest are relu, leaky_relu and softplus"));
}
