using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Google.Protobuf;
using NetGen.Models.Onnx.Proto;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary><c>netgen import</c>: which files it writes, what it says, and what it refuses. That the networks are right, NetGen.Models.Tests shows.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_becomes_a_spec_and_its_weights()
    {
        _folder.Write("policy.onnx", Policy(batch: "batch").ToByteArray());

        ToolResult result = await Tool.Run(_folder.Path, "import", "policy.onnx");

        Assert.Equal(new ToolResult(0, "policy.yaml: 1 layer\npolicy.safetensors: 8 parameters\n", ""), result);
        Assert.Equal(
            """
            # Imported from policy.onnx, which test 1.0 wrote.
            input: 3
            layers:
              - dense: { units: 2, activation: tanh, name: head }
            weights: policy.safetensors

            """.ReplaceLineEndings("\n"), File.ReadAllText(_folder.File("policy.yaml")));
        Assert.Equal(0, (await Tool.Run(_folder.Path, "check", "policy.yaml")).ExitCode);
    }

    [Fact]
    public async Task Verifying_compares_with_the_reference_and_with_ONNX_Runtime_or_says_why_not()
    {
        _folder.Write("policy.onnx", Policy(batch: "batch").ToByteArray());

        ToolResult result = await Tool.Run(_folder.Path, "import", "policy.onnx", "-o", "p.yaml", "--verify");

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("right: outputs within", result.Output, StringComparison.Ordinal);
        Assert.Contains("ONNX Runtime", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loss_makes_it_trainable_and_one_that_does_not_fit_is_refused()
    {
        _folder.Write("policy.onnx", Policy(batch: "batch").ToByteArray());

        Assert.Equal(0, (await Tool.Run(_folder.Path, "import", "policy.onnx", "--train", "mean_squared_error")).ExitCode);
        Assert.Contains("loss: mean_squared_error\noptimizer: { adam: { learning_rate: 0.001 } }\n", File.ReadAllText(_folder.File("policy.yaml")), StringComparison.Ordinal);

        ToolResult refused = await Tool.Run(_folder.Path, "import", "policy.onnx", "-o", "other.yaml", "--train", "cross_entropy");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("the loss 'cross_entropy' does not fit it", refused.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("other.yaml")) || File.Exists(_folder.File("other.safetensors")));
    }

    [Fact]
    public async Task A_size_that_the_file_leaves_open_is_asked_for_and_stated()
    {
        ModelProto model = Policy(batch: "batch");
        model.Graph.Input[0].Type.TensorType.Shape.Dim.Insert(1, new ShapeProto.Types.Dimension { DimParam = "frames" });
        model.Graph.Node[0].OpType = "MatMul";
        model.Graph.Node[0].Attribute.Clear();
        model.Graph.Node[0].Input.RemoveAt(2);
        model.Graph.Initializer[0].Dims.Clear();
        model.Graph.Initializer[0].Dims.Add([3, 2]);
        _folder.Write("tagger.onnx", model.ToByteArray());

        ToolResult asked = await Tool.Run(_folder.Path, "import", "tagger.onnx");
        Assert.Equal((1, ""), (asked.ExitCode, asked.Output));
        Assert.Contains("say it by --input-shape x=1,100,3", asked.Errors, StringComparison.Ordinal);

        Assert.Equal(0, (await Tool.Run(_folder.Path, "import", "tagger.onnx", "--input-shape", "x=1,7,3")).ExitCode);
        Assert.Contains("input: { shape: [7, 3], layout: sequence }", File.ReadAllText(_folder.File("tagger.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tensors_in_a_file_beside_the_model_are_read()
    {
        ModelProto model = Policy(batch: "batch");
        TensorProto weight = model.Graph.Initializer[0];
        _folder.Write("big.bin", [0, 0, 0, 0, .. weight.FloatData.SelectMany(BitConverter.GetBytes)]);
        weight.FloatData.Clear();
        weight.DataLocation = TensorProto.Types.DataLocation.External;
        foreach ((string key, string value) in new[] { ("location", "big.bin"), ("offset", "4"), ("length", "24") })
            weight.ExternalData.Add(new EntryProto { Key = key, Value = value });
        _folder.Write("policy.onnx", model.ToByteArray());

        Assert.Equal(0, (await Tool.Run(_folder.Path, "import", "policy.onnx")).ExitCode);

        byte[] file = File.ReadAllBytes(_folder.File("policy.safetensors"));
        Assert.Contains(Enumerable.Range(0, file.Length - 23), i => file.AsSpan(i, 24).SequenceEqual(new float[] { 1, 2, 3, 4, 5, 6 }.SelectMany(BitConverter.GetBytes).ToArray()));

        File.Delete(_folder.File("big.bin"));
        Assert.Contains("which is not there; put the file beside the model", (await Tool.Run(_folder.Path, "import", "policy.onnx")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_imported_is_listed_and_nothing_is_written()
    {
        ModelProto model = Policy(batch: "batch");
        model.Graph.Node[1].OpType = "Det";
        _folder.Write("odd.onnx", model.ToByteArray());

        ToolResult result = await Tool.Run(_folder.Path, "import", "odd.onnx");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal("netgen: odd.onnx: 1 of its 2 operations cannot be said in a spec:\nnetgen:   Det 'head/Tanh': there is no layer for this operator\n", result.Errors);
        Assert.Equal(["odd.onnx"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("nothing.onnx", "there is no such file")]
    [InlineData("text.onnx", "it is no ONNX model, or a damaged one")]
    [InlineData("empty.onnx", "it is no ONNX model, or an empty one")]
    [InlineData("amp.nam", "no JSON")]
    [InlineData("weights.pt", "by 'netgen weights FILE --for SPEC'")]
    [InlineData("weights.h5", "by 'netgen weights FILE --for SPEC'")]
    public async Task A_file_that_is_no_model_is_refused(string file, string problem)
    {
        _folder.Write("text.onnx", "What is this?"u8.ToArray());
        _folder.Write("empty.onnx", []);
        _folder.Write("weights.pt", "PK\u0003\u0004archive"u8.ToArray());
        _folder.Write("weights.h5", [0x89, .. "HDF\r\n"u8]);
        _folder.Write("amp.nam", "{ \"architecture\": "u8.ToArray());

        ToolResult result = await Tool.Run(_folder.Path, "import", file);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(problem, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--input-shape takes an input and its sizes, as in x=1,100,6, not 'x=a'", "--input-shape", "x=a")]
    [InlineData("'net.safetensors' is no name for", "-o", "net.safetensors")]
    public async Task Wrong_options_are_wrong_usage(string problem, params string[] options)
    {
        ToolResult result = await Tool.Run(_folder.Path, ["import", "m.onnx", .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem.Split('\'')[0], result.Errors, StringComparison.Ordinal);
    }

    /// <summary>tanh(W x + b), from three values to two.</summary>
    private static ModelProto Policy(string batch)
    {
        static TensorProto Tensor(string name, long[] dims, params float[] values) => new() { Name = name, DataType = 1, Dims = { dims }, FloatData = { values } };
        ValueInfoProto Info(string name, long size) => new()
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = new ShapeProto { Dim = { new ShapeProto.Types.Dimension { DimParam = batch }, new ShapeProto.Types.Dimension { DimValue = size } } } } },
        };
        return new ModelProto
        {
            IrVersion = 8,
            ProducerName = "test",
            ProducerVersion = "1.0",
            OpsetImport = { new OperatorSetProto { Domain = "", Version = 17 } },
            Graph = new GraphProto
            {
                Name = "g",
                Input = { Info("x", 3) },
                Output = { Info("y", 2) },
                Initializer = { Tensor("head.weight", [2, 3], 1, 2, 3, 4, 5, 6), Tensor("head.bias", [2], 0.5f, -0.5f) },
                Node =
                {
                    new NodeProto
                    {
                        OpType = "Gemm", Name = "head/Gemm", Input = { "x", "head.weight", "head.bias" }, Output = { "z" },
                        Attribute = { new AttributeProto { Name = "transB", I = 1, Type = AttributeProto.Types.AttributeType.Int } },
                    },
                    new NodeProto { OpType = "Tanh", Name = "head/Tanh", Input = { "z" }, Output = { "y" } },
                },
            },
        };
    }
}
