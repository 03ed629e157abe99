using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using NetGen.Models.Fitting;
using NetGen.Models.Weights;
using Xunit;

namespace NetGen.Models.Tests.Fitting;

/// <summary>PyTorch's weights in our networks: which tensor is which parameter, and what is said where that is not certain.</summary>
public sealed class TorchFitTests
{
    private const string Mlp = "input: 4\nlayers: [ { dense: { units: 5, activation: relu } }, { dense: 3 } ]";

    private static SpecWeights Fit(string file, string yaml, params string[] renames)
    {
        using TensorFile opened = TensorFileReader.Open(TestFiles.Weights(file));
        return SpecWeights.Of(opened with { Tensors = Rename.Apply(opened.Tensors, [.. renames.Select(Rename.Of)]) }, TestFiles.NetworkOf(yaml));
    }

    private static SpecWeights Fit(string yaml, IEnumerable<(string Name, int[] Shape)> tensors, params string[] renames)
    {
        FileTensor[] made = [.. tensors.Select(static t => new FileTensor(
            t.Name, TensorView.Dense("F32", [.. t.Shape.Select(static s => (long)s)], Storage.Of(new byte[4 * t.Shape.Aggregate(1, static (p, s) => p * s)]))))];
        return SpecWeights.Of(new TensorFile("test", Rename.Apply(made, [.. renames.Select(Rename.Of)])), TestFiles.NetworkOf(yaml));
    }

    private static string Pairs(SpecWeights fitted) => string.Join(", ", fitted.Origins.Select(static o => $"{o.Source} {o.Name}"));

    private static string Refusal(Func<object> fit) => Assert.Throws<TensorFileException>(fit).Message;

    [Fact]
    public void A_Sequential_is_taken_in_the_order_of_its_numbers()
    {
        Assert.Equal("0.weight dense_1.weight, 0.bias dense_1.bias, 2.weight dense_2.weight, 2.bias dense_2.bias", Pairs(Fit("state_dict.pt", Mlp)));
        // 10 comes after 9, and modules of one shape are told apart by their numbers.
        Assert.Equal(
            "2.weight dense_1.weight, 2.bias dense_1.bias, 10.weight dense_2.weight, 10.bias dense_2.bias",
            Pairs(Fit("input: 4\nlayers: [ { dense: 4 }, relu, { dense: 4 } ]", [("10.weight", [4, 4]), ("10.bias", [4]), ("2.weight", [4, 4]), ("2.bias", [4])])));
    }

    [Fact]
    public void Of_a_checkpoint_the_dictionary_that_fits_is_taken_and_that_is_said()
    {
        SpecWeights fitted = Fit("checkpoint.pt", Mlp);
        Assert.Equal("model.module.0.weight dense_1.weight", Pairs(fitted).Split(", ")[0]);
        Assert.Equal("taken from 'model'; not from 'optimizer': 12 tensors", Assert.Single(fitted.Notes));
        Assert.Equal(TestFiles.Tensors(TestFiles.Weights("checkpoint.pt"))["model.module.2.bias"], fitted.Tensors[3].Values);
    }

    [Fact]
    public void Two_dictionaries_that_both_fit_are_not_chosen_between()
    {
        FileTensor[] Tensors(string container) =>
            [new FileTensor(container + "a.weight", View(3, 4), container), new FileTensor(container + "a.bias", View(3), container)];
        static TensorView View(params long[] shape) => TensorView.Dense("F32", shape, Storage.Of(new byte[4 * shape.Aggregate(1L, static (p, s) => p * s)]));
        var file = new TensorFile("test", [.. Tensors("model."), .. Tensors("ema.")]);
        Assert.Equal(
            "'model', 'ema' both fit; leave out what is not meant: --rename ema=",
            Refusal(() => SpecWeights.Of(file, TestFiles.NetworkOf("input: 4\nlayers: [ { dense: 3 } ]"))));
    }

    [Fact]
    public void Layers_of_a_stacked_LSTM_are_layers_of_their_own()
    {
        (string, int[])[] Layer(int layer, int features) =>
            [($"rnn.weight_ih_l{layer}", [8, features]), ($"rnn.weight_hh_l{layer}", [8, 2]), ($"rnn.bias_ih_l{layer}", [8]), ($"rnn.bias_hh_l{layer}", [8])];
        const string Spec = "input: [3, 2]\nlayers: [ { lstm: { units: 2, return_sequences: true } }, { lstm: 2 } ]";
        SpecWeights fitted = Fit(Spec, [.. Layer(0, 2), .. Layer(1, 2)]);
        Assert.Equal("rnn.weight_ih_l0 lstm_1.weight_ih_l0", Pairs(fitted).Split(", ")[0]);
        Assert.Equal("rnn.weight_ih_l1 lstm_2.weight_ih_l0", Pairs(fitted).Split(", ")[4]);
    }

