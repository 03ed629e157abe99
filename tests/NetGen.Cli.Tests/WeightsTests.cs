using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>Specs whose weights are compiled in: the tool opens the file that a build hands over.</summary>
public sealed class WeightsTests : IDisposable
{
    private const string Spec = "input: 1\nlayers: [ { dense: { units: 2, name: out } } ]\nweights: { file: models/w.safetensors, storage: bfloat16 }\n";

    private readonly TemporaryFolder _folder = new();

    public WeightsTests()
    {
        _folder.Write("net.yaml", Spec);
        _folder.Write("models/w.safetensors", File("[2,1]"));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>1.5 and -2 as weights, 0.5 and 0.25 as biases.</summary>
    private static byte[] File(string shape)
    {
        byte[] header = System.Text.Encoding.UTF8.GetBytes($$$"""{"out.weight":{"dtype":"F32","shape":{{{shape}}},"data_offsets":[0,8]},"out.bias":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""");
        var file = new MemoryStream();
        file.Write(BitConverter.GetBytes((long)header.Length));
        file.Write(header);
        foreach (float value in new[] { 1.5f, -2f, 0.5f, 0.25f })
            file.Write(BitConverter.GetBytes(value));
        return file.ToArray();
    }

    [Fact]
    public async Task They_are_in_the_file_that_emit_writes()
    {
        string text = (await Tool.Run(_folder.Path, "emit", "net.yaml")).Successful();

        Assert.Contains("//   Weights: w.safetensors, compiled in as bfloat16: 8 bytes.", text, StringComparison.Ordinal);
        Assert.Contains("0x3FC0, 0xC000,", text, StringComparison.Ordinal);
        Assert.Contains("public static void Predict(", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_and_emit_say_what_is_wrong_with_them_and_write_nothing()
    {
        _folder.Write("models/w.safetensors", File("[1,2]"));
        const string Shape = "net.yaml(3,18): error NETGEN081: models/w.safetensors: tensor 'out.weight' has the shape [1, 2], but the network's parameter has [2, 1]; transpose it before saving.\n";
        ToolResult check = await Tool.Run(_folder.Path, "check", "net.yaml"), emit = await Tool.Run(_folder.Path, "emit", "net.yaml", "-o", "Net.g.cs");
        Assert.Equal((1, Shape), (check.ExitCode, check.Output));
        Assert.Equal((1, "", Shape), (emit.ExitCode, emit.Output, emit.Errors));
        Assert.False(System.IO.File.Exists(_folder.File("Net.g.cs")));

        System.IO.File.Delete(_folder.File("models/w.safetensors"));
        Assert.StartsWith($"net.yaml(3,18): error NETGEN080: the weight file 'models/w.safetensors' was not found: looked for '{_folder.File("models/w.safetensors")}'; ", (await Tool.Run(_folder.Path, "check", "net.yaml")).Output, StringComparison.Ordinal);
        // What a network costs does not depend on them.
        Assert.Equal(0, (await Tool.Run(_folder.Path, "summary", "net.yaml")).ExitCode);
    }
}
