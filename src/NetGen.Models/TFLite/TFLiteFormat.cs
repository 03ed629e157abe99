using System.Collections.Generic;

namespace NetGen.Models.TFLite;

/// <summary>The numbers of fields, of types and of operators in the schema of TensorFlow Lite.</summary>
internal static class TFLiteFormat
{
    /// <summary>The letters behind the first four bytes of a file.</summary>
    public const string Identifier = "TFL3";

    public static class Model
    {
        public const int OperatorCodes = 1, Subgraphs = 2, Description = 3, Buffers = 4;
    }

    public static class OperatorCode
    {
        public const int Old = 0, Custom = 1, Code = 3;
    }

    public static class Subgraph
    {
        public const int Tensors = 0, Inputs = 1, Outputs = 2, Operators = 3;
    }

    public static class Tensor
    {
        public const int Shape = 0, Type = 1, Buffer = 2, Name = 3, Quantization = 4;
    }

    public static class Quantization
    {
        public const int Scale = 2, ZeroPoint = 3, Dimension = 6;
    }

    public static class Operator
    {
        public const int Code = 0, Inputs = 1, Outputs = 2, Options = 4;
    }

    /// <summary>The types of elements.</summary>
    public static readonly IReadOnlyList<string> Types =
        ["float32", "float16", "int32", "uint8", "int64", "string", "bool", "int16", "complex64", "int8", "float64"];

    /// <summary>The functions that an operator may apply to what it gives, as operators of ONNX.</summary>
    public static readonly IReadOnlyList<string?> Activations = [null, "Relu", "", "Relu6", "Tanh", ""];

    /// <summary>The names of operators, for messages.</summary>
    public static readonly IReadOnlyDictionary<int, string> Operators = new Dictionary<int, string>
    {
        [0] = "ADD", [1] = "AVERAGE_POOL_2D", [2] = "CONCATENATION", [3] = "CONV_2D", [4] = "DEPTHWISE_CONV_2D", [5] = "DEPTH_TO_SPACE", [6] = "DEQUANTIZE",
        [7] = "EMBEDDING_LOOKUP", [8] = "FLOOR", [9] = "FULLY_CONNECTED", [11] = "L2_NORMALIZATION", [12] = "L2_POOL_2D", [13] = "LOCAL_RESPONSE_NORMALIZATION",
        [14] = "LOGISTIC", [16] = "LSTM", [17] = "MAX_POOL_2D", [18] = "MUL", [19] = "RELU", [20] = "RELU_N1_TO_1", [21] = "RELU6", [22] = "RESHAPE",
        [23] = "RESIZE_BILINEAR", [24] = "RNN", [25] = "SOFTMAX", [26] = "SPACE_TO_DEPTH", [27] = "SVDF", [28] = "TANH", [32] = "CUSTOM", [34] = "PAD",
        [35] = "UNIDIRECTIONAL_SEQUENCE_RNN", [36] = "GATHER", [37] = "BATCH_TO_SPACE_ND", [38] = "SPACE_TO_BATCH_ND", [39] = "TRANSPOSE", [40] = "MEAN",
        [41] = "SUB", [42] = "DIV", [43] = "SQUEEZE", [44] = "UNIDIRECTIONAL_SEQUENCE_LSTM", [45] = "STRIDED_SLICE", [47] = "EXP", [49] = "SPLIT",
        [50] = "LOG_SOFTMAX", [53] = "CAST", [54] = "PRELU", [55] = "MAXIMUM", [56] = "ARG_MAX", [57] = "MINIMUM", [58] = "LESS", [59] = "NEG", [60] = "PADV2",
        [61] = "GREATER", [64] = "SELECT", [65] = "SLICE", [66] = "SIN", [67] = "TRANSPOSE_CONV", [69] = "TILE", [70] = "EXPAND_DIMS", [71] = "EQUAL",
        [73] = "LOG", [74] = "SUM", [75] = "SQRT", [76] = "RSQRT", [77] = "SHAPE", [78] = "POW", [79] = "ARG_MIN", [80] = "FAKE_QUANT", [82] = "REDUCE_MAX",
        [83] = "PACK", [88] = "UNPACK", [89] = "REDUCE_MIN", [92] = "SQUARE", [94] = "FILL", [96] = "RANGE", [97] = "RESIZE_NEAREST_NEIGHBOR", [98] = "LEAKY_RELU",
        [99] = "SQUARED_DIFFERENCE", [100] = "MIRROR_PAD", [101] = "ABS", [102] = "SPLIT_V", [105] = "REVERSE_V2", [106] = "ADD_N", [108] = "COS", [111] = "ELU",
        [114] = "QUANTIZE", [117] = "HARD_SWISH", [118] = "IF", [119] = "WHILE", [126] = "BATCH_MATMUL", [129] = "CALL_ONCE", [130] = "BROADCAST_TO", [142] = "VAR_HANDLE",
        [143] = "READ_VARIABLE", [144] = "ASSIGN_VARIABLE", [150] = "GELU",
    };
}
