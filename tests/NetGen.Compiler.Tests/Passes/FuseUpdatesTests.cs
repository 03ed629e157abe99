using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Text;
using Xunit;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Passes;

/// <summary>Where a sample's step holds no gradient, and where one is needed whole.</summary>
public sealed class FuseUpdatesTests
{
    [Theory]
    [InlineData("dense: 3, dense: 2", "sgd", "AffineUpdate+dx Update AffineUpdate Update")]
    [InlineData("dense: 3, dense: 2", "adam", "AffineUpdate+dx Update AffineUpdate Update")]
    [InlineData("dense: 3, relu, dense: 2", "sgd", "AffineUpdate+dx Update MapGradient AffineUpdate Update")]
    [InlineData("dense: { units: 3, use_bias: false }, dense: { units: 2, trainable: [bias] }", "sgd", "AffineInputGradient Update AffineUpdate")]
    public void A_dense_layers_gradients_are_held_nowhere(string layers, string optimizer, string step)
    {
        IReadOnlyList<Kernel> kernels = StepOf(layers, optimizer)!;

        Assert.Equal(step, string.Join(' ', kernels.Select(static k => k is AffineUpdate { Dx: not null } ? "AffineUpdate+dx" : k.GetType().Name)));
        Assert.DoesNotContain(kernels.SelectMany(static k => k.Operands), static o => o.Buffer.Role == BufferRole.ParameterGradient);
    }

    [Theory]
    [InlineData("dense: 3, dense: 2", "{ sgd: { clip_norm: 1 } }")] // the norm reads all gradients first
    [InlineData("dense: 3, layer_norm, dense: 2", "sgd")] // of other layers there is no such form
    [InlineData("reshape: [2, 2], dense: 3, flatten, dense: 2", "sgd")] // a sum over rows
    [InlineData("dense: { units: 3, name: a }, dense: { units: 4, weights_of: a }", "sgd")] // a sum over the layers that share the weight
    public void Where_a_gradient_is_needed_whole_there_is_no_such_step(string layers, string optimizer) => Assert.Null(StepOf(layers, optimizer));

    [Fact]
    public void What_reads_the_old_weight_behind_its_update_forbids_it()
    {
        (Buffer x, Buffer dy, Buffer dx, Buffer more) = (Value("x", 2), Value("dy", 3), Value("dx", 2), Value("more", 2));
        var w = new Buffer("w", 6, BufferRole.Parameter);
        var dw = new Buffer("dw", 6, BufferRole.ParameterGradient);
        var rule = new UpdateRule(EquatableArray<string>.Empty, EquatableArray.Of(("w", Expr.Var("w") - (Expr.Var("learningRate") * Expr.Var("g")))));
        Kernel inputGradient = new AffineInputGradient("f", dy, w, dx, Access.Overwrite, 1, 2, 3),
            weightGradient = new AffineWeightGradient("f", x, dy, dw, 1, 2, 3);
        Kernel update = new Update("u", w, dw, EquatableArray<Buffer>.Empty, rule),
            late = new Affine("late", more, w, null, Value("y", 3), 1, 2, 3, null, null);

        Assert.IsType<AffineUpdate>(Assert.Single(FuseUpdates.Run([inputGradient, weightGradient, update])!));
        Assert.Null(FuseUpdates.Run([inputGradient, weightGradient, late, update]));
        Assert.NotNull(FuseUpdates.Run([late, inputGradient, weightGradient, update]));
    }

    [Fact]
    public void The_penalty_joins_in()
    {
        UpdateRule rule = StepOf("dense: 3", "sgd", "l2: 0.25")!.OfType<AffineUpdate>().Single().Rule;

        Assert.Equal("w - learningRate * (dy * x + 0.5 * w)", ExprPrinter.Describe(rule.Steps[0].Formula));
    }

    private static IReadOnlyList<Kernel>? StepOf(string layers, string optimizer, string more = "l2: 0") =>
        Program.Of(NetworkCompiler.Check($"{{ input: 4, layers: [{layers}], loss: half_squared_error, optimizer: {optimizer}, {more} }}").Network!).Training!.Step;

    private static Buffer Value(string name, int size) => new(name, size, BufferRole.Activation);
}
