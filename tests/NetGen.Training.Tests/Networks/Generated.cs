namespace NetGen.Training.Tests.Networks;

/// <summary>Generated from dropout.yaml.</summary>
[Network("dropout.yaml")]
internal sealed partial class DropoutNet;

/// <summary>Generated from normalized.yaml.</summary>
[Network("normalized.yaml")]
internal sealed partial class NormalizedNet;

/// <summary>Generated from plain.yaml.</summary>
[Network("plain.yaml")]
internal sealed partial class PlainNet;

/// <summary>Generated from regression.yaml.</summary>
[Network("regression.yaml")]
internal sealed partial class RegressionNet;

/// <summary>Generated from rectified.yaml.</summary>
[Network("rectified.yaml")]
internal sealed partial class RectifiedNet;

/// <summary>Generated from linear.yaml.</summary>
[Network("linear.yaml")]
internal sealed partial class LinearNet;

/// <summary>Generated from adapted.yaml.</summary>
[Network("adapted.yaml")]
internal sealed partial class AdaptedNet;

/// <summary>Generated from measured.yaml.</summary>
[Network("measured.yaml")]
internal sealed partial class MeasuredNet;

/// <summary>Generated from binary.yaml.</summary>
[Network("binary.yaml")]
internal sealed partial class BinaryNet;

/// <summary>Generated from sigmoid.yaml.</summary>
[Network("sigmoid.yaml")]
internal sealed partial class SigmoidNet;

/// <summary>Generated from tagger.yaml.</summary>
[Network("tagger.yaml")]
internal sealed partial class TaggerNet;

/// <summary>Generated from segmenter.yaml.</summary>
[Network("segmenter.yaml")]
internal sealed partial class SegmenterNet;
