using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NetGen.Cli.Tests.Runs;
using NetGen.Training;
using Xunit;

namespace NetGen.Cli.Tests.Verify;

/// <summary><c>netgen verify</c>: networks that are right, by drawn samples, files and weights; and what it refuses.</summary>
public sealed class VerifyTests : IDisposable
{
    private const string Dense = """
        input: 4
        layers:
          - dense: { units: 8, activation: tanh, name: hidden }
          - dropout: 0.3
          - dense: { units: 3, name: logits }
          - softmax
        loss: cross_entropy
        l2: 0.001
        """;

    private const string Parts = """
        inputs: { image: [1, 6, 6], words: 4, start: 5 }
        layers:
          - embedding: { input_dim: 7, output_dim: 3, from: words }
          - gru: { units: 5, initial_state: start, name: memory }
          - conv2d: { filters: 3, kernel_size: 3, from: image }
          - batch_norm
          - relu
          - flatten
          - concat: { from: [flatten_1, memory] }
          - dense: { units: 4, name: value }
        outputs: [value, memory.h]
        loss: { value: mean_squared_error }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<string> Refused(params string[] arguments)
    {
        ToolResult result = await ToolInProcess.Run(["verify", .. arguments]);
        Assert.True(result.ExitCode == 1, result.Output + result.Errors);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        return result.Errors;
    }

    private static async Task<JsonElement> Json(params string[] arguments)
    {
        ToolResult result = await ToolInProcess.Run(["verify", .. arguments, "--json"]);
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    [Fact]
    public async Task Code_that_is_right_passes_with_a_row_for_each_member_layer_and_gradient()
    {
        string spec = _folder.Write("verified_dense.yaml", Dense);

        string output = (await ToolInProcess.Run("verify", spec)).Successful();

        Assert.Contains("verified_dense.yaml: 4 layers, 67 parameters, 56 multiply-adds of a sample", output, StringComparison.Ordinal);
        Assert.Contains("weights: drawn from the seed 0", output, StringComparison.Ordinal);
        Assert.Matches(@"\nForward +9 x 1 +softmax_1 ", output);
        Assert.Matches(@"\nForward +9 +softmax_1 ", output);
        Assert.Matches(@"\nlogits +dense +\[3\] ", output);
        Assert.Matches(@"\nhidden\.weight +\[8, 4\] ", output);
        Assert.Contains("67 elements by central differences", output, StringComparison.Ordinal);
        Assert.Equal(3, output.Split("<- worst").Length - 1);
        Assert.Matches(@"\nright: outputs within \d\S* of the largest, \S+ ulp; gradients within \S+ \(limit 1e-5\)\n$", output);
    }

    [Fact]
    public async Task Several_inputs_and_outputs_pass_by_each_member_and_as_JSON()
    {
        JsonElement json = await Json(_folder.Write("verified_parts.yaml", Parts), "--samples", "5", "--seed", "3");

        Assert.True(json.GetProperty("passes").GetBoolean());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("firstBeyond").ValueKind);
        Assert.Equal(5, json.GetProperty("samples").GetInt32());
        Assert.Equal("drawn from the seed 3", json.GetProperty("inputs").GetString());
        string[] members = [.. json.GetProperty("members").EnumerateArray().Select(static m => $"{m.GetProperty("member")} {m.GetProperty("samples")} {m.GetProperty("output")}")];
        Assert.Equal(
            ["Forward 5 x 1 value", "Forward 5 x 1 memory.h", "Forward 5 value", "Forward 5 memory.h", "ForwardParts 5 value", "ForwardParts 5 memory.h", "Step 4 steps value", "Step 4 steps memory.h"],
            members);
        Assert.Equal(8, json.GetProperty("layers").GetArrayLength());
        JsonElement conv = json.GetProperty("layers")[2];
        Assert.Equal("conv2d_1", conv.GetProperty("name").GetString());
        Assert.Equal([3, 4, 4], conv.GetProperty("shape").EnumerateArray().Select(static s => s.GetInt32()));
        Assert.InRange(conv.GetProperty("relative").GetDouble(), 1e-9, 1e-6);
        Assert.InRange(conv.GetProperty("ownRelative").GetDouble(), 1e-9, 1e-6);
        JsonElement gradients = json.GetProperty("gradients");
        Assert.InRange(gradients.GetProperty("relative").GetDouble(), 1e-9, 1e-5);
        Assert.InRange(gradients.GetProperty("differences").GetInt32(), 100, 200);
        Assert.All(gradients.GetProperty("parameters").EnumerateArray(), static p => Assert.InRange(p.GetProperty("differences").GetInt32(), 1, 200));
        Assert.Equal(11, gradients.GetProperty("parameters").GetArrayLength());
    }

    [Fact]
    public async Task A_stream_that_begins_from_what_it_reads_at_each_step_too_is_not_compared_and_it_says_so()
    {
        string spec = _folder.Write("verified_shifted.yaml", """
            inputs: { x: [6, 2], start: 3 }
            layers:
              - gru: { units: 3, from: x, initial_state: start }
              - dense: { units: 3, from: start, name: shift }
              - add: [gru_1, shift]
            """);

        string output = (await ToolInProcess.Run("verify", spec)).Successful();

        Assert.Contains("note: Step is not compared: a stream begins from zeros, but in a sequence the state of 'gru_1' begins from 'start', which is read at each step as well", output, StringComparison.Ordinal);
        Assert.DoesNotMatch("\nStep ", output);
    }

    [Fact]
    public async Task A_stream_that_begins_from_another_layer_is_not_compared_and_it_says_so()
    {
        string spec = _folder.Write("verified_decoder.yaml", """
            inputs: { source: [6, 2], target: [5, 2] }
            layers:
              - gru: { units: 3, from: source, name: encoder }
              - gru: { units: 3, return_sequences: true, from: target, initial_state: encoder.h }
            """);

        string output = (await ToolInProcess.Run("verify", spec)).Successful();

        Assert.Contains("note: Step is not compared: a stream begins from zeros, but in a sequence the state of 'gru_2' begins from what another layer gives", output, StringComparison.Ordinal);
        Assert.DoesNotMatch("\nStep ", output);
        Assert.DoesNotContain("gradient", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gradients_that_truncate_cuts_off_have_no_differences()
    {
        string spec = _folder.Write("verified_truncated.yaml", """
            input: [12, 2]
            layers:
              - dense: 3
              - gru: { units: 4, truncate: 5 }
              - dense: 2
            loss: mean_squared_error
            """);

        JsonElement parameters = (await Json(spec)).GetProperty("gradients").GetProperty("parameters");

        Assert.All(parameters.EnumerateArray(), static p =>
            Assert.Equal(p.GetProperty("name").GetString()!.StartsWith("dense_2.", StringComparison.Ordinal), p.GetProperty("differences").GetInt32() > 0));
    }

    [Fact]
    public async Task Layers_that_give_the_input_on_are_compared_too()
    {
        JsonElement json = await Json(_folder.Write("verified_flat.yaml", "{ input: [2, 3, 3], layers: [flatten, dropout: 0.5, dense: 2], loss: huber }"));

        Assert.Equal([0, 0], json.GetProperty("layers").EnumerateArray().Take(2).Select(static l => l.GetProperty("error").GetDouble()));
    }

    [Fact]
    public async Task Where_numbers_below_0_give_none_samples_are_drawn_above_it()
    {
        JsonElement json = await Json(_folder.Write("verified_roots.yaml", "{ input: 5, layers: [sqrt, dense: 3, exp] }"));

        Assert.Equal("drawn from the seed 0, none below 0, where outputs are no numbers", json.GetProperty("inputs").GetString());
    }

    [Fact]
    public async Task Samples_suit_a_normalization_whose_numbers_are_far_from_0()
    {
        JsonElement json = await Json(_folder.Write("verified_normalized.yaml", "{ input: 2, layers: [normalization: { mean: [1000, -50], variance: [4, 0.01] }, dense: 3] }"));

        Assert.InRange(json.GetProperty("layers")[0].GetProperty("largest").GetDouble(), 1, 1.8);
    }

    [Fact]
    public async Task Weights_and_samples_of_files_are_what_is_compared()
    {
        string spec = _folder.Write("verified_files.yaml", Dense), weights = await Weights(spec);
        _folder.Write("points.csv", "a,b,c,d\n" + string.Join('\n', Enumerable.Range(0, 20).Select(static i => string.Create(CultureInfo.InvariantCulture, $"{i},{-i},{i % 3},{0.5 * i}"))));
        Npy.Write(_folder.File("points.npy"), [.. Enumerable.Range(0, 24).Select(static i => i / 10f)], [6, 4]);
        using (ZipArchive archive = ZipFile.Open(_folder.File("points.npz"), ZipArchiveMode.Create))
            archive.CreateEntryFromFile(_folder.File("points.npy"), "x.npy");

        foreach ((string file, int samples) in (IEnumerable<(string, int)>)[("points.csv", 9), ("points.npy", 6), ("points.npz", 6)])
        {
            JsonElement json = await Json(spec, "--weights", weights, "--data", _folder.File(file));
            Assert.Equal(weights, json.GetProperty("weights").GetString());
            Assert.Equal(_folder.File(file), json.GetProperty("inputs").GetString());
            Assert.Equal(samples, json.GetProperty("samples").GetInt32());
        }
    }

    [Fact]
    public async Task Inputs_by_their_names_are_read_from_a_safetensors_file()
    {
        string spec = _folder.Write("verified_two.yaml", """
            inputs: { left: [2, 3], right: 4 }
            layers:
              - flatten: { from: left }
              - concat: { from: [flatten_1, right] }
              - rescaling: 0.5
            """);
        string data = Safetensors("two.safetensors", ("right", [3, 4]), ("left", [3, 2, 3]));

        JsonElement json = await Json(spec, "--data", data);

        Assert.Equal(3, json.GetProperty("samples").GetInt32());
        // Numbers count from 0, tensor by tensor: the largest of all samples is the last of 'left'.
        Assert.Equal(0.5 * 29, json.GetProperty("layers")[2].GetProperty("largest").GetDouble());
        Assert.Contains("lack the input 'right'; write an array of that name", await Refused(spec, "--data", Safetensors("one.safetensors", ("left", [3, 2, 3]))), StringComparison.Ordinal);
        Assert.Contains("the array 'left' is [3, 6, 2], but the network takes samples of [2, 3]", await Refused(spec, "--data", Safetensors("large.safetensors", ("left", [3, 6, 2]), ("right", [3, 4]))), StringComparison.Ordinal);
        Assert.Contains("the arrays have 3 samples of 'left', 2 samples of 'right'", await Refused(spec, "--data", Safetensors("odd.safetensors", ("left", [3, 2, 3]), ("right", [2, 4]))), StringComparison.Ordinal);
        File.WriteAllBytes(data, File.ReadAllBytes(data)[..^5]);
        Assert.Contains("two.safetensors: the data end after", await Refused(spec, "--data", data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_do_not_fit_or_are_no_numbers_are_refused()
    {
        string spec = _folder.Write("verified_weights.yaml", Dense), other = _folder.Write("verified_other.yaml", Dense.Replace("units: 8", "units: 9", StringComparison.Ordinal));
        string weights = await Weights(spec);

        Assert.Contains("hidden", await Refused(other, "--weights", weights), StringComparison.Ordinal);
        Assert.Contains("there is no weight file", await Refused(spec, "--weights", _folder.File("none.safetensors")), StringComparison.Ordinal);

        byte[] damaged = File.ReadAllBytes(weights);
        BitConverter.GetBytes(float.NaN).CopyTo(damaged, damaged.Length - 4);
        File.WriteAllBytes(weights, damaged);
        Assert.Matches(@"element \d+ of \w+\.(weight|bias) is NaN, with which nothing can be compared", await Refused(spec, "--weights", weights));
    }

    [Fact]
    public async Task Weights_that_the_spec_names_are_read_by_the_names_that_it_says()
    {
        string plain = _folder.Write("plain.yaml", "{ input: 2, layers: [dense: { units: 2, name: a }] }"), weights = await Weights(plain);
        string spec = _folder.Write("verified_named.yaml", $$"""{ input: 2, layers: [dense: { units: 2, name: b }], weights: { file: {{Path.GetFileName(weights)}}, names: { b: a }, storage: float16 } }""");

        JsonElement json = await Json(spec);

        Assert.Equal(weights, json.GetProperty("weights").GetString());
        Assert.Equal("weights are compared as floats, and not as float16, in which a build keeps them", json.GetProperty("notes")[0].GetString());
        Assert.Contains("it is a folder; samples are read from a CSV, .npy, .npz, IDX or safetensors file", await Refused(spec, "--data", _folder.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--samples", "0", "--samples: 0 is not from 1 to 100000")]
    [InlineData("--samples", "many", "many")]
    [InlineData("--seeds", "1", "did you mean '--seed'?")]
    public async Task A_wrong_command_line_is_status_2(string option, string value, string message)
    {
        ToolResult result = await ToolInProcess.Run("verify", _folder.Write("net.yaml", Dense), option, value);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spec_with_errors_is_refused_by_its_diagnostics() =>
        Assert.Contains(Specs.WrongLine, await Refused(_folder.Write("wrong.yaml", Specs.Wrong)), StringComparison.Ordinal);

    private async Task<string> Weights(string spec)
    {
        string path = Path.ChangeExtension(spec, ".weights.safetensors");
        await Task.Run(() => Runner.Of(spec).Save(path, new WeightsInfo()));
        return path;
    }

    /// <summary>Tensors of floats that count from 0.</summary>
    private string Safetensors(string name, params (string Name, int[] Shape)[] tensors)
    {
        int at = 0;
        var entries = new List<string>();
        var data = new List<byte>();
        foreach ((string tensor, int[] shape) in tensors)
        {
            int count = shape.Aggregate(1, static (product, size) => product * size);
            entries.Add($$"""  "{{tensor}}": { "dtype": "F32", "shape": [{{string.Join(", ", shape)}}], "data_offsets": [{{4 * at}}, {{4 * (at + count)}}] }""");
            data.AddRange(Enumerable.Range(at, count).SelectMany(static v => BitConverter.GetBytes((float)v)));
            at += count;
        }

        byte[] header = System.Text.Encoding.UTF8.GetBytes($"{{\n{string.Join(",\n", entries)}\n}}");
        return _folder.Write(name, [.. BitConverter.GetBytes((long)header.Length), .. header, .. data]);
    }
}
