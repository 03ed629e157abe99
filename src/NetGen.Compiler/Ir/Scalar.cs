namespace NetGen.Compiler.Ir;

/// <summary>A number that a kernel is handed at each call.</summary>
internal enum Scalar
{
    /// <summary><c>float learningRate</c></summary>
    LearningRate,

    /// <summary><c>float stepSize</c>: the learning rate as an optimizer corrects it.</summary>
    StepSize,

    /// <summary><c>float epsilon</c>: the optimizer's, as it corrects that.</summary>
    Epsilon,

    /// <summary><c>float clip</c>: what every gradient is multiplied by, so that their norm keeps within its bound.</summary>
    Clip,

    /// <summary><c>double scale</c>: the weight of one sample in the loss that is differentiated.</summary>
    Scale,

    /// <summary><c>ulong seed</c> of one sample.</summary>
    Seed,

    /// <summary><c>int step</c> of the scan that the kernel is in the body of.</summary>
    Step,
}
