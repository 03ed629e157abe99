using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;
using NetGen.Models.Import;
using static NetGen.Models.TFLite.TFLiteFormat;

namespace NetGen.Models.TFLite;

/// <summary>An operator of a TensorFlow Lite file, and the nodes that say the same in ONNX's words.</summary>
internal sealed class TFLiteOperator(TFLiteReader file, string name, TFLiteTable? options, int[] inputs, int[] outputs)
{
    private const int Same = 0;
    private static readonly long[] s_toFirst = [0, 3, 1, 2], s_toLast = [0, 2, 3, 1];

    private string Output => file.NameOf(outputs[0]);

    /// <summary>The name of the file's tensor is the best that there is for the layer.</summary>
    private string Title => Output.Split(';')[0];

    public void Add()
    {
        switch (name)
        {
            case "CONV_2D":
                Convolve("Conv", isDepthwise: false);
                break;
            case "DEPTHWISE_CONV_2D":
                Convolve("Conv", isDepthwise: true);
                break;
            case "TRANSPOSE_CONV":
                TransposeConvolve();
                break;
            case "AVERAGE_POOL_2D" or "MAX_POOL_2D":
                Pool();
                break;
            case "FULLY_CONNECTED":
                FullyConnect();
                break;
            case "ADD" or "SUB" or "MUL" or "DIV":
                Node(name switch { "ADD" => "Add", "SUB" => "Sub", "MUL" => "Mul", _ => "Div" }, Inputs, Activated(Byte(0)));
                break;
            case "MAXIMUM" or "MINIMUM" or "POW" or "PRELU":
                Node(name switch { "MAXIMUM" => "Max", "MINIMUM" => "Min", "POW" => "Pow", _ => "PRelu" }, Inputs, Output);
                break;
            case "ADD_N":
                Node("Sum", Inputs, Output);
                break;
            case "SQUARED_DIFFERENCE":
                string difference = file.Between(Title);
                Node("Sub", Inputs, difference);
                Node("Mul", [difference, difference], Output);
                break;
            case "RELU" or "TANH" or "LOGISTIC" or "ELU" or "HARD_SWISH" or "EXP" or "LOG" or "SQRT" or "ABS" or "NEG" or "SIN" or "COS" or "CAST" or "DEQUANTIZE":
                Node(Plain(name), [Input(0)], Output);
                break;
            case "GELU":
                Node("Gelu", [Input(0)], Output, ("approximate", options?.Boolean(0) == true ? "tanh" : "none"));
                break;
            case "SQUARE":
                Node("Mul", [Input(0), Input(0)], Output);
                break;
            case "RSQRT":
                string root = file.Between(Title);
                Node("Sqrt", [Input(0)], root);
                Node("Reciprocal", [root], Output);
                break;
            case "RELU6":
                Clip(Input(0), 0, 6, Output);
                break;
            case "RELU_N1_TO_1":
                Clip(Input(0), -1, 1, Output);
                break;
            case "LEAKY_RELU":
                Node("LeakyRelu", [Input(0)], Output, ("alpha", (double)(options?.Float(0) ?? 0)));
                break;
            case "SOFTMAX":
                string scaled = Input(0);
                if (options?.Float(0, 1) is { } beta and not 1)
                    Node("Mul", [Input(0), file.AddConstant(Title, Constant.Scalar(beta, ElementKind.Float))], scaled = file.Between(Title));
                Node("Softmax", [scaled], Output, ("axis", -1L));
                break;
            case "LOG_SOFTMAX":
                Node("LogSoftmax", [Input(0)], Output, ("axis", -1L));
                break;
            case "RESHAPE":
                Node("Reshape", [Input(0), inputs.Length > 1 ? Input(1) : Integers(options?.Integers(0) ?? [])], Output);
                break;
            case "SQUEEZE":
                Node("Squeeze", options?.Integers(0) is { Length: > 0 } axes ? [Input(0), Integers(axes)] : [Input(0)], Output);
                break;
            case "EXPAND_DIMS":
                Node("Unsqueeze", [Input(0), Integers(Values(1))], Output);
                break;
            case "TRANSPOSE":
                Node("Transpose", [Input(0)], Output, ("perm", Values(1).Select(static v => (long)v).ToArray()));
                break;
            case "BROADCAST_TO":
                Node("Expand", Inputs, Output);
                break;
            case "CONCATENATION":
                Node("Concat", Inputs, Activated(Byte(1)), ("axis", (long)(options?.Integer(0) ?? 0)));
                break;
            case "PACK":
                Pack();
                break;
            case "UNPACK":
                Unpack();
                break;
            case "SPLIT":
                Outputs("Split", [Input(1)], ("axis", (long)Values(0)[0]));
                break;
            case "SPLIT_V":
                Outputs("Split", [Input(0), Input(1)], ("axis", (long)Values(2)[0]));
                break;
            case "PAD" or "PADV2" or "MIRROR_PAD":
                Pad();
                break;
            case "SLICE":
                int[] begin = Values(1), size = Values(2);
                Node("Slice", [Input(0), Integers(begin), Integers([.. begin.Zip(size, static (b, s) => s < 0 ? int.MaxValue : b + s)])], Output);
                break;
            case "STRIDED_SLICE":
                StridedSlice();
                break;
            case "REVERSE_V2":
                Node("Slice", [Input(0), Integers([.. Values(1).Select(static _ => -1)]), Integers([.. Values(1).Select(static _ => int.MinValue)]), Integers(Values(1)), Integers([.. Values(1).Select(static _ => -1)])], Output);
                break;
            case "GATHER" or "EMBEDDING_LOOKUP":
                Node("Gather", name == "GATHER" ? [Input(0), Input(1)] : [Input(1), Input(0)], Output, ("axis", name == "GATHER" ? (long)(options?.Integer(0) ?? 0) : 0L));
                break;
            case "MEAN" or "SUM" or "REDUCE_MAX" or "REDUCE_MIN":
                Node(name switch { "MEAN" => "ReduceMean", "SUM" => "ReduceSum", "REDUCE_MAX" => "ReduceMax", _ => "ReduceMin" }, [Input(0), Integers(Values(1))], Output,
                    ("keepdims", options?.Boolean(0) == true ? 1L : 0L));
                break;
            case "ARG_MAX" or "ARG_MIN":
                Node(name == "ARG_MAX" ? "ArgMax" : "ArgMin", [Input(0)], Output, ("axis", (long)Values(1)[0]), ("keepdims", 0L));
                break;
            case "RESIZE_BILINEAR" or "RESIZE_NEAREST_NEIGHBOR":
                Resize();
                break;
            case "DEPTH_TO_SPACE" or "SPACE_TO_DEPTH":
                AsChannels(name == "DEPTH_TO_SPACE" ? "DepthToSpace" : "SpaceToDepth", [], Output, ("blocksize", (long)(options?.Integer(0) ?? 1)));
                break;
            case "SHAPE":
                Node("Shape", [Input(0)], Output);
                break;
            default:
                Outputs(name, Inputs); // the importer says that there is no layer for it
                break;
        }
    }

