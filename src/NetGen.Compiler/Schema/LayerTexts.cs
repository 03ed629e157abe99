using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Cells;
using NetGen.Compiler.Text;
using static NetGen.Compiler.Schema.ValueTypes;

namespace NetGen.Compiler.Schema;

/// <summary>What an editor says of the layers.</summary>
internal static class LayerTexts
{
    private const string SizesNote = "a number for all axes, or a list with one for each";

    private static readonly OptionText
        s_activation = new("activation", Activation, "The activation at the end of the layer: a name, or a name with its options.", "linear"),
        s_useBias = new("use_bias", Boolean, "Whether a bias is added to each output.", true),
        s_kernel = new("kernel_initializer", Initializer, "What the weights start from.", "glorot_uniform"),
        s_bias = new("bias_initializer", Initializer, "What the biases start from.", "zeros"),
        s_scale = new("scale", Boolean, "Whether what is normalized is multiplied by a weight.", true),
        s_center = new("center", Boolean, "Whether a bias is added to it.", true),
        s_epsilon = new("epsilon", Positive, "What is added to the variance, so that nothing is divided by 0.", 1e-5f);

    /// <summary>Of every layer but for activations, which have texts of their own.</summary>
    public static IReadOnlyList<DefinitionText> All { get; } =
    [
        DefinitionText.Of("dense", "Every unit sees every input: activation(W x + b). Of a sequence, at each step; an image needs a flatten before it.",
            OptionText.Required("units", Integer(1, Most), "How many outputs there are."),
            s_activation, s_useBias, s_kernel, s_bias,
            new("in", Integer(1), "How many inputs there are: it follows from the layer before, and is checked where it is stated."),
            new("weights_of", LayerName, "An embedding or a dense layer above whose weight it shares, as it is or, where only that fits, transposed.")),
        Convolution("conv1d", 1, "A convolution along the length of [channels, length]: cross-correlation with each filter.", "valid", "same", "causal"),
        Convolution("conv2d", 2, "A convolution over the height and width of [channels, height, width]: cross-correlation with each filter.", "valid", "same"),
        Transposed("conv_transpose1d", 1, "The transpose of a convolution, which makes [channels, length] longer."),
        Transposed("conv_transpose2d", 2, "The transpose of a convolution, which makes [channels, height, width] larger."),
        DefinitionText.Of("flatten", "All values as one vector, in row-major order."),
        DefinitionText.Of("reshape", "The same values in another shape, in row-major order.",
            OptionText.Required("shape", OneOf(Size(), List(Size(), 1, 8)), "The sizes of the output; one of them may be -1, for what is left.")),
        DefinitionText.Of("permute", "The axes in another order; [1, 0] makes a sequence of channels, and channels of a sequence.",
            OptionText.Required("axes", List(Integer(0, 7), 1, 8), "The input's axis for each of the output's, from 0 and without the batch.")),
        DefinitionText.Of("zero_pad", "Zeros around the length, or around the height and width; of a sequence, before and after it in time.",
            OptionText.Required("padding", OneOf(Integer(0, 1 << 20), List(Integer(0, 1 << 20), 1, 4)), "How many: a number for all edges, [before, after], or [top, bottom, left, right].")),
        DefinitionText.Of("pad", "Elements around the length, or around the height and width; of a sequence, before and after it in time.",
            OptionText.Required("padding", OneOf(Integer(0, 1 << 20), List(Integer(0, 1 << 20), 1, 4)), "How many: a number for all edges, [before, after], or [top, bottom, left, right]."),
            new("mode", Words("constant", "reflect", "edge"), "What they are: one number, the data in reverse order without its outermost element, or that element again and again.", "constant"),
            new("value", Number, "The number of mode: constant.", 0)),
        DefinitionText.Of("slice", "A part of one axis: the places start, start + step and so on up to stop, as Python's slices have them.",
            new("axis", Integer(-8, 7), "The axis, without the batch; a negative one counts from the end.", 0),
            new("start", Integer(-int.MaxValue), "The first place; a negative one counts from the end. By default the first of the axis, or the last where the step goes back."),
            new("stop", Integer(-int.MaxValue), "The first place that is not taken; a negative one counts from the end. By default all are taken."),
            new("step", Integer(-int.MaxValue).With(("not", new JsonObject { { "const", 0 } })), "From one place to the next; a negative one goes back.", 1)),
        DefinitionText.Of("reverse", "A sequence from its last step to the first; of [channels, length], along the length. Other axes take a slice with step: -1."),
        DefinitionText.Of("repeat_vector", "A vector at each of n steps of a sequence.",
            OptionText.Required("n", Integer(1, Most), "How many steps there are.")),
        Upsample("upsample1d", 1, "Makes [channels, length] longer by a whole factor.", "linear"),
        Upsample("upsample2d", 2, "Makes [channels, height, width] larger by whole factors.", "bilinear"),
        DefinitionText.Of("pixel_shuffle", "Channels become squares of pixels: [C r r, height, width] gives [C, height r, width r], as in PyTorch.",
            OptionText.Required("factor", Integer(1, 4_096), "The side r of a square.")),
        DefinitionText.Of("pixel_unshuffle", "Squares of pixels become channels: [C, height r, width r] gives [C r r, height, width], as in PyTorch.",
            OptionText.Required("factor", Integer(1, 4_096), "The side r of a square.")),
        DefinitionText.Of("dropout", "In training, drops values at random and scales the others up; in inference it does nothing.",
            OptionText.Required("rate", Share, "The share of values that is dropped (not the share that is kept).")),
        DefinitionText.Of("batch_norm", "Normalizes each channel (feature of a sequence, element of a vector) by the batch's mean and variance in training, by running ones in inference, then scales and shifts it.",
            s_epsilon,
            new("momentum", Number.With(("minimum", 0), ("maximum", 1)),
                "The batch's share in the running statistics, as in PyTorch; Keras's 0.99 is 0.01 here.", 0.1f),
            s_scale, s_center),
        DefinitionText.Of("group_norm",
            "Normalizes each group of neighbouring channels (features of a sequence, elements of a vector) by its mean and variance over all places, or steps; then scales and shifts each channel.",
            OptionText.Required("groups", Integer(1, Most), "Into how many groups the channels are split: a number that divides them."),
            s_epsilon, s_scale, s_center),
        DefinitionText.Of("instance_norm",
            "Normalizes each channel (feature of a sequence) by its mean and variance over all places, or steps; then scales and shifts it.", s_epsilon,
            s_scale, s_center),
        DefinitionText.Of("normalization", "Takes off each channel's mean and divides by its deviation (of a sequence, feature; of a vector, element): (x - mean) / sqrt(variance), by statistics that are stated, loaded or learned from data, never trained.",
            new("mean", Numbers(Number), "The mean: a number for all, or a list with one for each feature or channel.", 0),
            new("variance", Numbers(Positive), "The variance, the square of the deviation: a number for all, or a list with one for each feature or channel.", 1)),
        DefinitionText.Of("rescaling", "Multiplies each value by a number and adds another: scale x + offset.",
            OptionText.Required("scale", Number.With(("not", new JsonObject { { "const", 0 } })), "What each value is multiplied by."),
            new("offset", Number, "What is added then.", 0)),
        DefinitionText.Of("clip", "Keeps each value within limits, of which one may be left out: min(max(x, min), max).",
            new OptionText("min", Number, "What smaller values become; by default they stay."),
            new("max", Number, "What larger values become; by default they stay.")) with { AnyOf = EquatableArray.Of("min", "max") },
        DefinitionText.Of("power", "Raises each value to a power: x^exponent. It is no number where x is below 0 and the exponent is not whole.",
            OptionText.Required("exponent", Number.With(("not", new JsonObject { { "const", 0 } })),
                "The power: 2 squares, 0.5 takes the root, -1 the inverse.")),
        DefinitionText.Of("prelu", "x above 0, else weight · x, with a weight that is trained and starts at 0.25.",
            new OptionText("per_channel", Boolean, "Whether each channel (feature of a sequence, element of a vector) has a weight of its own.", false)),
        Merge("add", "The sum of values"),
        Merge("subtract", "The first value without the others"),
        Merge("multiply", "The product of values"),
        Merge("divide", "The first value over the others, one after another"),
        Merge("maximum", "The largest of values"),
        Merge("minimum", "The smallest of values"),
        Merge("average", "The mean of values"),
        DefinitionText.Of("concat", "Values one behind the other.", Several(),
            new OptionText("axis", Integer(-8, 7), "The axis along which they are joined, without the batch; a negative one counts from the end.", 0)),
        Pool("max_pool1d", 1, "The largest value of each window along the length."),
        Pool("max_pool2d", 2, "The largest value of each window of height and width."),
        Pool("average_pool1d", 1, "The mean of each window along the length."),
        Pool("average_pool2d", 2, "The mean of each window of height and width."),
        DefinitionText.Of("global_max_pool", "The largest value of each channel."),
        DefinitionText.Of("global_average_pool", "The mean of each channel."),
        Reduction("reduce_mean", "The mean"),
        Reduction("reduce_sum", "The sum"),
        Reduction("reduce_max", "The largest value"),
        Reduction("reduce_min", "The smallest value"),
        DefinitionText.Of("layer_norm", "Normalizes the last axis by its mean and variance, then scales and shifts it.", s_epsilon, s_scale, s_center),
        DefinitionText.Of("rms_norm", "Divides the last axis by its root mean square, then scales it.", s_epsilon, s_scale),
        DefinitionText.Of("embedding", "A row of a table for each index; it reads the network's input, whose floats are the indices.",
            OptionText.Required("input_dim", Integer(1, Most), "How many rows there are: the indices run from 0 to one below it."),
            OptionText.Required("output_dim", Integer(1, Most), "How long a row is.")),
        Recurrent(new SimpleRnnCell(), isAlone: true),
        Recurrent(new GruCell(), isAlone: true),
        Recurrent(new LstmCell(), isAlone: true),
        DefinitionText.Of("bidirectional", "A recurrent layer that reads [time, features] from its beginning, and another of the same kind that reads it from its end; it holds one of simple_rnn, gru and lstm.",
            Within(new SimpleRnnCell()), Within(new GruCell()), Within(new LstmCell()),
            new("merge_mode", Words("concat", "sum", "multiply", "average"), "How the outputs of the two become one: one behind the other, or element by element.", "concat"))
            with { OneOf = EquatableArray.Of("simple_rnn", "gru", "lstm") },
    ];

