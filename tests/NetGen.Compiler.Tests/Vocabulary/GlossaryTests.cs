using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Optimizers;
using NetGen.Compiler.Options;
using NetGen.Compiler.Schema;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;
using Xunit;

namespace NetGen.Compiler.Tests.Vocabulary;

/// <summary>The words of Keras and PyTorch lead to what they are called here, and say where they belong where they are nothing here.</summary>
public sealed class GlossaryTests
{
    private static IEnumerable<(Glossary Words, string[] Names)> Registries =>
    [
        (LayerWords.All, [.. LayerRegistry.Layers.Names]),
        (ActivationWords.All, [.. ActivationRegistry.Activations.Names]),
        (LossWords.All, [.. LossRegistry.Losses.Names]),
        (OptimizerWords.Optimizers, [.. OptimizerRegistry.Optimizers.Names]),
        (OptimizerWords.Schedules, [.. ScheduleRegistry.Schedules.Names]),
        (InitializerWords.All, [.. InitializerRegistry.Initializers.Names]),
        (RootWords.All, [.. NetworkBinder.RootKeys.Keys]),
    ];

    private static IEnumerable<OptionKeys> LayerKeys => LayerRegistry.Layers.All.Select(static l => l.Keys with { Keys = l.Keys.Keys.Concat(["name", "trainable", "from"]).ToEquatable() });

    private static IEnumerable<OptionKeys> OtherKeys =>
    [
        .. ActivationRegistry.Activations.All.Select(static d => d.Keys), .. LossRegistry.Losses.All.Select(static d => d.Keys),
        .. OptimizerRegistry.Optimizers.All.Select(static d => d.Keys), .. ScheduleRegistry.Schedules.All.Select(static d => d.Keys),
        .. InitializerRegistry.Initializers.All.Select(static d => d.Keys),
        .. new[] { RootTexts.Input, RootTexts.Budget, RootTexts.Weights }.Select(static texts => OptionKeys.Of([.. texts.Select(static t => t.Key)])),
    ];

    [Fact]
    public void Every_word_leads_to_a_name_that_is_there_and_is_none_itself()
    {
        foreach ((Glossary words, string[] names) in Registries)
        {
            foreach (Meaning meaning in words.All)
            {
                Assert.All(meaning.Names, n => Assert.Contains(n, names));
                Assert.All(meaning.Words.Split(' '), w => Assert.DoesNotContain(names, n => n == w));
            }

            // One word has one meaning.
            Assert.All(words.All.SelectMany(static m => m.Words.Split(' ')).GroupBy(Glossary.Key), static g => Assert.True(g.Count() == 1, $"{g.Key} stands {g.Count()} times"));
        }
    }

    [Fact]
    public void Every_word_for_an_option_leads_to_one_that_something_has_and_that_has_another_name()
    {
        foreach ((Glossary words, OptionKeys[] owners) in new[] { (LayerOptionWords.All, LayerKeys.ToArray()), (OptionWords.All, OtherKeys.ToArray()) })
        {
            foreach (Meaning meaning in words.All)
            {
                Assert.True(meaning.Names.Count == 0 || owners.Any(o => meaning.Names.All(o.Keys.Contains)), $"nothing has {string.Join(" and ", meaning.Names)}");
                Assert.All(meaning.Words.Split(' '), w => Assert.DoesNotContain(w, meaning.Names));
            }
        }
    }