    private string[] Inputs => [.. inputs.Select(file.NameOf)];

    private string Input(int index) => index < inputs.Length ? file.NameOf(inputs[index]) : "";

    private int Byte(int field) => options?.Byte(field) ?? 0;

    private static string Plain(string name) => name switch
    {
        "RELU" => "Relu", "TANH" => "Tanh", "LOGISTIC" => "Sigmoid", "ELU" => "Elu", "HARD_SWISH" => "HardSwish", "EXP" => "Exp", "LOG" => "Log", "SQRT" => "Sqrt",
        "ABS" => "Abs", "NEG" => "Neg", "SIN" => "Sin", "COS" => "Cos", _ => "Identity",
    };

    private void Node(string type, IReadOnlyList<string> reads, string gives, params (string Name, object Value)[] attributes) =>
        file.Add(new ModelNode(type, Title, reads, [gives]) { Attributes = attributes.ToDictionary(static a => a.Name, static a => a.Value) });

    private void Outputs(string type, IReadOnlyList<string> reads, params (string Name, object Value)[] attributes) =>
        file.Add(new ModelNode(type, Title, reads, [.. outputs.Select(file.NameOf)]) { Attributes = attributes.ToDictionary(static a => a.Name, static a => a.Value) });

    private string Integers(int[] values) => file.AddConstant(Title, Constant.List([.. values.Select(static v => (long)v)]));

