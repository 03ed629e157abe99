using System;
using System.IO;
using System.Linq;
using System.Threading;
using NetGen.Cli.Commands;
using NetGen.Cli.Output;
using NetGen.Cli.Verify;
using NetGen.Compiler;
using Xunit;

namespace NetGen.Cli.Tests.Verify;

/// <summary>What the comparison finds in code that is wrong.</summary>
public sealed class VerificationTests
{
    private const string Text = """
        input: 6
        layers:
          - dense: { units: 5, activation: tanh, name: first }
          - dense: { units: 4, name: second }
          - relu: { name: third }
        loss: mean_squared_error
        """;

    private static readonly LoadedSpec s_spec = new("net.yaml", Text, NetworkCompiler.Check(Text).Network!);

    [Fact]
    public void A_wrong_output_is_status_1_and_names_the_first_layer_that_is_wrong()
    {
        // Of the layers back to back, [5, 4, 4]: the second one's last number is the fifth from the end.
        (VerificationResult result, int status, string output, string errors) = Verify((code, isLayered) => new DoctoredCode(code, isLayered ? ^5 : ^1, 0.125f));

        Assert.False(result.Passes);
        Assert.Equal(1, status);
        Assert.Equal("second", result.FirstBeyond!.Name);
        LayerErrors second = result.Layers[1];
        Assert.Equal(0.125, second.Figure.Error, 1e-5);
        Assert.Equal(second.Figure.Error / second.Figure.Largest, second.Figure.Relative);
        Assert.Contains("net.yaml: Forward is off by ", errors, StringComparison.Ordinal);
        Assert.Contains(" of the largest of 'third', above the limit of 1e-5; the first layer beyond it is 'second' (dense), with ", errors, StringComparison.Ordinal);
        Assert.Contains("Forward", output, StringComparison.Ordinal);
        Assert.DoesNotContain("right: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_own_error_of_a_layer_is_without_what_it_was_given()
    {
        (VerificationResult result, _, _, _) = Verify(static (code, isLayered) => isLayered ? new DoctoredCode(code, 2, 0.125f) : code);

        // The first layer alone is wrong; the second makes the right of what it gave, so that it is wrong against the second of what is right.
        Assert.True(result.Passes);
        Assert.Equal(["first"], result.Layers.Where(static l => VerificationResult.IsBeyond(l.Own)).Select(static l => l.Name).Take(1));
        Assert.InRange(result.Layers[0].Own.Relative, 0.1, 1);
        Assert.InRange(result.Layers[1].Own.Relative, 1e-3, 1);
    }

    [Fact]
    public void What_is_wrong_where_layers_stand_together_is_said_to_be()
    {
        (VerificationResult result, int status, _, string errors) = Verify(static (code, isLayered) => isLayered ? code : new DoctoredCode(code, 0, 0.01f) { SparesOneSample = true });

        Assert.Equal(1, status);
        Assert.Equal("9", result.Worst.Calls);
        Assert.Contains("no layer is beyond it where each is computed apart, so it is what the compiler makes of several together", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_not_written_is_wrong()
    {
        (VerificationResult result, int status, string output, _) = Verify(static (code, isLayered) => isLayered ? code : new DoctoredCode(code, 0, float.NaN));

        Assert.Equal(1, status);
        Assert.Equal(double.PositiveInfinity, result.Worst.Figure.Relative);
        Assert.Contains("no number", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.01f)]
    [InlineData(float.NaN)]
    public void A_wrong_gradient_is_status_1_and_names_the_parameter(float by)
    {
        (VerificationResult result, int status, _, string errors) = Verify((code, _) => new DoctoredCode(code, 0, 0) { GradientBy = by });

        Assert.Equal(1, status);
        Assert.False(VerificationResult.IsBeyond(result.Worst.Figure));
        Assert.Equal("second.bias", result.Gradients!.Worst!.Name);
        Assert.Contains("the gradient of second.bias is off by ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_are_relative_to_the_largest_and_counted_in_its_last_place()
    {
        ErrorFigure figure = ErrorFigure.Of([1, -4, 0.5], [1, -4, 0.5f + 3 * 4.76837158e-7f]);

        Assert.Equal(4, figure.Largest);
        Assert.Equal(3.0, figure.Ulps, 1e-3);
        Assert.Equal(3 * 4.76837158e-7 / 4, figure.Relative, 1e-12);
        Assert.Equal(new ErrorFigure(1, 0, 4, 3), ErrorFigure.Of([1, double.NaN, double.NegativeInfinity, 1e39], [1, float.NaN, float.NegativeInfinity, float.PositiveInfinity]));
        Assert.Equal(double.PositiveInfinity, ErrorFigure.Of([1, double.NaN], [1, 0]).Error);
        Assert.Equal(double.PositiveInfinity, ErrorFigure.Of([1, 2], [1, float.NaN]).Error);
        Assert.Equal(0.25, ErrorFigure.Of([0, 0], [0, 0.25f]).Relative);
    }

    private static (VerificationResult Result, int Status, string Output, string Errors) Verify(Func<GeneratedCode, bool, GeneratedCode> doctor)
    {
        var request = new VerificationRequest(s_spec);
        Func<LoadedSpec, int?, CancellationToken, GeneratedCode> compile = request.Compile;
        request = request with { Compile = (spec, seed, cancelled) => doctor(compile(spec, seed, cancelled), spec != s_spec) };
        VerificationResult result = Verification.Run(request, CancellationToken.None);
        using StringWriter output = new(), errors = new();
        using var terminal = new Terminal(output, errors, isLive: false);
        int status = VerifyCommand.Report(result, asJson: false, terminal);
        return (result, status, output.ToString(), errors.ToString());
    }
}
