using System.Linq;

namespace NetGen.Models.Hdf;

/// <summary>What the numbered variables of Keras 3 are, by the class of their layer.</summary>
internal static class KerasRoles
{
    /// <param name="kind">The class, as paths have it.</param>
    /// <param name="count">How many variables there are.</param>
    /// <param name="layer">What the configuration says; null where there is none.</param>
    public static string[] Of(string kind, int count, KerasLayer? layer) => kind switch
    {
        "batch_normalization" => Norm(count - 2, layer, ["moving_mean", "moving_variance"]),
        "layer_normalization" or "group_normalization" => Norm(count, layer, []),
        "rms_normalization" => ["scale"],
        "embedding" => ["embeddings"],
        "p_re_lu" or "prelu" => ["alpha"],
        "normalization" => ["mean", "variance", "count"],
        "separable_conv1d" or "separable_conv2d" => ["depthwise_kernel", "pointwise_kernel", "bias"],
        "lstm" or "gru" or "simple_rnn" or "bidirectional" => ["kernel", "recurrent_kernel", "bias"],
        _ => ["kernel", "bias"],
    };

    /// <summary>Where a norm has one of gamma and beta, and no configuration says which: the spec does.</summary>
    public const string GammaOrBeta = "affine";

    private static string[] Norm(int trained, KerasLayer? layer, string[] statistics)
    {
        string[] both = ["gamma", "beta"];
        return [.. layer is not null ? both.Where(r => r == "gamma" ? layer.HasScale : layer.HasCenter) : trained == 1 ? [GammaOrBeta]
            : both.Take(trained), .. statistics];
    }
}
