using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.CodeFixes.Tests;

/// <summary>Fixes as an editor offers them: what they are called, what the file is afterwards, and that the mistake is gone.</summary>
public sealed class CodeFixTests
{
    private const string Class = """
        [NetGen.Network("net.yaml")]
        public partial class Net;
        """;

    [Theory]
    [InlineData("NETGEN020", "Write in: 8", "- dense: { units: 3, in: 9 }", "- dense: { units: 3, in: 8 }")]
    [InlineData("NETGEN010", "Write 'dense'", "- dens: 3", "- dense: 3")]
    [InlineData("NETGEN010", "Write 'dense'", "- fc: { units: 3 }", "- dense: { units: 3 }")]
    [InlineData("NETGEN006", "Write 'units'", "- dense: { unit: 3 }", "- dense: { units: 3 }")]
    [InlineData("NETGEN011", "Write 'relu'", "- dense: { units: 3, activation: rellu }", "- dense: { units: 3, activation: relu }")]
    [InlineData("NETGEN041", "Give 'dense_1' activation: relu", "- dense: 16\n  - dense: 3", "- dense: { units: 16, activation: relu }\n  - dense: 3")]
    [InlineData("NETGEN041", "Give 'dense_1' activation: relu", "- dense:\n      units: 16\n  - dense: 3", "- dense:\n      activation: relu\n      units: 16\n  - dense: 3")]
    [InlineData("NETGEN045", "Write use_bias: false", "- dense: { units: 16, use_bias: true }\n  - batch_norm", "- dense: { units: 16, use_bias: false }\n  - batch_norm")]
    [InlineData("NETGEN047", "Write momentum: 0.01", "- batch_norm: { momentum: 0.99 }\n  - dense: 3", "- batch_norm: { momentum: 0.01 }\n  - dense: 3")]
    [InlineData("NETGEN010", "Write 'average_pool1d'", "- reshape: [2, 4]\n  - AvgPool1d: 2", "- reshape: [2, 4]\n  - average_pool1d: 2")]
    [InlineData("NETGEN006", "Write 'units'", "- dense: { out_features: 3 }", "- dense: { units: 3 }")]
    [InlineData("NETGEN014", "Write 'glorot_uniform'", "- dense: { units: 3, kernel_initializer: xavier_uniform }", "- dense: { units: 3, kernel_initializer: glorot_uniform }")]
    [InlineData("NETGEN021", "Write return_sequences: true in 'lstm_1'", "- reshape: [4, 2]\n  - lstm: 4\n  - gru: 3", "- reshape: [4, 2]\n  - lstm: { units: 4, return_sequences: true }\n  - gru: 3")]
    [InlineData("NETGEN105", "Leave 'relu_1' out", "- dense: { units: 3, activation: relu }\n  - relu", "- dense: { units: 3, activation: relu }")]
    [InlineData("NETGEN019", "Write 'left'", "- relu: { name: left }\n  - dense: { units: 3, from: lft }", "- relu: { name: left }\n  - dense: { units: 3, from: left }")]
    public async Task A_mistake_in_a_spec_is_mended_in_the_yaml(string id, string title, string wrong, string right)
    {
        Editor editor = Editor.Open(("Net.cs", Class), ("net.yaml", $"input: 8\nlayers:\n  {wrong}\n"));
        Assert.Contains(title, await editor.Offers(id));
        await editor.Apply(id, title);
        Assert.Equal($"input: 8\nlayers:\n  {right}\n", editor["net.yaml"]);
        Assert.DoesNotContain(await editor.Diagnostics(), d => d.Id == id);
    }