    [Fact]
    public void An_axis_of_one_more_or_less_is_no_other_shape()
    {
        JsonElement golden = TestFiles.Json("pitch.json");
        const string Spec = """
            input: { shape: [1, 256], layout: channels }
            layers:
              - zero_pad: [14, 14]
              - conv1d: { filters: 4, kernel_size: 32, strides: 4, activation: relu }
              - batch_norm: { epsilon: 0.001 }
              - max_pool1d: 2
              - zero_pad: [3, 4]
              - conv1d: { filters: 3, kernel_size: 8, activation: relu }
              - batch_norm: { epsilon: 0.001 }
              - max_pool1d: 2
              - zero_pad: [3, 4]
              - conv1d: { filters: 3, kernel_size: 8, activation: relu }
              - batch_norm: { epsilon: 0.001 }
              - max_pool1d: 2
              - permute: [1, 0]
              - flatten
              - dense: { units: 5, activation: sigmoid }
            """;
        SpecWeights fitted = Fit("pitch.pth", Spec);
        Assert.Equal("conv1.weight, without its axis of 1", $"{fitted.Origins[0].Source}, {fitted.Origins[0].How}");
        double[] outputs = TestFiles.Reference(Spec, fitted.Tensors).Forward(TestFiles.Numbers(golden.GetProperty("inputs"))), expected = TestFiles.Numbers(golden.GetProperty("outputs"));
        Assert.Equal(expected.Length, outputs.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], outputs[i], 1e-6);
    }

    [Fact]
    public void Names_of_the_spec_count_before_shapes_and_default_names_of_another_framework_do_not()
    {
        const string Named = "input: 4\nlayers: [ { dense: { units: 4, name: b } }, { dense: { units: 4, name: a } } ]";
        (string, int[])[] tensors = [("net.a.weight", [4, 4]), ("net.a.bias", [4]), ("net.b.weight", [4, 4]), ("net.b.bias", [4])];
        Assert.Equal("net.b.weight b.weight, net.b.bias b.bias, net.a.weight a.weight, net.a.bias a.bias", Pairs(Fit(Named, tensors)));

        // Keras's dense_1 is the second, ours the first.
        const string Default = "input: 4\nlayers: [ { dense: 4 }, { dense: 4 } ]";
        (string, int[])[] keras = [("dense.kernel", [4, 4]), ("dense.bias", [4]), ("dense_1.kernel", [4, 4]), ("dense_1.bias", [4])];
        Assert.Equal("dense.kernel dense_1.weight, dense.bias dense_1.bias, dense_1.kernel dense_2.weight, dense_1.bias dense_2.bias", Pairs(Fit(Default, keras)));
    }

    [Fact]
    public void Where_the_order_is_not_certain_the_renames_are_said_that_would_do_and_they_do()
    {
        const string Spec = "input: 4\nlayers: [ { dense: 4 }, { dense: 4 } ]";
        (string, int[])[] tensors = [("encoder.weight", [4, 4]), ("encoder.bias", [4]), ("decoder.weight", [4, 4]), ("decoder.bias", [4])];
        string message = Refusal(() => Fit(Spec, tensors));
        Assert.Equal(
            "it does not fit the spec:\n  which module is which layer is not certain; if they are in this order, this would do: --rename encoder=dense_1 --rename decoder=dense_2", message);
        Assert.Equal("dense_1.weight dense_1.weight, dense_1.bias dense_1.bias, dense_2.weight dense_2.weight, dense_2.bias dense_2.bias", Pairs(Fit(Spec, tensors, "encoder=dense_1", "decoder=dense_2")));
    }

    [Fact]
    public void Every_missing_surplus_and_misshaped_tensor_is_told_with_both_shapes_and_the_nearest_name()
    {
        const string Spec = "input: 4\nlayers: [ { dense: { units: 5, name: hidden } }, { dense: { units: 3, name: out } }, { batch_norm: { name: last } } ]";
        string message = Refusal(() => Fit(Spec, [("hidden.weight", [6, 4]), ("hidden.bias", [6]), ("outt.weight", [3, 5]), ("outt.extra", [2]), ("std", [3])]));
        Assert.Equal(
            """
            it does not fit the spec:
              other shape: hidden.weight is [6, 4], but hidden.weight is [5, 4]
              other shape: hidden.bias is [6], but hidden.bias is [5]
              missing: out.weight [3, 5]; the nearest in the file is 'outt.weight'
              missing: out.bias [3]
              missing: last.weight [3]; the nearest in the file is 'outt.weight'
              missing: last.bias [3]
              missing: last.running_mean [3]
              missing: last.running_var [3]
              surplus: outt.weight [3, 5]; the nearest in the spec is 'out.weight'
              surplus: outt.extra [2]
              surplus: std [3]
            """.ReplaceLineEndings("\n"), message);
    }

    [Fact]
    public void What_no_layer_has_is_told_with_the_rename_that_leaves_it_out()
    {
        (string, int[])[] tensors = [("actor.0.weight", [3, 4]), ("actor.0.bias", [3]), ("critic.0.weight", [1, 4]), ("critic.0.bias", [1]), ("std", [3]), ("norm.num_batches_tracked", [])];
        const string Spec = "input: 4\nlayers: [ { dense: 3 } ]";
        Assert.EndsWith("\n  this would leave out what no layer has: --rename critic= --rename std=", Refusal(() => Fit(Spec, tensors)), StringComparison.Ordinal);
        Assert.Equal("actor.0.weight dense_1.weight, actor.0.bias dense_1.bias", Pairs(Fit(Spec, tensors, "critic=", "std=")));
    }

    [Fact]
    public void Of_a_checkpoint_that_fits_nowhere_the_nearest_dictionary_is_told_of_and_what_is_advised_does()
    {
        static FileTensor Of(string container, string name, params int[] shape) => new(
            container + name, TensorView.Dense("F32", [.. shape.Select(static s => (long)s)], Storage.Of(new byte[4 * shape.Aggregate(1, static (p, s) => p * s)])), container);
        FileTensor[] tensors =
        [
            Of("model.", "std", 3), Of("model.", "actor.0.weight", 3, 4), Of("model.", "actor.0.bias", 3), Of("model.", "critic.0.weight", 5, 4), Of("model.", "critic.0.bias", 5),
            Of("model.", "critic.2.weight", 1, 5), Of("model.", "critic.2.bias", 1), Of("optimizer.state.0.", "exp_avg", 3),
        ];
        SpecWeights Made(string yaml, params string[] renames) => SpecWeights.Of(new TensorFile("test", Rename.Apply(tensors, [.. renames.Select(Rename.Of)])), TestFiles.NetworkOf(yaml));
        const string Policy = "input: 4\nlayers: [ { dense: 3 } ]";
        string message = Refusal(() => Made(Policy));
        Assert.DoesNotContain("exp_avg", message, StringComparison.Ordinal);
        Assert.Contains("\n  surplus: model.critic.2.weight [1, 5]\n", message, StringComparison.Ordinal);
        Assert.EndsWith(": --rename model.std= --rename model.critic=", message, StringComparison.Ordinal);
        Assert.Equal("model.actor.0.weight dense_1.weight, model.actor.0.bias dense_1.bias", Pairs(Made(Policy, "model.std=", "model.critic=")));
        // Names that are given leave the dictionary; what is in others is left there.
        SpecWeights renamed = Made(Policy, "model.actor.0=dense_1");
        Assert.Equal("dense_1.weight dense_1.weight, dense_1.bias dense_1.bias", Pairs(renamed));
        Assert.Equal("not taken from 'model', 'optimizer': 6 tensors", Assert.Single(renamed.Notes));
    }

    [Fact]
    public void A_spec_that_says_how_its_file_names_tensors_finds_them_so()
    {
        SpecWeights fitted = Fit("state_dict.pt", Mlp + "\nweights: { file: w.safetensors, prefix: net., names: { dense_2: out } }");
        Assert.Equal(["net.dense_1.weight", "net.dense_1.bias", "net.out.weight", "net.out.bias"], fitted.Tensors.Select(static t => t.Name));
    }

    [Fact]
    public void Complex_numbers_are_refused_where_they_are_needed_and_rounding_is_told()
    {
        using TensorFile file = TensorFileReader.Open(TestFiles.Weights("complex.pt"));
        Assert.Equal("tensor 'z' cannot be used: its elements are of the type C64, which no float is made of; leave it out by --rename z=, or save it as float32.", Refusal(() => SpecWeights.AsTheyAre(file)));
        using TensorFile types = TensorFileReader.Open(TestFiles.Weights("types.pt"));
        Assert.Equal("3 numbers of 1 tensor were doubles, rounded to floats by 3.0e-8 of their value at most", Assert.Single(SpecWeights.AsTheyAre(types).Notes));
    }
}
