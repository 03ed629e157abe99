using System;
using System.IO;
using System.Linq;
using NetGen.Compiler;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using Xunit;

namespace NetGen.Build.Tests;

/// <summary>Which weight files are read: those that a spec, a class or the project names.</summary>
public sealed class WhoNamesItTests : IDisposable
{
    private const string Large = "input: 200\nlayers: [ { dense: { units: 200, name: fc1 } } ]\n";

    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""[Network(Weights = "models/w.safetensors"), Input(4), Dense(2)] class A { }""", true)]
    [InlineData("""[Network("a.yaml", Weights = @"models\w.safetensors")] class A { }""", true)]
    [InlineData("""static class Files { public const string Two = "models/w.safetensors"; }""", true)]
    [InlineData("""static class Files { const string Folder = "models/", One = Folder + "w.safetensors"; }""", true)]
    [InlineData("""static class Files { const string Folder = "models", One = $"{Folder}/w.safetensors"; }""", true)]
    [InlineData("""static class Files { const string One = "a;b/w.safetensors"; }""", true)]
    [InlineData("""static class Files { public const string Two = "models/" + "w" + ".safetensors"; }""", false)]
    [InlineData("""static class Files { public const string Two = "models/raw.safetensors"; }""", false)]
    [InlineData("""class A { void M(Net net) { net.SaveWeights("w.safetensors"); } }""", false)]
    [InlineData("""class A { const int N = 3; void M(Net net) { net.LoadWeights("models/w.safetensors"); } }""", false)]
    [InlineData("// w.safetensors is made by train.py", false)]
    public void A_class_names_a_file_in_an_attribute_or_a_constant(string source, bool isNamed)
    {
        _folder.Write("models/w.safetensors", TaskFolder.Dense(4, 2));
        _folder.Write("A.cs", source);

        TaskResult result = _folder.Run();

        Assert.Equal(isNamed ? ["w.safetensors"] : [], result.Files.Select(static f => Path.GetFileName(f.Path)));
        // Of the others the generator is told, for its messages.
        Assert.Equal(isNamed ? [] : ["w.safetensors"], result.Unread);
    }

    [Fact]
    public void What_the_project_names_is_read_though_no_file_names_it_and_found_missing_too()
    {
        _folder.Write("models/w.safetensors", TaskFolder.Dense(4, 2));
        _folder.Write("models/model.pt", [.. "PK\u0003\u0004"u8, .. new byte[22], 16, 0, 0, 0, .. "archive/data.pkl"u8, .. new byte[100]]);

        TaskResult result = _folder.Run("models/w.safetensors", "models/model.pt", "models/gone.safetensors");

        Assert.NotNull(result["w.safetensors"].Data);
        Assert.StartsWith("model.pt: it is a PyTorch checkpoint, not a safetensors file; convert it: netgen weights ", result["model.pt"].Error);
        Assert.Equal("there is no such file", result["gone.safetensors"].Missing);
    }

    [Fact]
    public void A_large_file_that_a_class_names_for_a_spec_is_laid_out_for_the_spec()
    {
        _folder.Write("cnn.yaml", Large);
        _folder.Write("w.safetensors", TaskFolder.Dense(200, 200));
        _folder.Write("A.cs", """[Network("cnn.yaml", Weights = "w.safetensors")] class A { } [Network("cnn.yaml")] class B { }""");

        Handover file = Assert.Single(_folder.Run().Files);

        Network network = NetworkCompiler.Check(Large + "weights: w.safetensors").Network!;
        Assert.Equal(BakedLayout.IdOf(network, Storage.Float32), Assert.Single(file.Resources).Layout);
    }

    [Fact]
    public void A_large_file_that_fits_no_spec_is_handed_over_as_it_is()
    {
        _folder.Write("cnn.yaml", Large.Replace("units: 200", "units: 300"));
        _folder.Write("w.safetensors", TaskFolder.Dense(200, 200));
        _folder.Write("A.cs", """[Network(Weights = "w.safetensors"), Input(200), Dense(200, Name = "fc1")] class A { }""");

        Assert.Equal(Handover.Presented, Assert.Single(Assert.Single(_folder.Run().Files).Resources).Layout);
    }

    [Fact]
    public void Two_specs_that_read_one_file_by_other_names_have_resources_of_their_own()
    {
        _folder.Write("w.safetensors", TaskFolder.Of(("a.0.weight", [200, 200], 1), ("a.0.bias", [200], 1), ("b.fc1.weight", [200, 200], 2), ("b.fc1.bias", [200], 2)));
        _folder.Write("a.yaml", Large + "weights: { file: w.safetensors, prefix: a., names: { fc1: 0 } }\n");
        _folder.Write("b.yaml", Large + "weights: { file: w.safetensors, prefix: b. }\n");

        TaskResult result = _folder.Run();

        Assert.Equal([1f, 2f], result.Resources.Select(static r => BitConverter.ToSingle(File.ReadAllBytes(r.ItemSpec), 0)).Order());
    }
}
