using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NetGen.Models.Onnx.Runtime;

/// <summary>A model of ONNX that ONNX Runtime computes, on floats: what other types its inputs and outputs have is converted.</summary>
internal sealed class OnnxRuntimeSession : IDisposable
{
    private readonly InferenceSession _session;

    private OnnxRuntimeSession(InferenceSession session)
    {
        _session = session;
        Inputs = [.. session.InputNames.Select(name => (name, session.InputMetadata[name].Dimensions))];
        Outputs = [.. session.OutputNames.Select(name => (name, session.OutputMetadata[name].Dimensions))];
    }

    /// <summary>The inputs; an axis of no fixed size is -1.</summary>
    public IReadOnlyList<(string Name, int[] Shape)> Inputs { get; }

    /// <summary>The outputs; an axis of no fixed size is -1.</summary>
    public IReadOnlyList<(string Name, int[] Shape)> Outputs { get; }

    /// <summary>Opens a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="whyNot">Why there is no session: the runtime is not there, or does not take the model; else empty.</param>
    public static OnnxRuntimeSession? TryOpen(string path, out string whyNot)
    {
        whyNot = "";
        if (!File.Exists(path))
            whyNot = $"there is no file '{path}'";
        else if (OnnxRuntimeLibrary.Problem is { } problem)
            whyNot = problem;
        if (whyNot.Length > 0)
            return null;
        try
        {
            // As the model is written: what is optimized is rounded otherwise.
            using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            var session = new InferenceSession(path, options);
            string[] foreign = [.. session.InputMetadata.Concat(session.OutputMetadata).Where(static m => !m.Value.IsTensor || m.Value.ElementDataType == TensorElementType.String).Select(static m => m.Key)];
            if (foreign.Length == 0)
                return new OnnxRuntimeSession(session);
            session.Dispose();
            whyNot = $"{path}: '{foreign[0]}' is no tensor of numbers";
        }
        catch (OnnxRuntimeException e)
        {
            whyNot = $"{path}: ONNX Runtime does not take it: {FirstLine(e.Message)}";
        }

        return null;
    }

    /// <summary>An input that takes whole numbers or truths.</summary>
    public bool IsWhole(string input) => _session.InputMetadata[input].ElementDataType is not (TensorElementType.Float or TensorElementType.Double or TensorElementType.Float16);

    /// <summary>Computes the outputs.</summary>
    /// <param name="inputs">Each of <see cref="Inputs"/>, row by row; whole numbers where the model takes those, and 0 or 1 where it takes truths.</param>
    /// <exception cref="ArgumentException">An input is missing, or has more or fewer numbers than its shape.</exception>
    /// <exception cref="InvalidDataException">ONNX Runtime refuses, as it does for a shape that does not fit.</exception>
    public IReadOnlyDictionary<string, float[]> Run(IReadOnlyDictionary<string, (float[] Values, int[] Shape)> inputs)
    {
        var given = new List<NamedOnnxValue>();
        foreach ((string name, _) in Inputs)
        {
            if (!inputs.TryGetValue(name, out (float[] Values, int[] Shape) input))
                throw new ArgumentException($"the input '{name}' is missing", nameof(inputs));
            if (input.Values.Length != input.Shape.Aggregate(1L, static (product, size) => product * size))
                throw new ArgumentException($"the input '{name}' has {input.Values.Length} numbers, but the shape [{string.Join(", ", input.Shape)}]", nameof(inputs));
            given.Add(ValueOf(name, _session.InputMetadata[name].ElementDataType, input.Values, input.Shape));
        }

        try
        {
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = _session.Run(given);
            return outputs.ToDictionary(static o => o.Name, FloatsOf);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime refuses: {FirstLine(e.Message)}", e);
        }
    }

    public void Dispose() => _session.Dispose();

    private static NamedOnnxValue ValueOf(string name, TensorElementType type, float[] values, int[] shape)
    {
        NamedOnnxValue Of<T>(Converter<float, T> convert) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(Array.ConvertAll(values, convert), shape));
        return type switch
        {
            TensorElementType.Float => Of(static v => v),
            TensorElementType.Double => Of(static v => (double)v),
            TensorElementType.Float16 => Of(static v => (Float16)v),
            TensorElementType.Int64 => Of(static v => (long)v),
            TensorElementType.Int32 => Of(static v => (int)v),
            TensorElementType.Int16 => Of(static v => (short)v),
            TensorElementType.Int8 => Of(static v => (sbyte)v),
            TensorElementType.UInt8 => Of(static v => (byte)v),
            TensorElementType.Bool => Of(static v => v != 0),
            _ => throw new InvalidDataException($"the input '{name}' has numbers of the type {type}, which floats are not converted to"),
        };
    }

    private static float[] FloatsOf(DisposableNamedOnnxValue value) => value.ElementType switch
    {
        TensorElementType.Float => [.. value.AsEnumerable<float>()],
        TensorElementType.Float16 => [.. value.AsEnumerable<Float16>().Select(static v => (float)v)],
        TensorElementType.Bool => [.. value.AsEnumerable<bool>().Select(static v => v ? 1f : 0)],
        TensorElementType.Double => Rounded<double>(value),
        TensorElementType.Int64 => Rounded<long>(value),
        TensorElementType.Int32 => Rounded<int>(value),
        TensorElementType.Int16 => Rounded<short>(value),
        TensorElementType.Int8 => Rounded<sbyte>(value),
        TensorElementType.UInt8 => Rounded<byte>(value),
        _ => throw new InvalidDataException($"the output '{value.Name}' has numbers of the type {value.ElementType}, which are not converted to floats"),
    };

    private static float[] Rounded<T>(DisposableNamedOnnxValue value) where T : INumberBase<T> => [.. value.AsEnumerable<T>().Select(float.CreateChecked)];

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('\r', '.', ' ');
}
