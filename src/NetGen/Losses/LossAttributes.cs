namespace NetGen;

/// <summary>The sum of <c>(y - f)^2</c> over the outputs f and targets y.</summary>
public sealed class SquaredErrorAttribute : LossAttribute;

/// <summary>Half the sum of <c>(y - f)^2</c> over the outputs.</summary>
public sealed class HalfSquaredErrorAttribute : LossAttribute;

/// <summary>The mean of <c>(y - f)^2</c> over the outputs.</summary>
public sealed class MeanSquaredErrorAttribute : LossAttribute;

/// <summary>The mean of <c>|y - f|</c> over the outputs.</summary>
public sealed class MeanAbsoluteErrorAttribute : LossAttribute;

/// <summary>
/// The mean over the outputs of <c>e^2 / 2</c> where the error <c>e = |y - f|</c> is at most <see cref="Delta"/>,
/// else <c>Delta * (e - Delta / 2)</c>.
/// </summary>
public sealed class HuberAttribute : LossAttribute
{
    /// <summary>With a delta of 1, unless <see cref="Delta"/> says another.</summary>
    public HuberAttribute()
    {
    }

    /// <param name="delta">The error from which on the loss is linear.</param>
    public HuberAttribute(float delta) => Delta = delta;

    /// <summary>The error from which on the loss is linear. Default: 1.</summary>
    public float Delta { get; set; }
}

/// <summary>The sum of <c>max(0, 1 - y f)</c> over the outputs, for targets y of -1 and 1.</summary>
public sealed class HingeAttribute : LossAttribute;

/// <summary>The mean of <c>-y log f - (1 - y) log(1 - f)</c> over the outputs, which are probabilities (a last sigmoid).</summary>
public sealed class BinaryCrossEntropyAttribute : LossAttribute
{
    /// <summary>The share of the targets that is spread evenly over both classes: <c>y (1 - s) + s / 2</c>, as in Keras. Default: 0.</summary>
    public float LabelSmoothing { get; set; }

    /// <summary>What the loss of targets of 1 is multiplied by: a number, or one for each output, <c>new[] { 1f, 5f }</c>. Default: 1.</summary>
    public object? PosWeight { get; set; }
}

/// <summary>Binary cross-entropy of <c>sigmoid(f)</c>: for a network that ends without a sigmoid.</summary>
public sealed class BinaryCrossEntropyWithLogitsAttribute : LossAttribute
{
    /// <summary>The share of the targets that is spread evenly over both classes: <c>y (1 - s) + s / 2</c>, as in Keras. Default: 0.</summary>
    public float LabelSmoothing { get; set; }

    /// <summary>What the loss of targets of 1 is multiplied by: a number, or one for each output, <c>new[] { 1f, 5f }</c>. Default: 1.</summary>
    public object? PosWeight { get; set; }
}

/// <summary>Minus the sum of <c>y log f</c> over the outputs, which are probabilities (a last softmax). Takes labels too.</summary>
public sealed class CrossEntropyAttribute : LossAttribute
{
    /// <summary>The share of the targets that is spread evenly over all classes: <c>y (1 - s) + s / classes</c>, as in Keras. Default: 0.</summary>
    public float LabelSmoothing { get; set; }

    /// <summary>A number for each class, by which the loss of its samples is multiplied, <c>new[] { 1f, 5f }</c>. Default: 1 for all.</summary>
    public object? ClassWeight { get; set; }

    /// <summary>The label that does not count, such as -1: its loss is 0, and the mean is over the other labels. Default: none.</summary>
    public int IgnoreLabel { get; set; }
}

/// <summary>Cross-entropy of <c>softmax(f)</c>: for a network that ends without a softmax. Takes labels too.</summary>
public sealed class CrossEntropyWithLogitsAttribute : LossAttribute
{
    /// <summary>The share of the targets that is spread evenly over all classes: <c>y (1 - s) + s / classes</c>, as in Keras. Default: 0.</summary>
    public float LabelSmoothing { get; set; }

    /// <summary>A number for each class, by which the loss of its samples is multiplied, <c>new[] { 1f, 5f }</c>. Default: 1 for all.</summary>
    public object? ClassWeight { get; set; }

    /// <summary>The label that does not count, such as -1: its loss is 0, and the mean is over the other labels. Default: none.</summary>
    public int IgnoreLabel { get; set; }
}