    /// <summary>What every layer takes beside its own options.</summary>
    public static IEnumerable<OptionText> Common(LayerDefinition definition)
    {
        EquatableArray<string> parameters = definition.ParameterNames;
        yield return new OptionText("name", LayerName, "The layer's name, by which others read it; by default its kind and its ordinal among the layers of its kind, as in dense_2.");
        if (definition.TakesTrainable)
        {
            JsonObject listed = parameters.Count == 0 ? new JsonObject { { "type", "array" }, { "maxItems", 0 } }
                : new JsonObject { { "type", "array" }, { "items", Words([.. parameters]) }, { "uniqueItems", true } };
            yield return new OptionText("trainable", OneOf(Boolean, listed),
                parameters.Count == 0 ? "Whether the step changes the layer's parameters; it has none." : "Whether the step changes the layer's parameters, or a list of those that it changes.", true);
        }

        if (!definition.TakesSeveral)
            yield return new OptionText("from", OneOf(SourceName, List(SourceName, 1, 1)), "What it reads instead of the layer before it: the name of a layer above, a state of one as gru_1.h, or an input.");
    }

    private static DefinitionText Convolution(string name, int axes, string description, params string[] padding) => DefinitionText.Of(name, description,
        OptionText.Required("filters", Integer(1, Most), "How many channels the output has."),
        OptionText.Required("kernel_size", Sizes(axes, 1), $"How many elements a filter sees: {SizesNote}."),
        new("strides", Sizes(axes, 1), $"How far apart the windows stand: {SizesNote}.", 1),
        new("padding", Padding(axes, padding), "The zeros around the input: valid has none, same as many as keep the size (over the stride)"
            + (axes == 1 ? ", causal puts them all before" : "") + "; or a number for both sides of each axis.", "valid"),
        new("dilation_rate", Sizes(axes, 1), $"How far apart a filter's elements stand: {SizesNote}.", 1),
        new("groups", Integer(1, Most), "Into how many groups the channels are split, each with filters of its own.", 1),
        s_activation, s_useBias, s_kernel, s_bias);

