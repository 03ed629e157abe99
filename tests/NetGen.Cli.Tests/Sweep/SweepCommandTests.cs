using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Cli.Commands;
using NetGen.Cli.Output;
using NetGen.Cli.Runs;
using NetGen.Cli.Sweep;
using Xunit;

namespace NetGen.Cli.Tests.Sweep;

/// <summary><c>netgen sweep</c>, with a trainer that is none.</summary>
public sealed class SweepCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _spec;
    private readonly string _name;

    public SweepCommandTests()
    {
        _spec = _folder.Write("net.yaml", Plans.Text);
        _name = _folder.File("grid");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Results_go_to_standard_output_progress_to_standard_error_and_the_file_is_written()
    {
        ToolResult result = await Run(new FakeTrainer(), "--set", "hidden.units=2,3", "--set", "l2=0,0.1", "-o", _name);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("accuracy by hidden.units (rows) and l2 (columns); higher is better\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nbest: --set hidden.units=", result.Output, StringComparison.Ordinal);
        string[] errors = result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, errors.Length);
        Assert.All(errors, static e => Assert.Matches(@"^\[[1-4]/4\] hidden\.units=\d l2=[0.1]+: accuracy 0\.\d+, \d+\.\d s$", e));
        Assert.Equal(5, File.ReadAllLines(_name + ".sweep.csv").Length);
    }

    [Fact]
    public async Task The_best_variants_spec_is_written_where_asked_and_never_over_the_spec()
    {
        string best = _folder.File("best.yaml");
        ToolResult result = await Run(new FakeTrainer { Score = static (n, _) => n.Units() }, "--set", "hidden.units=2,7,3", "--best", best, "-o", _name);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(await File.ReadAllTextAsync(_spec), (await File.ReadAllTextAsync(best)).Replace("units: 7", "units: 8", StringComparison.Ordinal));
        ToolResult refused = await Run(new FakeTrainer(), "--set", "hidden.units=2,3", "--best", _spec, "-o", _folder.File("other"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("it is the spec itself", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_all_that_is_written_to_standard_output()
    {
        ToolResult result = await Run(new FakeTrainer(), "--set", "hidden.units=2,3", "--json", "-o", _name);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        Assert.Equal("net", json.RootElement.GetProperty("name").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("variants").GetArrayLength());
    }

    [Fact]
    public async Task A_finished_sweep_is_shown_again_and_not_trained_again()
    {
        string first = (await Run(new FakeTrainer(), "--set", "hidden.units=2,3", "-o", _name)).Output;
        var trainer = new FakeTrainer();
        ToolResult result = await Run(trainer, "--set", "hidden.units=2,3", "-o", _name);
        Assert.Equal((first, 0), (result.Output, trainer.Calls));
        Assert.Contains("2 of 2 variants are finished in", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_is_done_and_resume_goes_on()
    {
        using var cancel = new CancellationTokenSource();
        int calls = 0;
        var trainer = new FakeTrainer { Before = (_, _) =>
        {
            if (Interlocked.Increment(ref calls) == 3)
                cancel.Cancel();
        } };
        string[] line = ["--set", "hidden.units=2,3,4,5,6", "-o", _name, "--workers", "1"];
        ToolResult broken = await Run(trainer, cancel.Token, line);
        Assert.Equal((130, ""), (broken.ExitCode, broken.Output));
        Assert.Contains("3 of 5 variants are finished; go on with --resume", broken.Errors, StringComparison.Ordinal);

        ToolResult refused = await Run(new FakeTrainer(), line);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("3 of 5 variants are finished, which would be lost", refused.Errors, StringComparison.Ordinal);

        var rest = new FakeTrainer();
        ToolResult resumed = await Run(rest, [.. line, "--resume"]);
        Assert.Equal((0, 2), (resumed.ExitCode, rest.Calls));
        string file = File.ReadAllText(_name + ".sweep.csv");
        File.Delete(_name + ".sweep.csv");
        Assert.Equal((await Run(new FakeTrainer(), line)).Output, resumed.Output);
        Assert.Equal(file, File.ReadAllText(_name + ".sweep.csv"));
    }

    [Fact]
    public async Task What_is_done_is_in_the_file_at_the_moment_of_ctrl_c_even_if_a_variant_takes_long_to_end()
    {
        using var cancel = new CancellationTokenSource();
        int calls = 0, rows = 0;
        var trainer = new FakeTrainer { Before = (_, _) =>
        {
            if (Interlocked.Increment(ref calls) < 4)
                return;
            cancel.Cancel();
            rows = File.ReadAllLines(_name + ".sweep.csv").Length - 1;
        } };
        await Run(trainer, cancel.Token, "--set", "hidden.units=2,3,4,5,6", "-o", _name, "--workers", "1");
        Assert.Equal(3, rows);
    }

    [Fact]
    public async Task Nothing_is_trained_or_written_where_a_variant_is_wrong()
    {
        var trainer = new FakeTrainer();
        ToolResult result = await Run(trainer, "--set", "hidden.units=0,3", "-o", _name);
        Assert.Equal((1, "", 0), (result.ExitCode, result.Output, trainer.Calls));
        Assert.StartsWith("netgen: hidden.units=0: error NETGEN", result.Errors, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Where_nothing_has_a_result_it_is_a_failure()
    {
        ToolResult result = await Run(new FakeTrainer { Before = static (_, _) => throw FakeTrainer.Diverged() }, "--set", "hidden.units=2,3", "-o", _name);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("2 variants diverged", result.Output, StringComparison.Ordinal);
        Assert.Contains("hidden.units=2: diverged", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_said_before_anything_is_trained()
    {
        var trainer = new FakeTrainer();
        ToolResult result = await Run(trainer, "--set", "hidden.units=2,3", "-o", Path.Combine(_folder.Path, "none", "grid"));
        Assert.Equal((1, 0), (result.ExitCode, trainer.Calls));
        Assert.Contains("there is no folder", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--set: a: a value is missing in '1,,2'", "--set", "a=1,,2")]
    [InlineData("--folds: '1' is no whole number from 2 to 100", "--set", "l2=0", "--folds", "1")]
    [InlineData("--folds: 'x' is no whole number", "--set", "l2=0", "--folds", "x")]
    [InlineData("--workers: '0' is no whole number from 1 to 1,024", "--set", "l2=0", "--workers", "0")]
    [InlineData("Option '--set' is required")]
    public void A_wrong_command_line_says_what_is_wrong(string message, params string[] arguments)
    {
        using var terminal = new Terminal(TextWriter.Null, TextWriter.Null, isLive: false);
        ToolCommand command = SweepCommand.Create(terminal, [], static (_, _, _) => throw new RunException("no data"));
        IEnumerable<string> errors = command.Command.Parse([_spec, .. arguments]).Errors.Select(static e => e.Message);
        Assert.Contains(errors, e => e.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Folds_are_handed_to_the_trainer()
    {
        using var terminal = new Terminal(TextWriter.Null, TextWriter.Null, isLive: false);
        int asked = 0;
        ToolCommand command = SweepCommand.Create(terminal, [], (_, _, folds) =>
        {
            asked = folds;
            throw new RunException("no data");
        });
        Assert.Equal(1, await command.Command.Parse([_spec, "--set", "l2=0", "--folds", "4"]).InvokeAsync());
        Assert.Equal(4, asked);
        await command.Command.Parse([_spec, "--set", "l2=0"]).InvokeAsync();
        Assert.Equal(1, asked);
    }

    private Task<ToolResult> Run(FakeTrainer trainer, params string[] arguments) => Run(trainer, CancellationToken.None, arguments);

    private async Task<ToolResult> Run(FakeTrainer trainer, CancellationToken cancelled, params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, errors = new() { NewLine = "\n" };
        using var terminal = new Terminal(output, errors, isLive: false);
        ToolCommand command = SweepCommand.Create(terminal, [], (_, _, _) => trainer);
        int status = await command.Command.Parse([_spec, .. arguments]).InvokeAsync(cancellationToken: cancelled);
        return new ToolResult(status, output.ToString().ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
    }
}
