using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>The convolutions of the grammar: along one axis or two, and transposed.</summary>
internal sealed class ConvolutionDefinition(string name, int axes, bool isTransposed) : LayerDefinition
{
    private static readonly EquatableArray<string> s_length = EquatableArray.Of("length"), s_image = EquatableArray.Of("height", "width");

    public override string Name => name;

    public override OptionKeys Keys => OptionKeys.WithMain("filters",
    [
        "kernel_size", "strides", "padding", .. isTransposed ? ["output_padding"] : Array.Empty<string>(), "dilation_rate", "groups",
        "activation", "use_bias", "kernel_initializer", "bias_initializer",
    ]);

    public override EquatableArray<string> ParameterNames => EquatableArray.Of("weight", "bias");

    private EquatableArray<string> Axes => axes == 1 ? s_length : s_image;

    /// <summary>What is known of a layer once its options are read; null what is not.</summary>
    private sealed record Sizes(
        int? Filters, EquatableArray<int>? Kernel, EquatableArray<int>? Strides, EquatableArray<int>? Dilation, Padding? Padding, EquatableArray<int>? OutputPadding, int? Groups);

    public override bool KeepsAxes => true;

    public override Layer? Bind(LayerBinder b)
    {
        OptionReader options = b.Options;
        EquatableArray<int>? Read(string key, int? @default, int min, string example) => options.Sizes(key, Axes, @default, min, Padding.Max, example);
        var sizes = new Sizes(
            options.RequiredInteger("filters", 1, Padding.Max, "8"), Read("kernel_size", null, 1, "3"), Read("strides", 1, 1, "2"), Read("dilation_rate", 1, 1, "2"),
            Padding.Read(options, Axes, isTransposed ? ["valid"] : axes == 1 ? ["valid", "same", "causal"] : ["valid", "same"]),
            isTransposed ? Read("output_padding", 0, 0, "1") : null,
            options.Find("groups") is null ? 1 : options.Integer("groups", 1, Padding.Max, "2"));
        bool useBias = options.Boolean("use_bias", true);
        Shape? input = CheckInput(b);
        bool fitsGroups = CheckGroups(b, input, sizes);
        WindowAxis[]? windows = input is null ? null : CheckWindows(b, input, sizes);
        bool isSmall = windows is not null && fitsGroups && CheckSize(b, input!, sizes, windows);
        if (isSmall)
            b.Output = new Shape(EquatableArray.Of([sizes.Filters!.Value, .. windows!.Select(a => isTransposed ? a.Length : a.Outputs)]), Layout.Channels);

        Activation? activation = ActivationDefinition.Read(options, "activation");
        EquatableArray<int>? shape = isSmall
            ? EquatableArray.Of([.. isTransposed ? [input!.Dimensions[0], sizes.Filters!.Value / sizes.Groups!.Value] : new[] { sizes.Filters!.Value, input!.Dimensions[0] / sizes.Groups!.Value }, .. sizes.Kernel!.Value])
            : null;
        Initializer kernel = InitializerRegistry.Read(options, "kernel_initializer", shape, "glorot_uniform");
        Initializer bias = InitializerRegistry.Read(options, "bias_initializer", EquatableArray.Of(sizes.Filters ?? 1), "zeros");
        EquatableArray<string> trained = b.ReadTrainable(useBias ? [] : [("bias", "use_bias: false")]);
        if (!useBias && options.Find("bias_initializer") is { } unused && !b.Failed)
            b.Report(Rules.UnknownKey, unused.Span, $"{options.Owner} has use_bias: false, so 'bias_initializer' means nothing; leave one of them out");

        return b.Failed || !isSmall || activation is null
            ? null
            : new Convolution(
                b.Name, name, input! with { Layout = Layout.Channels }, b.Output!, windows!.ToEquatable(), sizes.Groups!.Value, isTransposed, activation,
                useBias, kernel, bias, trained.Contains("weight"), trained.Contains("bias"));
    }

    /// <summary>Channels and so many axes; rank 2 becomes that where nothing has decided it.</summary>
    private Shape? CheckInput(LayerBinder b)
    {
        if (b.Input is not { } input)
            return null;
        string taken = axes == 1 ? "[channels, length]" : "[channels, height, width]";
        string owner = b.Options.Owner;
        SourceSpan place = b.Options.Node.Kind.Span;
        if (input.Rank == axes + 1 && input.Layout == Layout.Sequence)
        {
            b.ReportLayout($"{owner} takes {taken}, but '{b.Before}' before it gives a sequence, {input}{(b.DecidedBy is { } by ? $", as '{by}' reads it" : "")}", ", which makes the features channels");
            return null;
        }

        if (input.Rank == axes + 1)
            return input with { Layout = Layout.Channels };
        string other = name.Substring(0, name.Length - 2) + (axes == 1 ? "2d" : "1d");
        string remedy = (input.Rank, axes) switch
        {
            (1, 1) => $"put reshape: [1, {input.Size}] before it",
            (1, 2) => "put reshape: [1, height, width] before it, with the image's sizes",
            (2, 2) => $"use {other}, or put reshape: [1, {input.Dimensions[0]}, {input.Dimensions[1]}] before it",
            (3, 1) => $"use {other}",
            _ => $"put a reshape to {taken} before it",
        };
        string message = $"{owner} takes {taken}, but '{b.Before}' before it gives {(input.Rank == 1 ? "a vector of " : "")}{input}";
        if ((axes == 1 && b.ReportLastState(Rules.WrongRank, place, message, asChannels: true)) || b.ReportFlattened(message, axes + 1))
            return null;
        b.Report(Rules.WrongRank, place, $"{message}; {remedy}", (input.Rank, axes) is (1, 1) ? b.InsertBefore("reshape", $"[1, {input.Size}]") : []);
        return null;
    }

