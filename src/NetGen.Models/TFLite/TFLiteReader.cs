using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Google.FlatBuffers;
using NetGen.Models.Graphs;
using static NetGen.Models.TFLite.TFLiteFormat;

namespace NetGen.Models.TFLite;

/// <summary>
/// Reads a TensorFlow Lite file as a graph of ONNX's operators. Images have their channels last there: what reads them as channels is given a transposition
/// before and behind it, as converters to ONNX do, and the importer takes both away.
/// </summary>
internal sealed class TFLiteReader
{
    private readonly TFLiteTable[] _tensors, _buffers;
    private readonly Dictionary<string, Func<Constant>> _constants = [];
    private readonly List<ModelNode> _nodes = [];
    private readonly string[] _names;
    private int _made;

    private TFLiteReader(TFLiteTable[] tensors, TFLiteTable[] buffers)
    {
        (_tensors, _buffers) = (tensors, buffers);
        // Names need not be unique there.
        var taken = new HashSet<string>();
        _names = [.. tensors.Select((t, i) => t.Text(Tensor.Name) is { Length: > 0 } name && taken.Add(name) ? name : $"tensor_{i}")];
    }

    public static bool IsSuch(ReadOnlySpan<byte> bytes) => bytes.Length > 8 && bytes.Slice(4, 4).SequenceEqual(Encoding.ASCII.GetBytes(Identifier));

    /// <summary>The model.</summary>
    /// <exception cref="ImportException">It is damaged, or computes in 8-bit numbers.</exception>
    public static ModelGraph Read(byte[] bytes)
    {
        try
        {
            TFLiteTable model = TFLiteTable.Root(new ByteBuffer(bytes));
            if (model.Children(Model.Subgraphs) is not [var graph, ..])
                throw new ImportException("it has no graph");
            var reader = new TFLiteReader(graph.Children(Subgraph.Tensors), model.Children(Model.Buffers));
            return reader.Read(model, graph);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException)
        {
            throw new ImportException("it is damaged: a place in it lies outside of the file");
        }
    }

    private ModelGraph Read(TFLiteTable model, TFLiteTable graph)
    {
        int[] inputs = Known(graph.Integers(Subgraph.Inputs)), outputs = Known(graph.Integers(Subgraph.Outputs));
        TFLiteTable[] codes = model.Children(Model.OperatorCodes);
        bool IsConstant(int tensor) => _tensors[tensor].Integer(Tensor.Buffer) is > 0 and var buffer && buffer < _buffers.Length && _buffers[buffer].Bytes(0).Length > 0;
        int quantized = Enumerable.Range(0, _tensors.Length).FirstOrDefault(i => TypeOf(i) is "int8" or "uint8" or "int16" && !IsConstant(i), -1);
        if (quantized >= 0)
        {
            throw new ImportException(
                $"it computes in 8-bit numbers ('{_names[quantized]}' is {TypeOf(quantized)}), which are not read; convert the model without quantization: leave converter.optimizations out");
        }

        for (int i = 0; i < _tensors.Length; i++)
        {
            int tensor = i;
            if (IsConstant(i))
            {
                var value = new Lazy<Constant>(() => ConstantOf(tensor));
                _constants[_names[i]] = () => value.Value;
            }
        }

        foreach (TFLiteTable op in graph.Children(Subgraph.Operators))
        {
            int index = op.Integer(Operator.Code);
            if (index < 0 || index >= codes.Length)
                throw new ImportException($"it is damaged: an operator is number {index} of {codes.Length}");
            TFLiteTable code = codes[index];
            // The old field is a byte, and the new one was not written once.
            int number = Math.Max(code.Integer(OperatorCode.Code), code.Byte(OperatorCode.Old));
            int[] reads = op.Integers(Operator.Inputs), gives = Known(op.Integers(Operator.Outputs));
            if (reads.Any(r => r < -1 || r >= _tensors.Length) || gives.Length == 0)
                throw new ImportException("it is damaged: an operator reads a tensor that is not there");
            string name = Operators.GetValueOrDefault(number) ?? $"operator {number}";
            if (number == 32)
                name = $"CUSTOM {code.Text(OperatorCode.Custom)}";
            new TFLiteOperator(this, name, op.Child(Operator.Options), reads, gives).Add();
        }

        return new ModelGraph(
            [.. inputs.Select(i => new ModelInput(_names[i], [.. ShapeOf(i).Select(static d => d > 0 ? (int?)d : null)], [.. ShapeOf(i).Select(static _ => "?")]))],
            [.. outputs.Select(o => _names[o])], _nodes, _constants)
        {
            OperatorSet = 17,
            Producer = "TensorFlow Lite's converter",
            Notes = Enumerable.Range(0, _tensors.Length).Any(i => TypeOf(i) is "int8" or "uint8" or "float16" && IsConstant(i))
                ? ["weights that the file stores in 8 or 16 bits are taken for the floats that they stand for; TensorFlow Lite may round what is multiplied by them to 8 bits as well, which the network does not"] : [],
        };
    }

