using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Tasks;
using NetGen.Cli.Tests.Runs;
using NetGen.Compiler.Baking;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary><c>netgen weights</c>: lists, conversions and what goes wrong with either.</summary>
public sealed class WeightsCommandTests : IDisposable
{
    private const string Mlp = "input: 4\nlayers: [ { dense: { units: 5, activation: relu } }, { dense: 3 } ]\nweights: w.safetensors\n";

    private const string Walking = """
        input: { shape: [60, 47], layout: sequence }
        layers: [ { lstm: { units: 64, return_sequences: true } }, { dense: { units: 32, activation: elu } }, { dense: 12 } ]
        weights: g1.safetensors
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Goldens(string name) => Path.Combine(Path.GetDirectoryName(ThisFile())!, "../goldens/weight_files", name);

    private static string Model(string name) => Path.Combine(Path.GetDirectoryName(ThisFile())!, "../models", name);

    private SafetensorsFile Read(string name)
    {
        using FileStream stream = File.OpenRead(_folder.File(name));
        return SafetensorsFile.Read(stream, name);
    }

    [Fact]
    public async Task Without_an_output_it_lists_names_types_and_shapes()
    {
        string path = Goldens("types.pt");
        Assert.Equal(
            $"""
            tensor    type  shape
            float64   F64   [4]
            float32   F32   [4]
            float16   F16   [4]
            bfloat16  BF16  [4]
            int64     I64   [4]
            int32     I32   [4]
            int16     I16   [4]
            int8      I8    [4]
            uint8     U8    [3]
            bool      BOOL  [2]
            thirds    F64   [3]

            {path}: PyTorch, 11 tensors of 40 numbers

            """.ReplaceLineEndings("\n"), (await ToolInProcess.Run("weights", path)).Successful());
        Assert.False(Directory.EnumerateFiles(_folder.Path).Any());
    }

    [Fact]
    public async Task As_JSON_it_is_for_other_programs()
    {
        string spec = _folder.Write("net.yaml", Mlp);
        using JsonDocument list = JsonDocument.Parse((await ToolInProcess.Run("weights", Goldens("state_dict.pt"), "--for", spec, "--json")).Successful());
        JsonElement root = list.RootElement;
        Assert.Equal("PyTorch", root.GetProperty("format").GetString());
        Assert.Equal("""{"name":"0.weight","type":"F32","shape":[5,4]}""", JsonSerializer.Serialize(root.GetProperty("tensors")[0]));
        Assert.Equal("""{"name":"dense_1.weight","shape":[5,4],"from":"0.weight","how":""}""", JsonSerializer.Serialize(root.GetProperty("parameters")[0]));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("output").ValueKind);
    }

    [Fact]
    public async Task For_a_spec_it_writes_what_the_spec_takes_in()
    {
        string spec = _folder.Write("net.yaml", Mlp), output = _folder.File("w.safetensors");
        Assert.Equal(
            $"""
            parameter       shape   from
            dense_1.weight  [5, 4]  0.weight
            dense_1.bias    [5]     0.bias
            dense_2.weight  [3, 5]  2.weight
            dense_2.bias    [3]     2.bias

            {output}: 4 tensors of 43 numbers for {spec}

            """.ReplaceLineEndings("\n"), (await ToolInProcess.Run("weights", Goldens("state_dict.pt"), "--for", spec, "-o", output)).Successful());
        Assert.Equal("", (await ToolInProcess.Run("check", spec)).Successful());
        Assert.Contains("public static void Predict(", (await ToolInProcess.Run("emit", spec)).Successful(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_deployed_policy_it_says_what_is_surplus_and_then_leaves_it_out()
    {
        string spec = _folder.Write("g1.yaml", Walking), output = _folder.File("g1.safetensors");
        ToolResult refused = await ToolInProcess.Run("weights", Model("unitree/g1.pt"), "--for", spec, "-o", output);
        Assert.Equal(
            $"""
            netgen: {Model("unitree/g1.pt")}: it does not fit the spec:
              surplus: hidden_state [1, 1, 64]
              surplus: cell_state [1, 1, 64]
              this would leave out what no layer has: --rename hidden_state= --rename cell_state=

