using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Import;
using NetGen.Models.Onnx;
using NetGen.Models.Tests.Onnx;
using NetGen.Models.Tests.Onnx.Export;
using Xunit;

namespace NetGen.Models.Tests.Import;

/// <summary>What is imported computes what the model computes.</summary>
public sealed class ImportTests
{
    /// <summary>Relative to the largest output.</summary>
    private const double Tolerance = 1e-5, Floor = 0.1;

    public static TheoryData<string> TorchModels => [.. TorchModel.Names];

    public static TheoryData<string> Exports => [.. ExportSpecs.All.Keys];

    [Theory]
    [MemberData(nameof(TorchModels))]
    public void A_model_of_PyTorch_gives_its_recorded_outputs(string name)
    {
        TorchModel model = TorchModel.Read(name);
        ImportedModel imported = Import(File.ReadAllBytes(model.Path));
        IReadOnlyDictionary<string, double[]> outputs = new ImportedNetwork(imported).Run(model.Samples.ToDictionary(static s => s.Key, static s => s.Value.Values));
        Assert.NotEmpty(outputs);
        foreach ((string output, double[] actual) in outputs)
            AssertClose(model.Samples[output].Values, actual, $"{output}\n{imported.Spec}");
    }

    [Theory]
    [MemberData(nameof(Exports))]
    public void The_import_of_an_export_is_the_same_network(string name)
    {
        string spec = ExportSpecs.All[name];
        var exported = new Exported(spec);
        if (exported.Operators.Contains("Scan"))
        {
            // Cells with functions that ONNX's own have not are loops there.
            Assert.Contains(Assert.Throws<ImportException>(() => Import(exported.Bytes)).Details, static d => d.Contains("Scan", StringComparison.Ordinal));
            return;
        }

        ImportedModel imported = Imported(exported.Bytes);
        (float[][] inputs, double[][] expected) = new ReferenceCase(spec).Run(2);
        string[] names = [.. exported.Graph.Input.Select(static i => i.Name)];
        IReadOnlyDictionary<string, double[]> outputs = new ImportedNetwork(imported).Run(names.Zip(inputs).ToDictionary(static i => i.First, static i => i.Second));
        string[] given = [.. exported.Graph.Output.Select(static o => o.Name)];
        for (int k = 0; k < given.Length; k++)
        {
            if (outputs.TryGetValue(given[k], out double[]? actual))
                AssertClose([.. expected[k].Select(static v => (float)v)], actual, $"{given[k]}\n{spec}\n{imported.Spec}");
            else
                Assert.Contains(imported.Notes, n => n.Contains($"'{given[k]}'", StringComparison.Ordinal));
        }
    }

    private static ImportedModel Imported(byte[] model)
    {
        try { return Import(model); }
        catch (ImportException e) { throw new Xunit.Sdk.XunitException($"{e.Message}: {string.Join(" // ", e.Details)}"); }
    }

    private static ImportedModel Import(byte[] model) => ModelImporter.Import(OnnxReader.Read(model, null), new ImportOptions());

    private static void AssertClose(float[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Max(static v => Math.Abs(v)), error = actual.Zip(expected, static (a, b) => Math.Abs(a - b)).Max();
        Assert.True(error <= Tolerance * Math.Max(largest, Floor), $"{error:e2} of {largest:g3}: {what}");
    }
}