    public string NameOf(int tensor) => tensor < 0 ? "" : _names[tensor];

    public int[] ShapeOf(int tensor) => _tensors[tensor].Integers(Tensor.Shape);

    /// <summary>A tensor of the file, or one that was made of it.</summary>
    public Constant? ConstantNamed(string name) => _constants.TryGetValue(name, out Func<Constant>? value) ? value() : null;

    public void Add(ModelNode node) => _nodes.Add(node);

    /// <summary>A name for a value between two nodes that are one operator there.</summary>
    public string Between(string name) => $"{name}/{++_made}";

    public string AddConstant(string name, Constant constant)
    {
        string own = Between(name);
        _constants[own] = () => constant with { Name = name };
        return own;
    }

    private int[] Known(int[] tensors) => Array.TrueForAll(tensors, t => t >= 0 && t < _tensors.Length) ? tensors
        : throw new ImportException("it is damaged: it names a tensor that is not there");

    private string TypeOf(int tensor) => _tensors[tensor].Byte(Tensor.Type) is var type && type < Types.Count ? Types[type] : $"type {type}";

    private Constant ConstantOf(int tensor)
    {
        ReadOnlySpan<byte> data = _buffers[_tensors[tensor].Integer(Tensor.Buffer)].Bytes(0);
        int[] shape = ShapeOf(tensor);
        if (shape.Any(static d => d < 0))
            throw new ImportException($"the tensor '{_names[tensor]}' has the shape {Sizes.Text(shape)}");
        int count = Sizes.Product(shape);
        string type = TypeOf(tensor);
        int size = type switch { "float32" or "int32" => 4, "float16" => 2, "int64" or "float64" => 8, "bool" or "int8" or "uint8" => 1, "int16" => 2, _ => throw new ImportException($"the tensor '{_names[tensor]}' is of the type {type}, which has no numbers") };
        if (data.Length < (long)size * count)
            throw new ImportException($"the tensor '{_names[tensor]}' has {data.Length} bytes of data, but its shape {Sizes.Text(shape)} asks for {(long)size * count}; the file is damaged");
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> at = data.Slice(i * size, size);
            values[i] = type switch
            {
                "float32" => BinaryPrimitives.ReadSingleLittleEndian(at),
                "int32" => BinaryPrimitives.ReadInt32LittleEndian(at),
                "float16" => (double)BinaryPrimitives.ReadHalfLittleEndian(at),
                "int64" => BinaryPrimitives.ReadInt64LittleEndian(at),
                "float64" => BinaryPrimitives.ReadDoubleLittleEndian(at),
                "int16" => BinaryPrimitives.ReadInt16LittleEndian(at),
                "int8" => (sbyte)at[0],
                _ => at[0],
            };
        }

        if (_tensors[tensor].Child(Tensor.Quantization) is { } scheme && scheme.Floats(Quantization.Scale) is { Length: > 0 } scales)
        {
            // Weights that are stored in fewer bits: each stands for (q - zero) scale.
            long[] zeros = scheme.Longs(Quantization.ZeroPoint);
            int axis = scales.Length > 1 ? Math.Clamp(scheme.Integer(Quantization.Dimension), 0, Math.Max(shape.Length - 1, 0)) : 0;
            int inner = scales.Length > 1 ? Sizes.Product(shape.Skip(axis + 1)) : count;
            if (scales.Length > 1 && scales.Length != shape[axis])
                throw new ImportException($"the tensor '{_names[tensor]}' has {scales.Length} scales for {shape[axis]} parts; the file is damaged");
            for (int i = 0; i < count; i++)
            {
                int part = scales.Length > 1 ? i / inner % scales.Length : 0;
                values[i] = (values[i] - (zeros.Length > part ? zeros[part] : 0)) * scales[part];
            }

            type = "float32";
        }

        return new Constant(shape, values, type.StartsWith("float", StringComparison.Ordinal) ? ElementKind.Float : type == "bool" ? ElementKind.Boolean : ElementKind.Integer) { Name = _names[tensor] };
    }
}
