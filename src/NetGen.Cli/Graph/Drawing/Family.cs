using System.Collections.Generic;
using NetGen.Compiler.Layers;

namespace NetGen.Cli.Graph.Drawing;

/// <summary>A kind of layers that are drawn in one colour.</summary>
/// <param name="Name">Of its class in the style sheet.</param>
/// <param name="Strong">Of its edge, strip and bar: a palette whose colours differ in lightness too, so that they are told apart in grey and by colour-blind
/// readers (M. Okabe, K. Ito, "Color Universal Design", 2008).</param>
/// <param name="Light">Of its inside on light paper.</param>
/// <param name="Dark">Of its inside on dark paper.</param>
internal sealed record Family(string Name, string Strong, string Light, string Dark)
{
    private static readonly Family
        s_dense = new("dense", "#0072b2", "#eaf3fa", "#14293a"),
        s_convolution = new("convolution", "#d55e00", "#fdf1e8", "#35210f"),
        s_recurrent = new("recurrent", "#cc79a7", "#fbf1f6", "#33212b"),
        s_norm = new("norm", "#009e73", "#e8f6f1", "#0f2c24"),
        s_pool = new("pool", "#e69f00", "#fef6e4", "#332812"),
        s_activation = new("activation", "#56b4e9", "#eff8fe", "#162c39"),
        s_merge = new("merge", "#d6c600", "#fdfbe2", "#302e10"),
        s_shape = new("shape", "#9aa3ad", "#f4f5f7", "#22262c"),
        s_end = new("end", "#57606a", "#ffffff", "#1b1f24");

    public static IReadOnlyList<Family> All { get; } = [s_dense, s_convolution, s_recurrent, s_norm, s_pool, s_activation, s_merge, s_shape, s_end];

    /// <summary>Of the input, the output and the loss.</summary>
    public static Family End => s_end;

    public static Family Of(Layer layer) => layer switch
    {
        Dense or Embedding => s_dense,
        Convolution => s_convolution,
        Recurrent or Bidirectional => s_recurrent,
        BatchNorm or LayerNorm or GroupNorm or Normalization or Rescaling => s_norm,
        Pooling or GlobalPooling or Reduce => s_pool,
        ActivationLayer or Prelu or Clip or Power => s_activation,
        Merge or Concat => s_merge,
        _ => s_shape,
    };
}
