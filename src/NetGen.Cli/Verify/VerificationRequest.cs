using System;
using System.Threading;
using NetGen.Cli.Runs;
using NetGen.Training;

namespace NetGen.Cli.Verify;

/// <summary>What is to be compared with the reference.</summary>
/// <param name="Spec">A spec without errors.</param>
internal sealed record VerificationRequest(LoadedSpec Spec)
{
    /// <summary>The weight file; null for the one that the spec names, and where it names none, for weights that are drawn.</summary>
    public string? Weights { get; init; }

    /// <summary>Samples back to back, so many at most, given what the weight file says; null for samples that are drawn.</summary>
    public Func<WeightsInfo, int, float[]>? Inputs { get; init; }

    /// <summary>Where those come from, as people read it.</summary>
    public string InputsFrom { get; init; } = "the caller";

    /// <summary>How many samples; null for as many as take a few seconds, up to 9.</summary>
    public int? Samples { get; init; }

    /// <summary>Of samples, targets and weights that are drawn; null for the spec's.</summary>
    public int? Seed { get; init; }

    /// <summary>Gives the generated code of a spec, with weights drawn from a seed, or null for the spec's.</summary>
    public Func<LoadedSpec, int?, CancellationToken, GeneratedCode> Compile { get; init; } =
        static (spec, seed, cancelled) => GeneratedCode.Of(NetworkCompilation.CompileClass(spec, canUnload: false, cancelled), seed);
}
