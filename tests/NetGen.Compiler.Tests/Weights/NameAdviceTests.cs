using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Weights;
using Xunit;

namespace NetGen.Compiler.Tests.Weights;

/// <summary>By which names a file would fit: what is told can be pasted, and then fits.</summary>
public sealed class NameAdviceTests
{
    private static readonly ParameterPlace[] s_network = Places("fc1 8x4 8", "fc2 8x8 8", "out 2x8 2");

    private static ParameterPlace[] Places(params string[] layers) =>
    [
        .. layers.Select(static l => l.Split(' ')).SelectMany(static l => l.Skip(1).Select((shape, k) =>
            new ParameterPlace($"{l[0]}.{(k == 0 ? "weight" : "bias")}", [.. shape.Split('x').Select(int.Parse)], 0, []))),
    ];

    private static TensorEntry[] Tensors(params string[] modules) =>
        [.. Places(modules).Select(static p => new TensorEntry(p.Name, "F32", [.. p.Shape.Select(static s => (long)s)], 0, 0)).OrderBy(static t => t.Name, System.StringComparer.Ordinal)];

    private static string? Advice(params string[] modules)
    {
        TensorEntry[] tensors = Tensors(modules);
        if (NameAdvice.Find(tensors, s_network) is not { } names)
            return null;
        ParameterMatch.Match(tensors, s_network, "file", names, static _ => "");
        return new WeightsOption("w", Compiler.Ir.Storage.Float32).Written(names);
    }

    [Theory]
    [InlineData("weights: { file: w, prefix: module. }", "module.fc1 8x4 8", "module.fc2 8x8 8", "module.out 2x8 2")]
    [InlineData("weights: { file: w, prefix: encoder. }", "encoder.fc1 8x4 8", "encoder.fc2 8x8 8", "encoder.out 2x8 2", "decoder.fc1 9x9 9")]
    [InlineData("weights: { file: w, names: { fc1: \"0\", fc2: \"2\", out: \"10\" } }", "0 8x4 8", "2 8x8 8", "10 2x8 2")]
    [InlineData("weights: { file: w, prefix: net.layers., names: { fc1: \"0\", fc2: \"2\", out: \"4\" } }", "net.layers.0 8x4 8", "net.layers.2 8x8 8", "net.layers.4 2x8 2")]
    [InlineData("weights: { file: w, names: { fc1: body.0, fc2: body.2, out: head } }", "body.0 8x4 8", "body.2 8x8 8", "head 2x8 2")]
    [InlineData("weights: { file: w, names: { out: head } }", "fc1 8x4 8", "fc2 8x8 8", "head 2x8 2")]
    [InlineData("weights: { file: w, names: { fc1: zeta, fc2: alpha, out: mid } }", "zeta 8x4 8", "alpha 8x8 8", "mid 2x8 2")]
    public void What_is_told_can_be_pasted_and_fits(string advice, params string[] modules) => Assert.Equal(advice, Advice(modules));

    [Theory]
    [InlineData("0 8x4 8", "2 8x8 8")]
    [InlineData("0 8x4", "2 8x8", "4 2x8")]
    [InlineData("fc1 8x4 8", "fc2 8x8 8", "out 2x8 2", "extra 2x2 2")]
    public void Where_nothing_fits_nothing_is_told(params string[] modules) => Assert.Null(NameAdvice.Find(Tensors(modules), s_network));

    [Fact]
    public void Layers_of_one_shape_are_taken_in_the_order_of_their_numbers_and_not_of_their_words()
    {
        ParameterPlace[] network = Places("a 8x8 8", "b 8x8 8");

        IEnumerable<string>? Found(params string[] modules) => NameAdvice.Find(Tensors(modules), network)?.Names.Select(static n => n.Key + n.Value);
        Assert.Equal(["a9", "b10"], Found("10 8x8 8", "9 8x8 8"));
        Assert.Null(Found("first 8x8 8", "second 8x8 8"));
    }

    [Fact]
    public void One_layer_alone_may_have_no_name_in_the_file()
    {
        TensorEntry[] file = [new("weight", "F32", [2, 3], 0, 0), new("bias", "F32", [2], 0, 0)];
        ParameterPlace[] network = Places("out 2x3 2");

        TensorNames names = NameAdvice.Find(file, network)!;

        Assert.Equal("weights: { file: w, names: { out: \"\" } }", new WeightsOption("w", Compiler.Ir.Storage.Float32).Written(names));
        Assert.Equal(2, ParameterMatch.Match(file, network, "file", names, static _ => "").Count);
    }

    [Fact]
    public void Recurrent_parameters_are_found_by_either_name_below_a_name_of_the_file()
    {
        TensorEntry[] file = [new("m.rnn.weight_ih", "F32", [4, 3], 0, 0), new("m.rnn.hidden", "F32", [4, 4], 0, 0)];
        ParameterPlace[] network = [new("gru_1.weight_ih_l0", [4, 3], 0, []), new("gru_1.weight_hh_l0", [4, 4], 0, [])];
        var names = new TensorNames("m.", [new("gru_1", "rnn"), new("gru_1.weight_hh", "rnn.hidden")]);

        Assert.Equal(["gru_1.weight_ih_l0", "gru_1.weight_hh_l0"], ParameterMatch.Match(file, network, "file", names, static _ => "").Values.Select(static p => p.Name));
    }
}