    private static DefinitionText Transposed(string name, int axes, string description) => DefinitionText.Of(name, description,
        OptionText.Required("filters", Integer(1, Most), "How many channels the output has."),
        OptionText.Required("kernel_size", Sizes(axes, 1), $"How many elements of the output an input reaches: {SizesNote}."),
        new("strides", Sizes(axes, 1), $"How far apart neighbouring inputs are put: {SizesNote}.", 1),
        new("padding", Padding(axes, "valid"), "What is cut off both ends of each axis: valid cuts nothing, else a number for all or a list.", "valid"),
        new("output_padding", Sizes(axes, 0), "What the output is longer by at its end: below the stride or the dilation.", 0),
        new("dilation_rate", Sizes(axes, 1), $"How far apart a filter's elements stand: {SizesNote}.", 1),
        new("groups", Integer(1, Most), "Into how many groups the channels are split, each with filters of its own.", 1),
        s_activation, s_useBias, s_kernel, s_bias);

    private static DefinitionText Pool(string name, int axes, string description)
    {
        OptionText[] options =
        [
            OptionText.Required("pool_size", Sizes(axes, 1), $"How many elements a window sees: {SizesNote}."),
            new("strides", Sizes(axes, 1), $"How far apart the windows stand, by default as far as they are long: {SizesNote}."),
            new("padding", Padding(axes, "valid", "same"), "What is put around the input: valid nothing, same as much as keeps the size (over the stride); or a number for both sides of each axis.", "valid"),
            new("ceil_mode", Boolean, "Whether a last window counts that reaches beyond the padding, as long as it begins within the input or the padding before it.", false),
        ];
        return DefinitionText.Of(name, description, name.StartsWith("max", System.StringComparison.Ordinal) ? options
            : [.. options, new("count_include_pad", Boolean, "Whether a mean counts the zeros of a padding that is a number.", true)]);
    }