    [Theory]
    [InlineData("input: [3, 8, 8]\nlayers:\n  - conv2d: { filters: 2, kernel_size: 3 }\n  - dense: 3\n", "input: [3, 8, 8]\nlayers:\n  - conv2d: { filters: 2, kernel_size: 3 }\n  - flatten\n  - dense: 3\n")]
    [InlineData("input: [3, 8, 8]\r\nlayers:\r\n- conv2d: { filters: 2, kernel_size: 3 }\r\n-   dense: 3\r\n", "input: [3, 8, 8]\r\nlayers:\r\n- conv2d: { filters: 2, kernel_size: 3 }\r\n-   flatten\r\n-   dense: 3\r\n")]
    [InlineData("input: [3, 8, 8]\nlayers: [ { conv2d: { filters: 2, kernel_size: 3 } }, { dense: 3 } ]\n", "input: [3, 8, 8]\nlayers: [ { conv2d: { filters: 2, kernel_size: 3 } }, flatten, { dense: 3 } ]\n")]
    public async Task Flatten_is_inserted_in_the_style_of_the_list(string wrong, string right)
    {
        Editor editor = Editor.Open(("Net.cs", Class), ("net.yaml", wrong));
        await editor.Apply("NETGEN021", "Put flatten before 'dense_1'");
        Assert.Equal(right, editor["net.yaml"]);
        Assert.DoesNotContain(await editor.Diagnostics(), static d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("layers:\n  - dense: 3\n  - softmax\n  - softmax\n", "layers:\n  - dense: 3\n  - softmax\n")]
    [InlineData("layers: [ { dense: 3 }, softmax, softmax ]\n", "layers: [ { dense: 3 }, softmax ]\n")]
    [InlineData("layers: [ { dense: 3 }, softmax, { softmax: { name: again } }, linear ]\n", "layers: [ { dense: 3 }, softmax, linear ]\n")]
    public async Task A_layer_is_left_out_with_its_line_or_its_comma(string wrong, string right)
    {
        Editor editor = Editor.Open(("Net.cs", Class), ("net.yaml", "input: 8\n" + wrong));
        await editor.Apply("NETGEN040", (await editor.Offers("NETGEN040")).Single());
        Assert.Equal("input: 8\n" + right, editor["net.yaml"]);
    }

    [Theory]
    [InlineData("- dense: 3\n  - softmax", "cross_entropy_with_logits", "cross_entropy")]
    [InlineData("- dense: 3\n  - sigmoid", "cross_entropy", "binary_cross_entropy")]
    [InlineData("- dense: 3", "binary_cross_entropy", "binary_cross_entropy_with_logits")]
    public async Task The_loss_that_fits_is_picked(string layers, string wrong, string right)
    {
        Editor editor = Editor.Open(("Net.cs", Class), ("net.yaml", $"input: 8\nlayers:\n  {layers}\nloss: {wrong}\n"));
        await editor.Apply("NETGEN030", $"Use {right}");
        Assert.Equal($"input: 8\nlayers:\n  {layers}\nloss: {right}\n", editor["net.yaml"]);
    }

    [Fact]
    public async Task All_misspelt_layers_of_all_specs_are_mended_at_once()
    {
        Editor editor = Editor.Open(
            ("Net.cs", Class), ("net.yaml", "input: 8\nlayers:\n  - dens: 3\n  - rellu\n"),
            ("Other.cs", """[NetGen.Network("other.yaml")] public partial class Other;"""), ("other.yaml", "input: 8\nlayers: [ { dens: 3 } ]\n"));
        await editor.ApplyAll("NETGEN010");
        Assert.Equal("input: 8\nlayers:\n  - dense: 3\n  - relu\n", editor["net.yaml"]);
        Assert.Equal("input: 8\nlayers: [ { dense: 3 } ]\n", editor["other.yaml"]);
    }

    [Fact]
    public async Task The_size_of_an_attribute_is_set_to_what_fits()
    {
        Editor editor = Editor.Open(("Net.cs", "using NetGen;\n[Network, Input(8), Dense(3, In = 9)]\npublic partial class Net;\n"));
        await editor.Apply("NETGEN020", "Write in: 8");
        Assert.Equal("using NetGen;\n[Network, Input(8), Dense(3, In = 8)]\npublic partial class Net;\n", editor["Net.cs"]);
        Assert.Empty(await editor.Diagnostics());
    }

    [Theory]
    [InlineData("NETGEN021", "Write return_sequences: true in 'lstm_1'", "Input(5, 8)]\n[Lstm(4)]\n[Gru(3)]", "Input(5, 8)]\n[Lstm(4, ReturnSequences = true)]\n[Gru(3)]")]
    [InlineData("NETGEN021", "Write return_sequences: true in 'lstm_1', and put permute: [1, 0] before 'max_pool1d_1'", "Input(5, 8), Lstm(4, ReturnSequences = false), MaxPool1D(2)]", "Input(5, 8), Lstm(4, ReturnSequences = true), Permute(1, 0), MaxPool1D(2)]")]
    [InlineData("NETGEN026", "Write [1, 28, 28]", "Input(28, 28, 1), Conv2D(4, KernelSize = 3)]", "Input(1, 28, 28), Conv2D(4, KernelSize = 3)]")]
    [InlineData("NETGEN014", "Write 'he_normal'", "Input(8), Dense(3, KernelInitializer = \"kaiming_normal\")]", "Input(8), Dense(3, KernelInitializer = \"he_normal\")]")]
    [InlineData("NETGEN015", "Write 'weight'", "Input(8), Dense(3, Trainable = new[] { \"kernel\" })]", "Input(8), Dense(3, Trainable = new[] { \"weight\" })]")]
    [InlineData("NETGEN045", "Write use_bias: false", "Input(8), Dense(3, UseBias = true), BatchNorm]", "Input(8), Dense(3, UseBias = false), BatchNorm]")]
    public async Task Attributes_are_mended_in_their_own_words(string id, string title, string wrong, string right)
    {
        Editor editor = Editor.Open(("Net.cs", $"using NetGen;\n[Network, {wrong}\npublic partial class Net;\n"));
        await editor.Apply(id, title);
        Assert.Equal($"using NetGen;\n[Network, {right}\npublic partial class Net;\n", editor["Net.cs"]);
        Assert.DoesNotContain(await editor.Diagnostics(), d => d.Id == id);
    }

    [Fact]
    public async Task Flatten_is_inserted_as_an_attribute()
    {
        Editor editor = Editor.Open(("Net.cs", "using NetGen;\n[Network, Input(3, 8, 8)]\n[Conv2D(2, KernelSize = 3)]\n[Dense(3)]\npublic partial class Net;\n"));
        await editor.Apply("NETGEN021", "Put flatten before 'dense_1'");
        Assert.Equal("using NetGen;\n[Network, Input(3, 8, 8)]\n[Conv2D(2, KernelSize = 3)]\n[Flatten, Dense(3)]\npublic partial class Net;\n", editor["Net.cs"]);
        Assert.Empty(await editor.Diagnostics());
    }

    [Theory]
    [InlineData("using NetGen;\n\n/// <summary>A net.</summary>\n[Input(8), Dense(3)]\npublic partial class Net;\n", "using NetGen;\n\n/// <summary>A net.</summary>\n[Network]\n[Input(8), Dense(3)]\npublic partial class Net;\n")]
    [InlineData("namespace App\r\n{\r\n    [NetGen.Input(8)]\r\n    [NetGen.Dense(3)]\r\n    partial class Net { }\r\n}\r\n", "namespace App\r\n{\r\n    [NetGen.Network]\r\n    [NetGen.Input(8)]\r\n    [NetGen.Dense(3)]\r\n    partial class Net { }\r\n}\r\n")]
    public async Task Network_is_written_above_layers(string wrong, string right)
    {
        Editor editor = Editor.Open(("Net.cs", wrong));
        await editor.Apply("NETGEN063", "Write [Network]");
        Assert.Equal(right, editor["Net.cs"]);
        Assert.DoesNotContain(await editor.Diagnostics(), static d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task A_class_is_made_partial_and_so_are_its_containers()
    {
        Editor editor = Editor.Open(("Net.cs", "public static class Models\n{\n    [NetGen.Network(\"net.yaml\")]\n    public sealed class Net\n    {\n    }\n}\n"), ("net.yaml", "input: 8\nlayers: [ { dense: 3 } ]\n"));
        Assert.Equal(["Make 'Net' partial", "Make 'Models' partial"], await editor.Offers("NETGEN053"));
        await editor.Apply("NETGEN053", "Make 'Net' partial");
        await editor.Apply("NETGEN053", "Make 'Models' partial");
        Assert.Equal("public static partial class Models\n{\n    [NetGen.Network(\"net.yaml\")]\n    public sealed partial class Net\n    {\n    }\n}\n", editor["Net.cs"]);
        Assert.Empty(await editor.Diagnostics());
    }

    [Fact]
    public async Task A_missing_spec_is_added_with_a_network_that_is_right()
    {
        Editor editor = Editor.Open(("Net.cs", Class));
        await editor.Apply("NETGEN051", "Add 'net.yaml', a small network to start from");
        Assert.Contains("softmax", editor["net.yaml"], System.StringComparison.Ordinal);
        Assert.Empty(await editor.Diagnostics());
    }

    [Theory]
    [InlineData("net.Forward(new float[7], new float[3]);", "net.Forward(new float[Net.InputSize], new float[3]);")]
    [InlineData("var x = new float[7]; net.Forward(x, new float[3]);", "var x = new float[Net.InputSize]; net.Forward(x, new float[3]);")]
    [InlineData("net.Forward(new float[16], new float[3]);", "net.Forward(new float[16], new float[2 * Net.OutputSize]);")]
    public async Task A_buffer_is_sized_by_the_networks_constant(string wrong, string right)
    {
        string Program(string statements) => $"class Program {{ static void Run(Net net) {{ {statements} }} }}\n";
        Editor editor = Editor.Open(("Net.cs", Class), ("net.yaml", "input: 8\nlayers: [ { dense: 3 } ]\n"), ("Program.cs", Program(wrong)));
        await editor.Apply("NETGEN070", (await editor.Offers("NETGEN070")).Single());
        Assert.Equal(Program(right), editor["Program.cs"]);
        Assert.DoesNotContain(await editor.Diagnostics(), static d => d.Id == "NETGEN070");
    }
}