    /// <summary>An input that says sizes, axes or places.</summary>
    private int[] Values(int index) => Known(index).Integers.Select(static v => (int)Math.Clamp(v, int.MinValue, int.MaxValue)).ToArray();

    private Constant Known(int index) => file.ConstantNamed(Input(index)) ?? throw new ImportException($"{name} '{Title}': its input {index} is not a constant, but computed");

    /// <summary>What the operator gives before the function that it applies: the operator's own output where there is none.</summary>
    private string Activated(int activation)
    {
        if (activation == 0)
            return Output;
        string before = file.Between(Title);
        if (activation >= Activations.Count || Activations[activation] is not { Length: > 0 } function)
        {
            if (activation != 2)
                throw new ImportException($"{name} '{Title}': it applies the function {activation}, which is not known");
            Clip(before, -1, 1, Output);
        }
        else if (function == "Relu6")
            Clip(before, 0, 6, Output);
        else
            Node(function, [before], Output);
        return before;
    }

    private void Clip(string x, double min, double max, string gives) => Node("Clip", [x], gives, ("min", min), ("max", max));

    /// <summary>An operator over channels that come first, between two transpositions.</summary>
    private void AsChannels(string type, IReadOnlyList<string> others, string gives, params (string Name, object Value)[] attributes)
    {
        string first = file.Between(Title), result = file.Between(Title);
        Node("Transpose", [Input(0)], first, ("perm", s_toFirst));
        Node(type, [first, .. others], result, attributes);
        Node("Transpose", [result], gives, ("perm", s_toLast));
    }

    private void Convolve(string type, bool isDepthwise)
    {
        Constant weight = Known(1);
        // [out, h, w, in] there, and [1, h, w, out] where each channel has its own.
        Constant turned = ConstantOperators.Transposed(weight, isDepthwise ? [3, 0, 1, 2] : [0, 3, 1, 2]);
        int field = isDepthwise ? 4 : 3, channels = file.ShapeOf(inputs[0])[^1];
        string[] others = Input(2).Length > 0 ? [file.AddConstant(Input(1), turned), Input(2)] : [file.AddConstant(Input(1), turned)];
        int groups = isDepthwise ? channels : Math.Max(channels / Math.Max(turned.Shape[1], 1), 1);
        AsChannels(type, others, Activated(Byte(field)),
            ("auto_pad", Byte(0) == Same ? "SAME_UPPER" : "VALID"), ("group", (long)groups),
            ("strides", new long[] { options?.Integer(2, 1) ?? 1, options?.Integer(1, 1) ?? 1 }),
            ("dilations", new long[] { options?.Integer(field + 2, 1) ?? 1, options?.Integer(field + 1, 1) ?? 1 }));
    }

    private void TransposeConvolve()
    {
        // The output's shape, the weight [out, h, w, in], the input.
        int[] shape = Values(0);
        Constant turned = ConstantOperators.Transposed(Known(1), [3, 0, 1, 2]);
        string first = file.Between(Title), result = file.Between(Title);
        Node("Transpose", [Input(2)], first, ("perm", s_toFirst));
        string weight = file.AddConstant(Input(1), turned);
        Node("ConvTranspose", Input(3).Length > 0 ? [first, weight, Input(3)] : [first, weight], result,
            ("auto_pad", "SAME_UPPER"), ("output_shape", new long[] { shape[1], shape[2] }), ("strides", new long[] { options?.Integer(2, 1) ?? 1, options?.Integer(1, 1) ?? 1 }));
        Node("Transpose", [result], Activated(Byte(3)), ("perm", s_toLast));
    }

    private void Pool() => AsChannels(
        name == "MAX_POOL_2D" ? "MaxPool" : "AveragePool", [], Activated(Byte(5)), ("auto_pad", Byte(0) == Same ? "SAME_UPPER" : "VALID"),
        ("kernel_shape", new long[] { options?.Integer(4, 1) ?? 1, options?.Integer(3, 1) ?? 1 }), ("strides", new long[] { options?.Integer(2, 1) ?? 1, options?.Integer(1, 1) ?? 1 }));

