using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Google.Protobuf;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Models.Onnx.Export;
using NetGen.Models.Onnx.Proto;
using Xunit;

namespace NetGen.Models.Tests.Onnx.Export;

/// <summary>A spec that was exported with the parameters of a reference.</summary>
internal sealed class Exported
{
    /// <summary>Relative to the largest output.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Where all of an output is smaller, its terms may have cancelled, and differences are relative to this instead.</summary>
    private const double Floor = 0.1;

    private static readonly ConcurrentDictionary<string, Lazy<Exported>> s_all = new();

    private readonly ReferenceCase _reference;

    public Exported(string spec, int opset = ExportOptions.DefaultOpset)
    {
        CheckResult check = NetworkCompiler.Check(spec);
        Network = check.Network ?? throw new ArgumentException($"{string.Join('\n', check.Diagnostics)}\n{spec}", nameof(spec));
        _reference = new ReferenceCase(spec);
        Model = OnnxExporter.Export(Network, name => _reference.Parameters[name], new ExportOptions("net", spec) { Opset = opset });
        Bytes = Model.ToByteArray();
    }

    /// <summary>One of <see cref="ExportSpecs.All"/>, exported once for all tests.</summary>
    public static Exported Of(string name) => s_all.GetOrAdd(name, static key => new Lazy<Exported>(() => new Exported(ExportSpecs.All[key]))).Value;

    public Network Network { get; }

    public ModelProto Model { get; }

    public byte[] Bytes { get; }

    public GraphProto Graph => Model.Graph;

    public IEnumerable<string> Operators => Graph.Node.Select(static n => n.OpType);

    /// <summary>ONNX Runtime gives what the reference gives.</summary>
    public void AssertRuns(params IEnumerable<int> batches)
    {
        using var session = new OnnxSession(Bytes);
        Assert.Equal(Network.Inputs.Select(static i => i.Name), session.InputNames);
        foreach (int samples in batches)
        {
            (float[][] inputs, double[][] expected) = _reference.Run(samples);
            (int[] Sizes, float[] Values)[] outputs = session.Run(inputs, samples);
            Assert.Equal(Network.Outputs.Count, outputs.Length);
            for (int k = 0; k < outputs.Length; k++)
            {
                Assert.Equal([samples, .. Network.Outputs[k].Shape.Dimensions], outputs[k].Sizes);
                AssertClose(expected[k], outputs[k].Values, session.OutputNames[k]);
            }
        }
    }

    private static void AssertClose(double[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Max(Math.Abs), limit = Tolerance * Math.Max(largest, Floor);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= limit))
                Assert.Fail($"{what}[{i}] is {actual[i]:R}, but should be {expected[i]:R}; the largest is {largest:R}");
        }
    }
}
