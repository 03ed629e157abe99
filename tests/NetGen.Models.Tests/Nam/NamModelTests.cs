using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Compiler.Targets;
using NetGen.Models.Nam;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Models.Tests.Nam;

/// <summary>Amplifiers as people share them: what comes out, whole and sample by sample, is what Neural Amp Modeler's own formulas give in double.</summary>
public sealed class NamModelTests(NamModelTests.Compiled compiled) : IClassFixture<NamModelTests.Compiled>
{
    private const double Tolerance = 1e-5;

    /// <summary>All of them, compiled at once.</summary>
    public sealed class Compiled : IDisposable
    {
        private readonly GeneratedAssembly _assembly;

        public Compiled()
        {
            Models = Files.ToDictionary(static f => f, static f => NamImporter.Import(File.ReadAllText(TestFiles.Model($"nam/{f}.nam"))));
            _assembly = GeneratedAssembly.FromSpecs(Models.ToDictionary(static m => ClassOf(m.Key), static m => m.Value.Spec), Target.Net10);
        }

        internal Dictionary<string, ImportedModel> Models { get; }

        internal GeneratedNetwork this[string file] => _assembly[ClassOf(file)];

        public void Dispose() => _assembly.Dispose();

        private static string ClassOf(string file) => "Net" + file.Replace("-", "", StringComparison.Ordinal);
    }

    private static string[] Files => [.. Directory.GetFiles(TestFiles.Model("nam"), "*.nam").Select(static f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Names => [.. Files];

    private static (float[] Inputs, float[] Outputs) Recorded(string file)
    {
        IReadOnlyDictionary<string, float[]> recorded = TestFiles.Tensors(TestFiles.Model($"nam/{file}_io.safetensors"));
        return (recorded["inputs"], recorded["outputs"]);
    }

    private static float[] Parameters(GeneratedNetwork network, ImportedModel model) =>
        network.Pack(model.Weights.ToDictionary(static t => t.Name, static t => Array.ConvertAll(t.Values, static v => (double)v)));

    private static void Close(float[] expected, IReadOnlyList<double> given)
    {
        Assert.Equal(expected.Length, given.Count);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - given[i]) <= Tolerance, FormattableString.Invariant($"sample {i}: {given[i]}, not {expected[i]}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_reference_gives_what_is_right(string file)
    {
        ImportedModel model = compiled.Models[file];
        (float[] inputs, float[] outputs) = Recorded(file);
        Close(outputs, TestFiles.Reference(model.Spec, model.Weights).Forward(Array.ConvertAll(inputs, static v => (double)v)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_generated_code_gives_it_whole(string file)
    {
        GeneratedNetwork network = compiled[file];
        (float[] inputs, float[] outputs) = Recorded(file);
        Close(outputs, Array.ConvertAll(network.Forward(Parameters(network, compiled.Models[file]), inputs), static v => (double)v));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_generated_code_gives_it_sample_by_sample(string file)
    {
        GeneratedNetwork network = compiled[file];
        ImportedModel model = compiled.Models[file];
        (float[] inputs, float[] outputs) = Recorded(file);
        float[] parameters = Parameters(network, model), state = new float[network.StateSize!.Value], given = new float[inputs.Length];
        // What the spec's comment says: the state that the file has begins the caller's memory.
        int at = 0;
        foreach (NamedTensor begin in model.Weights.Where(static w => Regex.IsMatch(w.Name, @"^[hc]0_\d+\.bias$")))
        {
            begin.Values.CopyTo(state, at);
            at += begin.Values.Length;
        }

        Assert.Equal(model.Spec.Contains("lstm", StringComparison.Ordinal), at > 0);
        Assert.Equal((1, 1), (network.StepInputSize, network.StepOutputSize));
        for (int k = 0; k < inputs.Length; k++)
            network.Step(parameters, inputs.AsSpan(k, 1), state, given.AsSpan(k, 1), new float[network.ScratchSize]);
        Close(outputs, Array.ConvertAll(given, static v => (double)v));
    }
}
