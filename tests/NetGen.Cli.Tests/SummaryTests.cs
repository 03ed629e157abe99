using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary><c>netgen summary</c>, run as users run it.</summary>
public sealed class SummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pipe_gets_plain_columns()
    {
        _folder.Write("a.yaml", Specs.Right);
        string output = (await Tool.Run(_folder.Path, "summary", "a.yaml")).Successful();
        Assert.StartsWith("""
            layer      kind        output  parameters  bytes  multiply-adds  AVX2 ns  of 64  AVX-512 ns  of 64
            input                  4
            hidden     dense relu  8               40    160             32      1.9   0.93         1.9      1
            dense_2    dense       3               27    108             24      3.7    0.7         3.8   0.76
            softmax_1  softmax     3                                              11    3.5          13    2.9
            total                                  67    268             56       16    5.2          19    4.7

            """.ReplaceLineEndings("\n"), output, StringComparison.Ordinal);
        Assert.Contains("training: cross_entropy, sgd; 67 of 67 parameters are trained\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain(output, static c => c is '\u001b' or (>= '\u2500' and <= '\u257f'));
    }

    [Fact]
    public async Task Json_holds_each_layer_and_the_totals()
    {
        _folder.Write("a.yaml", Specs.Right);
        JsonElement summary = JsonDocument.Parse((await Tool.Run(_folder.Path, "summary", "--json", "a.yaml")).Successful()).RootElement;
        Assert.Equal(["hidden", "dense_2", "softmax_1"], summary.GetProperty("layers").EnumerateArray().Select(static l => l.GetProperty("name").GetString()));
        Assert.Equal(67, summary.GetProperty("parameters").GetInt32());
        Assert.Equal(268, summary.GetProperty("parameterBytes").GetInt32());
        Assert.Equal(56, summary.GetProperty("multiplyAdds").GetInt32());
        JsonElement[] times = [.. summary.GetProperty("estimatedNanoseconds").EnumerateArray()];
        Assert.Equal(["x64 with AVX2", "x64 with AVX-512"], times.Select(static t => t.GetProperty("machine").GetString()));
        foreach (string of in (string[])["one", "of64"])
        {
            double total = times[0].GetProperty(of).GetDouble();
            Assert.Equal(total, summary.GetProperty("layers").EnumerateArray().Sum(l => l.GetProperty("estimatedNanoseconds")[0].GetProperty(of).GetDouble()), total / 100);
        }

        Assert.Equal(summary.GetProperty("parameters").GetInt32(), summary.GetProperty("layers").EnumerateArray().Sum(static l => l.GetProperty("parameters").GetInt32()));
    }

    [Fact]
    public async Task A_spec_with_mistakes_has_no_table()
    {
        _folder.Write("a.yaml", Specs.Wrong);
        ToolResult result = await Tool.Run(_folder.Path, "summary", "a.yaml");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal($"a.yaml(5,29): {Specs.WrongLine}\n", result.Errors);
    }

    [Theory]
    [InlineData("missing.yaml", "netgen: missing.yaml: there is no such file or folder\n")]
    [InlineData(".", "netgen: .: it is a folder; name a spec file\n")]
    public async Task What_is_no_file_is_named(string path, string message)
    {
        ToolResult result = await Tool.Run(_folder.Path, "summary", path);
        Assert.Equal((1, "", message), (result.ExitCode, result.Output, result.Errors));
    }
}
