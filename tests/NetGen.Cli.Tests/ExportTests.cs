using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using NetGen.Cli.Tests.Runs;
using NetGen.Models.Onnx.Proto;
using NetGen.Training;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>
/// <c>netgen export</c>: which weights a model has, what the command says, and what it refuses. That the models are right, NetGen.Models.Tests shows.
/// </summary>
public sealed class ExportTests : IDisposable
{
    private const string Spec = "input: 2\nlayers: [ { dense: { units: 1, name: out } } ]\nloss: mean_squared_error\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Path(string name) => _folder.File(name);

    /// <summary>A weight file for <see cref="Spec"/>: the weights, and 0.5 as the bias.</summary>
    private string Weights(string name, float first, float second, string metadata = "{}", string layer = "out")
    {
        byte[] header = System.Text.Encoding.UTF8.GetBytes($$$"""
            {"__metadata__":{{{metadata}}},
            "{{{layer}}}.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},
            "{{{layer}}}.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}
            """);
        var file = new MemoryStream();
        file.Write(BitConverter.GetBytes((long)header.Length));
        file.Write(header);
        foreach (float value in new[] { first, second, 0.5f })
            file.Write(BitConverter.GetBytes(value));
        return _folder.Write(name, file.ToArray());
    }

    private ModelProto Model(string name) => ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path(name)));

    private float[] WeightOf(string name) =>
        MemoryMarshal.Cast<byte, float>(Model(name).Graph.Initializer.Single(static t => t.Name == "out.weight").RawData.Span).ToArray();

    [Fact]
    public async Task The_tool_writes_a_model_with_the_weights_of_a_file_and_says_so()
    {
        _folder.Write("net.yaml", Spec);
        Weights("w.safetensors", 1.5f, -2);

        ToolResult result = await Tool.Run(_folder.Path, "export", "net.yaml", "--weights", "w.safetensors", "-o", "out.onnx");

        long bytes = new FileInfo(Path("out.onnx")).Length;
        Assert.Equal(new ToolResult(0, $"out.onnx: 1 node of opset 17, {bytes} bytes, with the weights of w.safetensors\n", ""), result);
        Assert.Equal([1.5f, -2], WeightOf("out.onnx"));
        Assert.Equal("net", Model("out.onnx").Graph.Name);
        Assert.Contains(Spec, Model("out.onnx").MetadataProps.Select(static t => t.Value));
        IEnumerable<string?> files = Directory.GetFiles(_folder.Path).Select(System.IO.Path.GetFileName);
        Assert.Equal(["net.yaml", "out.onnx", "w.safetensors"], files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_names_it_takes_those_of_the_last_run_then_those_that_the_spec_names_and_writes_the_specs_name()
    {
        _folder.Write("net.yaml", Spec + "weights: { file: shipped.safetensors, prefix: module. }\n");
        Weights("shipped.safetensors", 3, 4, layer: "module.out");
        Assert.Equal(0, (await Tool.Run(_folder.Path, "export", "net.yaml")).ExitCode);
        Assert.Equal([3, 4], WeightOf("net.onnx"));

        // A file that was trained here has the network's own names, whatever the spec says of the other.
        Weights("net.safetensors", 5, 6);
        Assert.Equal(0, (await Tool.Run(_folder.Path, "export", "net.yaml")).ExitCode);
        Assert.Equal([5, 6], WeightOf("net.onnx"));
    }

    [Fact]
    public async Task A_dash_is_standard_output_with_the_model_alone()
    {
        _folder.Write("net.yaml", Spec);
        Weights("net.safetensors", 1, 2);
        ToolResult result = await Tool.Run(_folder.Path, "export", "net.yaml", "-o", "-");
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("out.weight", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("bytes, with", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public async Task Without_weights_there_is_no_model_unless_the_seeds_are_asked_for()
    {
        string spec = _folder.Write("net.yaml", Spec), output = Path("net.onnx");
        ToolResult none = await Tool.Run(_folder.Path, "export", "net.yaml");
        Assert.Equal(new ToolResult(1, "", "netgen: there are no weights: net.safetensors is not in this folder; name a file by --weights, train the "
            + "network by netgen train net.yaml --data FILE, or take the weights that training begins with by --untrained\n"), none);
        Assert.False(File.Exists(output));

        ToolResult seeds = await ToolInProcess.Run("export", spec, "--untrained", "-o", output);

        Assert.Equal((0, ""), (seeds.ExitCode, seeds.Errors));
        Assert.EndsWith(", with untrained weights, by the seed 0\n", seeds.Output, StringComparison.Ordinal);
        Runner.Of(spec).Save(Path("first.safetensors"), new WeightsInfo());
        Assert.Equal(0, (await ToolInProcess.Run("export", spec, "--weights", Path("first.safetensors"), "-o", Path("first.onnx"))).ExitCode);
        Assert.Equal(File.ReadAllBytes(Path("first.onnx")), File.ReadAllBytes(output));
    }

    [Fact]
    public async Task What_was_standardized_outside_of_the_network_is_said_or_becomes_a_part_of_the_model()
    {
        string spec = _folder.Write("net.yaml", Spec), output = Path("net.onnx");
        Runner.Of(spec).Save(Path("w.safetensors"), new WeightsInfo
        {
            Features = new Standardizer([1, 2], [3, 4]), Targets = new Standardizer([5], [6]), TargetNames = ["price"],
        });

        ToolResult plain = await ToolInProcess.Run("export", spec, "--weights", Path("w.safetensors"), "-o", output);
        Assert.Equal((0, $"netgen: note: the network of {Path("w.safetensors")} takes standardized features and gives standardized targets, as in "
            + "training, and so does the model; --with-scaling has it work in the units of the data\n"), (plain.ExitCode, plain.Errors));
        Assert.Equal(["Gemm"], Model("net.onnx").Graph.Node.Select(static n => n.OpType));
        Assert.Contains("""["price"]""", Model("net.onnx").MetadataProps.Select(static t => t.Value));

        ToolResult scaled = await ToolInProcess.Run("export", spec, "--weights", Path("w.safetensors"), "--with-scaling", "-o", output);
        Assert.Equal((0, ""), (scaled.ExitCode, scaled.Errors));
        Assert.Equal(["Sub", "Div", "Gemm", "Mul", "Add"], Model("net.onnx").Graph.Node.Select(static n => n.OpType));

        string bare = Weights("bare.safetensors", 1, 2);
        ToolResult none = await ToolInProcess.Run("export", spec, "--weights", bare, "--with-scaling", "-o", Path("none.onnx"));
        Assert.Equal((1, $"netgen: {bare}: it has no numbers to scale by, since the features and targets were not standardized outside of the network; "
            + "leave --with-scaling out\n"), (none.ExitCode, none.Errors));
        Assert.False(File.Exists(Path("none.onnx")));
    }

    [Fact]
    public async Task What_is_wrong_with_spec_weights_or_output_is_said_and_nothing_is_written()
    {
        string spec = _folder.Write("net.yaml", Spec), wrong = _folder.Write("wrong.yaml", Specs.Wrong), output = Path("a.onnx");
        string weights = Weights("w.safetensors", 1, 2), other = Weights("other.safetensors", 1, 2, layer: "head");
        string cut = _folder.Write("cut.safetensors", File.ReadAllBytes(weights)[..^2]), text = _folder.Write("text.safetensors", "hello, world");
        string damaged = Weights("damaged.safetensors", 1, 2, """{"netgen.feature_means":"[1]","netgen.feature_scales":"[1]"}""");
        int files = Directory.GetFiles(_folder.Path).Length;
        async Task Fails(string problem, params string[] arguments)
        {
            ToolResult result = await ToolInProcess.Run(["export", .. arguments]);
            Assert.Equal((1, ""), (result.ExitCode, result.Output));
            Assert.Contains(problem, result.Errors, StringComparison.Ordinal);
            Assert.Equal(files, Directory.GetFiles(_folder.Path).Length);
        }

        await Fails(Specs.WrongLine, wrong, "--weights", weights, "-o", output);
        await Fails($"netgen: {Path("none.yaml")}: there is no such file or folder\n", Path("none.yaml"), "-o", output);
        await Fails($"netgen: {Path("none.safetensors")}: there is no such file or folder\n", spec, "--weights", Path("none.safetensors"), "-o", output);
        await Fails($"netgen: {_folder.Path}: it is a folder; name a weight file\n", spec, "--weights", _folder.Path, "-o", output);
        await Fails($"{other}: the network has no parameter for tensors 'head.weight', 'head.bias', and tensors 'out.weight', 'out.bias', which it has, "
            + "are missing in the file; in the spec, write weights: { file: ", spec, "--weights", other, "-o", output);
        await Fails($"netgen: {cut}: the data end after 10 bytes", spec, "--weights", cut, "-o", output);
        await Fails($"netgen: {text}: it is text", spec, "--weights", text, "-o", output);
        await Fails("have 1 and 1 numbers, but the network has 2 features", spec, "--weights", damaged, "-o", output);
        string nowhere = Path("none/a.onnx");
        await Fails($"netgen: {nowhere}: there is no folder {Path("none")}; make it first\n", spec, "--weights", weights, "-o", nowhere);
        await Fails($"netgen: {_folder.Path}: it is a folder; name a file\n", spec, "--weights", weights, "-o", _folder.Path);
        string bare = _folder.Write("bare", Spec);
        files++;
        await Fails($"netgen: {bare}: it is the spec itself, which would be lost; name another file\n", bare, "--weights", weights, "-o", bare);
        Assert.Equal(Spec, File.ReadAllText(bare));
    }

    [Theory]
    [InlineData("--opset: '12' is no opset that can be written; those are 13 to 21", "--opset", "12")]
    [InlineData("--opset: 'latest' is no opset that can be written; those are 13 to 21", "--opset", "latest")]
    [InlineData("--output: ONNX is written, which 'net.pt' is no name for; 'net.onnx' would do", "-o", "net.pt")]
    [InlineData(
        "--untrained takes the weights that training begins with, and --weights those of a file; leave one of them out",
        "--untrained", "--weights", "a.safetensors")]
    [InlineData("--with-scaling takes what a weight file has, and --untrained takes none; leave one of them out", "--untrained", "--with-scaling")]
    public async Task A_wrong_command_line_says_what_is_right(string problem, params string[] options)
    {
        ToolResult result = await ToolInProcess.Run(["export", "net.yaml", .. options]);
        Assert.Equal((2, $"netgen: {problem}\nnetgen: see netgen export --help\n"), (result.ExitCode, result.Errors));
    }
}