            """.ReplaceLineEndings("\n"), refused.Errors);
        Assert.Equal((1, "", false), (refused.ExitCode, refused.Output, File.Exists(output)));

        (await ToolInProcess.Run("weights", Model("unitree/g1.pt"), "--for", spec, "--rename", "hidden_state=", "--rename", "cell_state=", "-o", output)).Successful();
        Assert.Equal("", (await ToolInProcess.Run("check", spec)).Successful());
        Assert.Contains("public static void Predict(", (await ToolInProcess.Run("emit", spec)).Successful(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_spec_it_writes_what_there_is_as_floats()
    {
        string output = _folder.File("all.safetensors");
        string text = (await ToolInProcess.Run("weights", Goldens("types.pt"), "--rename", "int64=whole", "--rename", "bool=", "-o", output)).Successful();
        Assert.Contains("\nfloat64    [4]    float64   from F64\n", text, StringComparison.Ordinal);
        Assert.EndsWith($"\n{output}: 10 tensors of 38 numbers\nnote: 3 numbers of 1 tensor were doubles, rounded to floats by 3.0e-8 of their value at most\n", text, StringComparison.Ordinal);
        Assert.Equal("bfloat16 float16 float32 float64 int16 int32 int8 thirds uint8 whole", string.Join(' ', Read("all.safetensors").Tensors.Select(static t => t.Name).Order(StringComparer.Ordinal)));
        Assert.All(Read("all.safetensors").Tensors, static t => Assert.Equal("F32", t.Dtype));

        // What was written is read again, and Keras's layouts are told.
        Assert.Contains("safetensors, 10 tensors of 38 numbers", (await ToolInProcess.Run("weights", output)).Successful(), StringComparison.Ordinal);
        Assert.Contains(
            "note: kernels keep Keras's shapes and names; --for SPEC turns them",
            (await ToolInProcess.Run("weights", Goldens("keras2_image.h5"), "-o", _folder.File("k.safetensors"))).Successful(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_or_written_is_said_and_nothing_is_half_written()
    {
        string broken = _folder.Write("broken.pt", (await File.ReadAllBytesAsync(Goldens("state_dict.pt")))[..600]), output = _folder.File("w.safetensors");
        foreach ((string[] arguments, string message) in new[]
        {
            (new[] { broken, "-o", output }, "broken.pt: it begins as a zip archive does, but is none that can be read: "),
            ([_folder.File("gone.pt")], "gone.pt: "),
            ([_folder.Path], "it is a folder; name a file of weights"),
            ([_folder.Write("empty.pt", "")], "empty.pt: it is empty; copy or save it again."),
            ([Goldens("state_dict.pt"), "-o", _folder.File("no/w.safetensors")], "there is no folder"),
            ([Goldens("state_dict.pt"), "--rename", "3=x"], "--rename 3=x is of nothing"),
            ([Goldens("complex.pt"), "-o", output], "tensor 'z' cannot be used"),
        })
        {
            ToolResult result = await ToolInProcess.Run(["weights", .. arguments]);
            Assert.Equal((1, ""), (result.ExitCode, result.Output));
            Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(output));
        string own = _folder.Write("own.safetensors", await File.ReadAllBytesAsync(Model("raptor/raptor.safetensors")));
        Assert.Contains("it is the file that is read", (await ToolInProcess.Run("weights", own, "-o", own)).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-o", "w.npz", "a safetensors file is written, which 'w.npz' is no name for; 'w.safetensors' would do")]
    [InlineData("-o", "-", "safetensors files are no text for a terminal; name a file")]
    [InlineData("--rename", "a", "'a' has no equals sign; write OLD=NEW, as in module.fc1=hidden")]
    public async Task A_wrong_option_is_wrong_usage(string option, string value, string message)
    {
        ToolResult result = await ToolInProcess.Run("weights", Goldens("state_dict.pt"), option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
