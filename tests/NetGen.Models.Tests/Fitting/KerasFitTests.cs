using System;
using System.Linq;
using System.Text.Json;
using NetGen.Models.Fitting;
using NetGen.Models.Weights;
using Xunit;

namespace NetGen.Models.Tests.Fitting;

/// <summary>Keras's weights in our networks: what comes out is what Keras's formulas give.</summary>
public sealed class KerasFitTests
{
    private const string Image = """
        input: [2, 6, 5]
        layers:
          - conv2d: { filters: 3, kernel_size: 3, padding: same }
          - batch_norm: { epsilon: 0.001 }
          - prelu: { per_channel: true }
          - conv2d: { filters: 6, kernel_size: 2, groups: 3 }
          - conv2d: { filters: 6, kernel_size: 2, groups: 6, use_bias: false }
          - conv2d: { filters: 4, kernel_size: 1 }
          - conv_transpose2d: { filters: 3, kernel_size: 2, strides: 2 }
          - flatten
          - batch_norm: { epsilon: 0.001, scale: false }
          - dense: { units: 5, activation: tanh }
          - dropout: 0.5
          - dense: 5
        """;

    private const string Sequence = """
        input: 6
        layers:
          - embedding: { input_dim: 7, output_dim: 5 }
          - lstm: { units: 4, return_sequences: true }
          - bidirectional: { gru: { units: 3, return_sequences: true } }
          - layer_norm: { epsilon: 0.001 }
          - gru: { units: 4, reset_after: false, return_sequences: true }
          - simple_rnn: 3
          - dense: { units: 2, name: head }
        """;

    [Theory]
    [InlineData("keras2_image.h5")]
    [InlineData("keras2_image_weights.h5")]
    [InlineData("keras3_image.keras")]
    [InlineData("keras3_image.weights.h5")]
    [InlineData("keras2_sequence.h5")]
    [InlineData("keras2_sequence_weights.h5")]
    [InlineData("keras3_sequence.keras")]
    [InlineData("keras3_sequence.weights.h5")]
    public void A_network_gives_what_Keras_gives(string name)
    {
        bool isImage = name.Contains("image", StringComparison.Ordinal);
        string yaml = isImage ? Image : Sequence;
        JsonElement golden = TestFiles.Json("keras.json").GetProperty(isImage ? "image" : "sequence");
        using TensorFile file = TensorFileReader.Open(TestFiles.Weights(name));
        SpecWeights fitted = SpecWeights.Of(file, TestFiles.NetworkOf(yaml));

        double[] outputs = TestFiles.Reference(yaml, fitted.Tensors).Forward(TestFiles.Numbers(golden.GetProperty("inputs")));

        double[] expected = TestFiles.Numbers(golden.GetProperty("outputs"));
        Assert.Equal(expected.Length, outputs.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], outputs[i], 1e-6);
    }

    [Fact]
    public void It_is_said_what_was_turned()
    {
        using TensorFile file = TensorFileReader.Open(TestFiles.Weights("keras2_image.h5"));
        SpecWeights fitted = SpecWeights.Of(file, TestFiles.NetworkOf(Image));
        string How(string parameter) => fitted.Origins.Single(o => o.Name == parameter) is var origin ? $"{origin.Source}: {origin.How}" : "";
        Assert.Equal("conv2d.kernel: from channels last", How("conv2d_1.weight"));
        Assert.Equal("separable_conv2d.pointwise_kernel: from channels last", How("conv2d_4.weight"));
        Assert.Equal("dense.kernel: transposed, from channels last to channels first behind the flatten", How("dense_1.weight"));
        Assert.Equal("batch_normalization_1.moving_mean: from channels last to channels first behind the flatten", How("batch_norm_2.running_mean"));
        Assert.Equal("dense_1.kernel: transposed", How("dense_2.weight"));

        using TensorFile recurrent = TensorFileReader.Open(TestFiles.Weights("keras3_sequence.keras"));
        fitted = SpecWeights.Of(recurrent, TestFiles.NetworkOf(Sequence));
        Assert.Equal("lstm.kernel: transposed, gates i f c o are i f g o", How("lstm_1.weight_ih_l0"));
        Assert.Equal(": zeros, since Keras has one bias", How("lstm_1.bias_hh_l0"));
        Assert.Equal("bidirectional.backward.bias: row 1, gates z r h to r z n", How("bidirectional_1.bias_hh_l0_reverse"));
        Assert.Equal("gru_1.bias: gates z r h to r z n", How("gru_1.bias_ih_l0"));
    }

    [Fact]
    public void A_gru_of_the_other_kind_is_refused_with_what_to_change()
    {
        using TensorFile file = TensorFileReader.Open(TestFiles.Weights("keras2_sequence.h5"));
        string message = Assert.Throws<TensorFileException>(() => SpecWeights.Of(file, TestFiles.NetworkOf(Sequence.Replace(", reset_after: false", "", StringComparison.Ordinal)))).Message;
        Assert.Contains("gru_1.bias has one row, as with reset_after false, but the gru 'gru_1' has reset_after: true; change it in the spec", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_of_get_weights_are_taken_in_order_and_a_spec_that_permutes_by_itself_is_left_alone()
    {
        const string Tail = "input: 144\nlayers: [ { batch_norm: { scale: false } }, { dense: 5 }, { dense: 5 } ]";
        using TensorFile arrays = TensorFileReader.Open(TestFiles.Weights("keras_get_weights.npz"));
        // Flattened, dense, dropout and dense were the last layers, without the norm before them.
        SpecWeights fitted = SpecWeights.Of(arrays, TestFiles.NetworkOf(Tail.Replace("{ batch_norm: { scale: false } }, ", "", StringComparison.Ordinal)));
        Assert.Equal(["arr_0", "arr_1", "arr_2", "arr_3"], fitted.Origins.Select(static o => o.Source));
        float[] kernel = TestFiles.Tensors(TestFiles.Weights("keras2_image.h5"))["dense.kernel"];
        Assert.Equal(kernel[5], fitted.Tensors[0].Values[1]); // [1, 0] is [0, 1] here

        const string Permuted = "input: [3, 8, 6]\nlayers: [ { permute: [1, 2, 0] }, flatten, { dense: 5 }, { dense: 5 } ]";
        Assert.Equal(fitted.Tensors[0].Values, SpecWeights.Of(arrays, TestFiles.NetworkOf(Permuted)).Tensors[0].Values);
        float[] moved = SpecWeights.Of(arrays, TestFiles.NetworkOf(Permuted.Replace("{ permute: [1, 2, 0] }, ", "", StringComparison.Ordinal))).Tensors[0].Values;
        Assert.Equal(kernel[5 * 3], moved[1]); // the next place of the same channel stands three further in Keras's
    }
}