    private static DefinitionText Upsample(string name, int axes, string description, string linear) => DefinitionText.Of(name, description,
        new OptionText("size", OneOf(Integer(1, 4_096), List(Integer(1, 4_096), axes, axes)), $"How many times as long each axis becomes: {SizesNote}.", 2),
        new OptionText("interpolation", Words("nearest", linear), $"What an output is: nearest repeats elements, {linear} lies on the line between neighbours, with half-pixel centres.", "nearest"));

    private static DefinitionText Recurrent(RecurrentCell cell, bool isAlone)
    {
        OptionText[] all =
        [
            OptionText.Required("units", Integer(1, 65_536), "How long the state is."),
            new("return_sequences", Boolean, "Whether it gives the state of every step, [time, units], or the last one alone, [units].", false),
            new("truncate", Integer(1), "Over how many steps a gradient runs back; by default over all."),
            new("checkpoint", Integer(1), "Keeps the state of every so-many-th step alone and computes the others again: less memory, more time.", 1),
            new("activation", Activation, "What makes the state: an elementwise activation.", "tanh"),
            new("recurrent_activation", Activation, "What opens and closes the gates: an elementwise activation.", "sigmoid"),
            new("reset_after", Boolean, "Whether the reset gate works on the product with the state, as in PyTorch, or on the state before it.", true),
            new("use_bias", Boolean, "Whether biases are added, one to the product with the input and one to that with the state.", true),
            s_kernel,
            new("recurrent_initializer", Initializer, "What the weights of the state start from.", "orthogonal"),
            new("initial_state", cell.States.Count == 1 ? OneOf(SourceName, List(SourceName, 1, 1)) : List(SourceName, cell.States.Count, cell.States.Count), "What its states begin from, an input or a layer for each, h and of an lstm c; by default zeros."),
            new("weights_of", LayerName, "A layer above of the same kind and sizes whose weights it shares; its biases are its own."),
        ];
        string description = cell.Kind switch
        {
            "gru" => "A gated recurrent unit over [time, features], with the reset gate on the sum of the state, as in PyTorch.",
            "lstm" => "A long short-term memory over [time, features]; its forget gate starts open.",
            _ => "A recurrent layer over [time, features]: h = tanh(W x + b + U h + c).",
        };
        return DefinitionText.Of(cell.Kind, description, [.. RecurrentOptions.KeysOf(cell, isAlone).Keys.Select(key => all.First(o => o.Key == key))]);
    }

    /// <summary>A recurrent layer that another one holds.</summary>
    private static OptionText Within(RecurrentCell cell) =>
        new(cell.Kind, SpecSchema.Value(RecurrentOptions.KeysOf(cell, isAlone: false), Recurrent(cell, isAlone: false)), $"The two layers are of the kind {cell.Kind}, with these options.");

    private static DefinitionText Merge(string name, string what) => DefinitionText.Of(
        name, what + ", element by element; an axis of one element is stretched to the size that the others have there.", Several());

    private static DefinitionText Reduction(string name, string what) =>
        DefinitionText.Of(name, what + " over some axes; over all of them it leaves one value.",
        new OptionText("axes", OneOf(Integer(-8, 7), List(Integer(-8, 7), 1, 8)),
            "The axis, or a list of them, from 0 and without the batch; a negative one counts from the end. By default all."),
        new("keep_dims", Boolean, "Whether the axes stay, with one element each.", false));

    private static OptionText Several() => OptionText.Required("from", List(SourceName, 2, 1_024), "The names of two or more layers above, of their states as gru_1.h, or inputs.");

    /// <summary>A size, or -1 for what is left.</summary>
    private static JsonObject Size() => Integer(-1).With(("not", new JsonObject { { "const", 0 } }));
}