    private void FullyConnect()
    {
        int[] weight = Known(1).Shape, shape = file.ShapeOf(inputs[0]);
        if (Byte(1) != 0)
            throw new ImportException($"FULLY_CONNECTED '{Title}': its weight is shuffled for a processor");
        string x = Input(0);
        bool keeps = options?.Boolean(2) == true;
        if (!keeps && shape.Length != 2)
            Node("Reshape", [x, Integers([-1, weight[^1]])], x = file.Between(Title));
        string result = Activated(Byte(0));
        if (keeps && shape.Length != 2)
        {
            string product = Input(2).Length > 0 ? file.Between(Title) : result;
            Node("MatMul", [x, file.AddConstant(Input(1), ConstantOperators.Transposed(Known(1), [1, 0]))], product);
            if (Input(2).Length > 0)
                Node("Add", [product, Input(2)], result);
        }
        else
            Node("Gemm", Input(2).Length > 0 ? [x, Input(1), Input(2)] : [x, Input(1)], result, ("transB", 1L));
    }

    private void Pack()
    {
        int axis = options?.Integer(1) ?? 0;
        string[] parts = [.. Inputs.Select(x =>
        {
            string part = file.Between(Title);
            Node("Unsqueeze", [x, Integers([axis])], part);
            return part;
        })];
        Node("Concat", parts, Output, ("axis", (long)axis));
    }

    private void Unpack()
    {
        int axis = options?.Integer(1) ?? 0;
        for (int i = 0; i < outputs.Length; i++)
            Node("Gather", [Input(0), file.AddConstant(Title, Constant.Scalar(i, ElementKind.Integer))], file.NameOf(outputs[i]), ("axis", (long)axis));
    }

    private void Pad()
    {
        // [axes, 2]: before and after each.
        int[] pads = Values(1);
        int rank = pads.Length / 2;
        string mode = name != "MIRROR_PAD" ? "constant" : Byte(0) == 0 ? "reflect" : "symmetric";
        int[] turned = [.. Enumerable.Range(0, rank).Select(k => pads[2 * k]), .. Enumerable.Range(0, rank).Select(k => pads[2 * k + 1])];
        string[] reads = name == "PADV2" ? [Input(0), Integers(turned), Input(2)] : [Input(0), Integers(turned)];
        Node("Pad", reads, Output, ("mode", mode));
    }

    private void StridedSlice()
    {
        int[] begin = Values(1), end = Values(2), step = Values(3);
        int beginMask = options?.Integer(0) ?? 0, endMask = options?.Integer(1) ?? 0, shrink = options?.Integer(4) ?? 0;
        if (options is { } o && (o.Integer(2) != 0 || o.Integer(3) != 0))
            throw new ImportException($"STRIDED_SLICE '{Title}': it has an ellipsis or a new axis");
        int[] starts = new int[begin.Length], ends = new int[begin.Length];
        for (int k = 0; k < begin.Length; k++)
        {
            bool isOne = (shrink >> k & 1) != 0;
            starts[k] = (beginMask >> k & 1) != 0 ? step[k] > 0 ? 0 : int.MaxValue : begin[k];
            ends[k] = isOne ? begin[k] == -1 ? int.MaxValue : begin[k] + 1 : (endMask >> k & 1) != 0 ? step[k] > 0 ? int.MaxValue : int.MinValue : end[k];
        }

        int[] gone = [.. Enumerable.Range(0, begin.Length).Where(k => (shrink >> k & 1) != 0)];
        string sliced = gone.Length > 0 ? file.Between(Title) : Output;
        Node("Slice", [Input(0), Integers(starts), Integers(ends), Integers([.. Enumerable.Range(0, begin.Length)]), Integers([.. step.Select((s, k) => gone.Contains(k) ? 1 : s)])], sliced);
        if (gone.Length > 0)
            Node("Squeeze", [sliced, Integers(gone)], Output);
    }

    private void Resize()
    {
        int[] size = Values(1);
        bool isLinear = name == "RESIZE_BILINEAR";
        bool aligns = options?.Boolean(isLinear ? 2 : 0) == true, halves = options?.Boolean(isLinear ? 3 : 1) == true;
        int[] shape = file.ShapeOf(inputs[0]);
        AsChannels("Resize", ["", "", Integers([shape[0], shape[3], .. size])], Output, ("mode", isLinear ? "linear" : "nearest"),
            ("coordinate_transformation_mode", aligns ? "align_corners" : halves ? "half_pixel" : "asymmetric"), ("nearest_mode", halves ? "round_prefer_ceil" : "floor"));
    }
}