    private static bool CheckGroups(LayerBinder b, Shape? input, Sizes sizes)
    {
        if (sizes.Groups is not { } groups)
            return false;
        string? wrong = input is not null && input.Dimensions[0] % groups != 0 ? $"the {input.Dimensions[0]} channels that '{b.Before}' gives"
            : sizes.Filters is { } filters && filters % groups != 0 ? $"its {CSharpLiteral.Grouped(filters)} filters"
            : null;
        if (wrong is null)
            return true;
        int common = Common(input?.Dimensions[0] ?? sizes.Filters!.Value, sizes.Filters ?? input!.Dimensions[0]);
        b.Report(Rules.OutOfRange, b.Options.SpanOf("groups"), $"{b.Options.Owner} has groups: {groups}, which does not divide {wrong}; write a number that divides both, such as {common}");
        return false;
    }

    private static int Common(int a, int b) => b == 0 ? a : Common(b, a % b);

    /// <summary>The windows along each axis; null after an error, or where something is not known.</summary>
    private WindowAxis[]? CheckWindows(LayerBinder b, Shape input, Sizes sizes)
    {
        if (sizes is not { Kernel: { } kernel, Strides: { } strides, Dilation: { } dilation, Padding: { } padding } || (isTransposed && sizes.OutputPadding is null))
            return null;
        var windows = new WindowAxis[axes];
        for (int k = 0; k < axes; k++)
        {
            int length = input.Dimensions[k + 1];
            string axis = Axes[k];
            if (isTransposed)
            {
                int extra = sizes.OutputPadding!.Value[k];
                if (extra >= Math.Max(strides[k], dilation[k]))
                {
                    b.Report(Rules.OutOfRange, SpanOf(b, "output_padding", k),
                        $"{b.Options.Owner}: 'output_padding' is {extra} along the {axis}, but must be below the stride, {strides[k]}, or the dilation, {dilation[k]}: it says which of the sizes that a stride makes equal is meant");
                    return null;
                }

                long whole = ((length - 1L) * strides[k]) + ((kernel[k] - 1L) * dilation[k]) + extra + 1;
                long cut = padding.Amounts[k];
                if (whole - (2 * cut) < 1)
                {
                    b.Report(Rules.OutOfRange, SpanOf(b, "padding", k), $"{b.Options.Owner}: 'padding' cuts {cut} off both ends of the {axis}, of which there is {CSharpLiteral.Grouped(whole)}; write at most {(whole - 1) / 2}");
                    return null;
                }

                if (!ShapeSize.Fits(b, [whole]))
                    return null;
                windows[k] = new WindowAxis((int)(whole - (2 * cut)), kernel[k], strides[k], dilation[k], cut, cut);
                continue;
            }

            windows[k] = padding.Along(k, length, kernel[k], strides[k], dilation[k]);
            if (windows[k].Extent > windows[k].Padded)
            {
                if (k == axes - 1 && b.ReportChannelsLast($"kernel_size of {kernel[k]}", axis))
                    return null;
                string spread = dilation[k] == 1 ? "" : $", which its dilation spreads to {windows[k].Extent},";
                string zeros = windows[k].Padded == length ? "" : $" ({windows[k].Padded} with its padding)";
                b.Report(Rules.OutOfRange, SpanOf(b, "kernel_size", k),
                    $"{b.Options.Owner}: 'kernel_size' is {kernel[k]}{spread} along the {axis}, but '{b.Before}' before it gives only {length}{zeros}; write a smaller kernel_size, or padding: same");
                return null;
            }
        }

        return windows;
    }

    /// <summary>Whether the weight, and the larger of input and output with all their zeros, are of a size that a network may have.</summary>
    private bool CheckSize(LayerBinder b, Shape input, Sizes sizes, WindowAxis[] windows)
    {
        if (sizes.Filters is not { } filters)
            return false;
        IEnumerable<long> kernel = sizes.Kernel!.Value.Select(static s => (long)s);
        long channels = input.Dimensions[0];
        IEnumerable<long> weight = kernel.Concat([channels, filters]).Select((s, k) => k == axes ? s / (isTransposed ? 1 : sizes.Groups!.Value) : k > axes && isTransposed ? s / sizes.Groups!.Value : s);
        return ShapeSize.Fits(b, weight)
            && ShapeSize.Fits(b, windows.Select(static a => a.Padded).Append(isTransposed ? filters : channels))
            && (isTransposed || ShapeSize.Fits(b, windows.Select(static a => (long)a.Outputs).Append(filters)));
    }

    /// <summary>Where an axis' number stands, or the one for all.</summary>
    private static SourceSpan SpanOf(LayerBinder b, string key, int axis) =>
        b.Options.Find(key) is ListValue list ? list.Items[axis].Span : b.Options.SpanOf(key);
}