    [Theory]
    [InlineData("nn.Linear: 4", "dense: 4")]
    [InlineData("Linear: { out_features: 4 }", "dense")]
    [InlineData("fc: 4", "dense")]
    [InlineData("FullyConnected: 4", "dense")]
    [InlineData("torch.clamp: { min: 0 }", "clip")]
    [InlineData("pow: 2", "power")]
    [InlineData("GroupNormalization: { groups: 2 }", "group_norm")]
    [InlineData("InstanceNorm2d", "instance_norm")]
    [InlineData("mean: -1", "reduce_mean")]
    [InlineData("amax: 0", "reduce_max")]
    [InlineData("ReduceMean: 0", "reduce_mean")]
    [InlineData("Sine", "sin")]
    [InlineData("avg_pool2d: 2", "average_pool2d")]
    [InlineData("AvgPool2d: 2", "average_pool2d")]
    [InlineData("AveragePooling2D: 2", "average_pool2d")]
    [InlineData("MaxPooling1D: 2", "max_pool1d")]
    [InlineData("tf.keras.layers.GlobalAveragePooling2D", "global_average_pool")]
    [InlineData("Conv2d: 8", "conv2d")]
    [InlineData("Convolution2D: 8", "conv2d")]
    [InlineData("Conv2DTranspose: 8", "conv_transpose2d")]
    [InlineData("ConvTranspose1d: 8", "conv_transpose1d")]
    [InlineData("BatchNormalization", "batch_norm")]
    [InlineData("nn.BatchNorm2d", "batch_norm")]
    [InlineData("RMSNorm", "rms_norm")]
    [InlineData("ZeroPadding2D: 1", "zero_pad")]
    [InlineData("Concatenate: [input, input]", "concat")]
    [InlineData("cat: [input, input]", "concat")]
    [InlineData("swish", "silu")]
    [InlineData("LeakyReLU", "leaky_relu")]
    [InlineData("embed: { input_dim: 3, output_dim: 2 }", "embedding")]
    public void A_layer_of_another_library_is_named_as_here(string layer, string name)
    {
        Diagnostic error = Assert.Single(NetworkCompiler.Check($"input: 4\nlayers:\n  - {layer}\n").Diagnostics);

        Assert.Equal("NETGEN010", error.Rule.Id);
        Assert.EndsWith($"did you mean '{name}'?", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(name.Split(':')[0], Assert.Single(error.Fixes).Edits[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("attention", "attention is not there yet")]
    [InlineData("MultiHeadAttention: 2", "attention is not there yet")]
    [InlineData("transformer", "needs attention")]
    [InlineData("SeparableConv2D: 8", "write it as two layers")]
    [InlineData("bi_lstm: 8", "around the layer, as in bidirectional: { lstm: { units: 16 } }")]
    [InlineData("conv3d: 8", "but not along three")]
    [InlineData("max_pool3d: 2", "but not along three")]
    [InlineData("dropout2d: 0.1", "dropout drops single values")]
    [InlineData("InputLayer: 4", "write its shape at the top of the spec")]
    [InlineData("spectral_norm", "there are batch_norm, layer_norm, rms_norm, group_norm and instance_norm")]
    [InlineData("matmul", "multiply joins them element by element")]
    [InlineData("cross_entropy", "'cross_entropy' is a loss; write loss: cross_entropy at the top of the spec")]
    [InlineData("mse", "'mse' is a loss; write loss: mean_squared_error at the top of the spec")]
    [InlineData("adam", "'adam' is an optimizer; write optimizer: { adam:")]
    [InlineData("conv: 8", "did you mean 'conv1d' or 'conv2d'?")]
    [InlineData("max_pool: 2", "did you mean 'max_pool1d' or 'max_pool2d'?")]
    [InlineData("global", "did you mean 'global_max_pool' or 'global_average_pool'?")]
    public void What_is_not_there_or_may_be_several_is_not_replaced_by_what_is_like_it(string layer, string remedy)
    {
        Diagnostic error = Assert.Single(NetworkCompiler.Check($"input: 4\nlayers:\n  - {layer}\n").Diagnostics);

        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.Empty(error.Fixes);
    }

    [Theory]
    [InlineData("4", "dense: { out_features: 3 }", "units")]
    [InlineData("4", "dense: { units: 3, in_features: 4 }", "in")]
    [InlineData("4", "dense: { units: 3, bias: false }", "use_bias")]
    [InlineData("4", "dense: { units: 3, kernel_init: ones }", "kernel_initializer")]
    [InlineData("4", "dense: { units: 3, act: relu }", "activation")]
    [InlineData("[3, 8, 8]", "conv2d: { units: 3, kernel_size: 3 }", "filters")]
    [InlineData("[3, 8, 8]", "conv2d: { out_channels: 3, kernel_size: 3 }", "filters")]
    [InlineData("[3, 8, 8]", "conv2d: { filters: 3, kernel: 3 }", "kernel_size")]
    [InlineData("[3, 8, 8]", "conv2d: { filters: 3, kernel_size: 3, pad: 1 }", "padding")]
    [InlineData("[3, 8, 8]", "conv2d: { filters: 3, kernel_size: 3, stride: 2 }", "strides")]
    [InlineData("[3, 8, 8]", "conv2d: { filters: 3, kernel_size: 3, dilation: 2 }", "dilation_rate")]
    [InlineData("[3, 8, 8]", "max_pool2d: { kernel_size: 2 }", "pool_size")]
    [InlineData("[3, 8, 8]", "batch_norm: { eps: 0.1 }", "epsilon")]
    [InlineData("[5, 3]", "lstm: { hidden_size: 3 }", "units")]
    [InlineData("[5, 3]", "embedding: { vocab_size: 3, output_dim: 2 }", "input_dim")]
    [InlineData("5", "embedding: { num_embeddings: 3, output_dim: 2 }", "input_dim")]
    [InlineData("5", "embedding: { input_dim: 3, embedding_dim: 2 }", "output_dim")]
    [InlineData("5", "dropout: { p: 0.2 }", "rate")]
    [InlineData("5", "leaky_relu: { alpha: 0.2 }", "negative_slope")]
    [InlineData("5", "dense: { units: 2, activation: { leaky_relu: { alpha: 0.2 } } }", "negative_slope")]
    [InlineData("[5, 3]", "reshape: { target_shape: 15 }", "shape")]
    [InlineData("5", "dense: { units: 2, learning: 3 }", null)]
    public void An_argument_of_another_library_is_named_as_here(string input, string layer, string? name)
    {
        Diagnostic[] errors = [.. NetworkCompiler.Check($"input: {input}\nlayers:\n  - {layer}\n").Diagnostics.Where(static d => d.Rule == Rules.UnknownKey)];

        Assert.Equal(name, Assert.Single(errors).Fixes.Select(static f => f.Edits[0].Text).SingleOrDefault());
    }

    [Theory]
    [InlineData("optimizer: { adam: { lr: 0.1 } }", "did you mean 'learning_rate'?")]
    [InlineData("optimizer: { adam: { eps: 0.1 } }", "did you mean 'epsilon'?")]
    [InlineData("optimizer: { adam: { betas: [0.9, 0.99] } }", "here it is 'beta_1' and 'beta_2', a number each")]
    [InlineData("optimizer: { rmsprop: { alpha: 0.9 } }", "did you mean 'rho'?")]
    [InlineData("optimizer: { sgd: { learning_rate: { cosine: { from: 1, to: 0, T_max: 5 } } } }", "did you mean 'steps'?")]
    [InlineData("optimizer: { sgd: { scheduler: cosine } }", "a schedule stands in the place of the rate")]
    [InlineData("optimizer: AdamW0", "did you mean 'adamw'?")]
    [InlineData("optimizer: nadam", "there are sgd, adam, adamw, rmsprop and adagrad")]
    [InlineData("optimizer: RMSProp0", "did you mean 'rmsprop'?")]
    [InlineData("optimizer: nesterov", "here it is 'sgd', with nesterov: true")]
    [InlineData("optimizer: mse", "'mse' is a loss; write loss: mean_squared_error")]
    [InlineData("learning_rate: 0.1", "'learning_rate' belongs to the optimizer; write optimizer: { sgd: { learning_rate: … } }")]
    [InlineData("lr: 0.1", "'lr' belongs to the optimizer; write optimizer: { sgd: { learning_rate: … } }")]
    [InlineData("betas: [1, 2]", "'betas' belongs to the optimizer; write optimizer: { adam: { beta_1: … } }")]
    [InlineData("epochs: 3", "belongs to TrainingOptions of NetGen.Training")]
    [InlineData("batch_size: 3", "belongs to TrainingOptions of NetGen.Training")]
    [InlineData("metrics: [accuracy]", "metrics are no part of a network")]
    [InlineData("validation_split: 0.1", "belong to the call of Fit")]
    [InlineData("dense: 3", "'dense' is a layer; write it in the list 'layers', as in - dense: …")]
    [InlineData("units: 3", "'units' belongs to a layer")]
    [InlineData("adam: 3", "'adam' is an optimizer")]
    [InlineData("weight_decay: 0.1", "'weight_decay' belongs to the optimizer")]
    [InlineData("random_seed: 3", "did you mean 'seed'?")]
    [InlineData("budget: { params: 60KB }", "did you mean 'parameters'?")]
    [InlineData("budget: { flops: 60K }", "here it is 'macs', multiply-adds, of which each is two operations")]
    [InlineData("budget: {}", "'budget' limits nothing")]
    [InlineData("unroll: none_at_all", "did you mean 'none'?")]
    public void A_word_at_the_top_says_what_it_is_or_where_it_belongs(string line, string remedy)
    {
        string[] messages = [.. NetworkCompiler.Check($"input: 4\nlayers: [ {{ dense: 3 }} ]\nloss: hinge\n{line}\n").Diagnostics.Where(static d => d.IsError).Select(static d => d.Message)];

        Assert.Contains(remedy, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mse", "mean_squared_error")]
    [InlineData("MSELoss", "mean_squared_error")]
    [InlineData("l1_loss", "mean_absolute_error")]
    [InlineData("SmoothL1Loss", "huber")]
    [InlineData("BCELoss", "binary_cross_entropy")]
    [InlineData("bce_with_logits", "binary_cross_entropy_with_logits")]
    [InlineData("binary_crossentropy", "binary_cross_entropy")]
    [InlineData("categorical_crossentropy", "cross_entropy")]
    [InlineData("sparse_categorical_crossentropy", "cross_entropy")]
    [InlineData("nll_loss", "cross_entropy")]
    [InlineData("CrossEntropyLoss", "cross_entropy_with_logits")]
    [InlineData("kl_div", null)]
    [InlineData("accuracy", null)]
    [InlineData("adam", null)]
    [InlineData("relu", null)]
    public void A_loss_of_another_library_is_named_as_here(string loss, string? name)
    {
        Diagnostic error = NetworkCompiler.Check($"input: 4\nlayers: [ {{ dense: 3 }} ]\nloss: {loss}\n").Diagnostics.Single();

        Assert.Equal((Rules.UnknownLoss, name), (error.Rule, error.Fixes.Select(static f => f.Edits[0].Text).SingleOrDefault()));
    }

    [Theory]
    [InlineData("kernel_initializer: xavier_uniform", "glorot_uniform")]
    [InlineData("kernel_initializer: kaiming_normal_", "he_normal")]
    [InlineData("kernel_initializer: { RandomNormal: { std: 0.1 } }", "normal")]
    [InlineData("activation: ReLU", "relu")]
    [InlineData("activation: identity", "linear")]
    public void So_is_a_value(string option, string name) =>
        Assert.Equal(name, NetworkCompiler.Check($"input: 4\nlayers: [ {{ dense: {{ units: 3, {option} }} }} ]\n").Diagnostics.Single().Fixes.Single().Edits[0].Text);

    [Theory]
    [InlineData("dense: { units: 3, trainable: [kernel] }", "weight")]
    [InlineData("batch_norm: { trainable: [gamma] }", "weight")]
    [InlineData("lstm: { units: 3, trainable: [recurrent_kernel] }", "weight_hh_l0")]
    [InlineData("lstm: { units: 3, trainable: [bias_ih] }", "bias_ih_l0")]
    [InlineData("lstm: { units: 3, trainable: [weight] }", null)]
    [InlineData("batch_norm: { trainable: [running_mean] }", null)]
    public void So_is_a_parameter(string layer, string? name) => Assert.Equal(
        name, NetworkCompiler.Check($"input: {{ shape: [5, 3], layout: sequence }}\nlayers: [ {{ {layer} }} ]\n").Diagnostics.Single().Fixes.Select(static f => f.Edits[0].Text).SingleOrDefault());

    [Theory]
    [InlineData("hid", "hidden")]
    [InlineData("dens", "dense_1")]
    [InlineData("Hidden", "hidden")]
    [InlineData("in", null)]
    public void A_source_is_found_by_its_beginning(string written, string? name) => Assert.Equal(
        name, NetworkCompiler.Check($"input: 4\nlayers: [ {{ dense: 3 }}, {{ dense: {{ units: 3, name: hidden }} }}, {{ add: [input, {written}] }} ]\n").Diagnostics.First(static d => d.Rule == Rules.UnknownSource).Fixes.Select(static f => f.Edits[0].Text).SingleOrDefault());
}
