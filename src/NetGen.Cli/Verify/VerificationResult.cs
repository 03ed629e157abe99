using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Verify;

/// <summary>How far the generated code of a network is from the float64 reference.</summary>
internal sealed record VerificationResult
{
    /// <summary>What an error may be, relative to the largest magnitude, before the code counts as wrong.</summary>
    public const double Limit = 1e-5;

    /// <summary>The spec's path.</summary>
    public required string Spec { get; init; }

    /// <summary>Where the weights come from, as people read it.</summary>
    public required string Weights { get; init; }

    /// <summary>The same of the samples.</summary>
    public required string Inputs { get; init; }

    public required int Samples { get; init; }

    public required int Parameters { get; init; }

    /// <summary>Of one sample.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>What each member gives, output by output.</summary>
    public required IReadOnlyList<MemberErrors> Members { get; init; }

    /// <summary>What each layer gives, in the order of the spec.</summary>
    public required IReadOnlyList<LayerErrors> Layers { get; init; }

    /// <summary>Null where the network has no loss.</summary>
    public GradientErrors? Gradients { get; init; }

    /// <summary>What was not compared, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The worst of the outputs.</summary>
    public MemberErrors Worst => Members.MaxBy(static m => m.Figure.Relative)!;

    /// <summary>The first layer that is further from right than the limit allows.</summary>
    public LayerErrors? FirstBeyond => Layers.FirstOrDefault(static l => IsBeyond(l.Figure));

    /// <summary>No output and no gradient is further from right than the limit.</summary>
    public bool Passes => !IsBeyond(Worst.Figure) && Gradients?.IsBeyond != true;

    public static bool IsBeyond(ErrorFigure figure) => !(figure.Relative <= Limit);
}

/// <summary>An output, as one member of the generated class gives it.</summary>
/// <param name="Member">The member, as <c>Forward</c>.</param>
/// <param name="Calls">How it was called: <c>9 x 1</c> is nine times with one sample.</param>
/// <param name="Output">The output's name.</param>
internal sealed record MemberErrors(string Member, string Calls, string Output, ErrorFigure Figure);

/// <summary>What a layer gives.</summary>
/// <param name="Shape">Of one sample.</param>
/// <param name="Figure">Against what the reference gives from the inputs on: the layer's own error and that of all before it.</param>
/// <param name="Own">Against what the reference makes of the very numbers that the layer read: its own error alone.</param>
internal sealed record LayerErrors(string Name, string Kind, IReadOnlyList<int> Shape, ErrorFigure Figure, ErrorFigure Own);

/// <summary>Gradients of the loss.</summary>
/// <param name="Samples">That the loss is over.</param>
/// <param name="Parameters">Of each that is trained.</param>
/// <param name="Differences">Elements that were compared with central differences.</param>
/// <param name="Kinks">Elements at which there are none, since the loss has a kink there.</param>
internal sealed record GradientErrors(int Samples, IReadOnlyList<ParameterErrors> Parameters, int Differences, int Kinks)
{
    /// <summary>The worst of all, against either.</summary>
    public ParameterErrors? Worst => Parameters.MaxBy(static p => p.Relative);

    public bool IsBeyond => Worst is { } worst && !(worst.Relative <= VerificationResult.Limit);
}

/// <summary>The gradient of a parameter. Errors are relative to <paramref name="Scale"/>.</summary>
/// <param name="Largest">The largest magnitude of its own elements.</param>
/// <param name="Scale">The largest gradient of the parameter's layer, or a hundredth of the largest of all where that is more; where it has none but roundings, the largest of all.</param>
/// <param name="Error">The largest difference from what the reference's chain rule gives, over all elements.</param>
/// <param name="Differences">Elements that were compared with central differences.</param>
/// <param name="DifferenceError">The largest difference from those.</param>
internal sealed record ParameterErrors(string Name, IReadOnlyList<int> Shape, double Largest, double Scale, double Error, int Differences, double DifferenceError)
{
    public double Relative => System.Math.Max(Error, DifferenceError) / Scale;
}
