using System.Collections.Generic;
using System.Linq;
using Google.Protobuf;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Weights;
using NetGen.Models.Onnx.Export;
using NetGen.Models.Onnx.Proto;
using Xunit;

namespace NetGen.Models.Tests.Onnx.Export;

/// <summary>Models that work in the units of the data.</summary>
public sealed class ScalingTests
{
    [Fact]
    public void Features_are_standardized_and_targets_brought_back()
    {
        const string Spec = """
            inputs: { a: 2, b: [1, 3] }
            layers:
              - flatten: { from: b }
              - concat: { from: [a, flatten_1], name: all }
              - dense: { units: 3, name: first }
              - dense: { units: 2, from: all, name: untrained }
              - dense: { units: 1, from: first, name: second }
            outputs: [second, untrained, first]
            loss: { second: mean_squared_error, first: mean_squared_error }
            """;
        Network network = NetworkCompiler.Check(Spec).Network!;
        var reference = new ReferenceCase(Spec);
        var features = new Scaling([1, -2, 3, 4, 5], [0.5, 2, 1, 4, 0.25]);
        // Of second, then of first.
        var targets = new Scaling([10, 1, 2, 3], [2, 0.5, 4, 8]);
        var options = new ExportOptions("net") { Features = features, Targets = targets };
        ModelProto model = OnnxExporter.Export(network, name => reference.Parameters[name], options);

        Assert.Equal("features, targets", model.MetadataProps.Single(static t => t.Key == OnnxExporter.ScaledKey).Value);

        (float[][] inputs, double[][] outputs) = reference.Run(1);
        // What standardizes to the reference's inputs.
        float[] raw = [.. inputs.SelectMany(static i => i).Select((v, k) => (float)((v * features.Scales[k]) + features.Means[k]))];
        using var session = new OnnxSession(model.ToByteArray());
        (int[] Sizes, float[] Values)[] actual = session.Run([raw[..2], raw[2..]], 1);

        Assert.Equal(["second", "untrained", "first"], session.OutputNames);
        Assert.Equal((outputs[0][0] * 2) + 10, actual[0].Values[0], 1e-4);
        Assert.All(actual[1].Values, (v, k) => Assert.Equal(outputs[1][k], v, 1e-5));
        Assert.All(actual[2].Values, (v, k) => Assert.Equal((outputs[2][k] * targets.Scales[k + 1]) + targets.Means[k + 1], v, 1e-4));
    }

    [Fact]
    public void An_output_that_only_passes_on_another_is_brought_back_too()
    {
        const string Spec = """
            input: 2
            layers: [dense: { units: 2, name: a }, dropout: 0.5]
            outputs: [a, dropout_1]
            loss: { dropout_1: mean_squared_error }
            """;
        var reference = new ReferenceCase(Spec);
        ModelProto model = OnnxExporter.Export(NetworkCompiler.Check(Spec).Network!, name => reference.Parameters[name],
            new ExportOptions("net") { Targets = new Scaling([1, 2], [3, 4]) });
        (float[][] inputs, double[][] outputs) = reference.Run(1);
        using var session = new OnnxSession(model.ToByteArray());
        (int[] Sizes, float[] Values)[] actual = session.Run(inputs, 1);
        Assert.Equal(outputs[0][1], actual[0].Values[1], 1e-5);
        Assert.Equal((outputs[1][1] * 4) + 2, actual[1].Values[1], 1e-5);
    }

    [Theory]
    [InlineData("[1, 2]", "[1, 0]", "are damaged")]
    [InlineData("[1, 2", "[1, 1]", "are damaged")]
    [InlineData("[1, \"x\"]", "[1, 1]", "are damaged")]
    [InlineData("[1, 2]", null, "are damaged")]
    [InlineData("[1, 2, 3]", "[1, 1, 1]", "have 3 and 3 numbers, but the network has 2 features")]
    public void Numbers_that_do_not_fit_are_refused(string means, string? scales, string problem)
    {
        Dictionary<string, string> metadata = new() { ["netgen.feature_means"] = means };
        if (scales is not null)
            metadata["netgen.feature_scales"] = scales;
        WeightsException e = Assert.Throws<WeightsException>(() => Scaling.Read(metadata, "feature", 2, "w.safetensors"));
        string message = $"w.safetensors: the metadata 'netgen.feature_means' and 'netgen.feature_scales' {problem}";
        Assert.Contains(message, e.Message, System.StringComparison.Ordinal);
        Assert.Null(Scaling.Read(metadata, "target", 2, "w.safetensors"));
    }
}
