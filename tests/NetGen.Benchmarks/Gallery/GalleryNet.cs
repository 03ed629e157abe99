using System;
using System.IO;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>A network of the examples, with the weights of its authors.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Spec">Its spec, as <c>folder/file</c> of the examples.</param>
/// <param name="Weights">Its weights in the same folder.</param>
/// <param name="StepSpec">
/// For a network that runs step by step: the same network over one step, whose state are the inputs and the outputs behind the first. ONNX Runtime gets
/// that, since it has no steps.
/// </param>
internal sealed record GalleryNet(string Name, string Spec, string Weights, string? StepSpec = null)
{
    /// <summary>The resource that holds its weights.</summary>
    public string WeightsResource => $"examples/{Spec[..Spec.IndexOf('/')]}/{Weights}";

    /// <summary>The spec's text without the name of weights, which it is given here.</summary>
    public string SpecText() =>
        string.Join('\n', Resources.Text("examples/" + Spec).Split('\n').Where(static line => !line.StartsWith("weights:", StringComparison.Ordinal)));

    public Stream OpenWeights() => typeof(Resources).Assembly.GetManifestResourceStream(WeightsResource)
        ?? throw new FileNotFoundException($"{WeightsResource} is not embedded");
}
