using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using NetGen.Compiler.Binding;
using NetGen.Models;
using NetGen.Models.Onnx.Export;

namespace NetGen.Benchmarks;

/// <summary>The exported model in ONNX Runtime: for each sample a binding of its inputs and of the outputs, made once.</summary>
internal sealed class OnnxGalleryRun : IGalleryRun
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _values = [];
    private readonly OrtIoBinding[] _bindings;

    /// <summary>What the network gives, output after output; of a stream the state is not among it.</summary>
    private readonly float[][] _outputs;

    /// <summary>A stream's state: calls read one place and write the other in turn.</summary>
    private readonly float[][] _state;

    /// <param name="network">Whose weights these are; of a stream, over one step, with its state behind its first input and output.</param>
    /// <param name="samples">How many of the inputs there are: an even number, so that each reads the same place of the state whenever its turn comes.</param>
    public OnnxGalleryRun(Network network, NetworkWeights weights, float[] inputs, int samples, bool isStep)
    {
        _session = OnnxRuntimePeer.Session(OnnxExporter.Export(network, name => weights.Tensors[name], new ExportOptions("gallery")).ToByteArray());
        int own = isStep ? 1 : network.Inputs.Count, size = network.Inputs.Take(own).Sum(static i => i.Shape.Size);
        _outputs = [.. network.Outputs.Take(isStep ? 1 : network.Outputs.Count).Select(static o => new float[o.Shape.Size])];
        _state = [.. network.Inputs.Skip(own).SelectMany(static i => new[] { new float[i.Shape.Size], new float[i.Shape.Size] })];
        OrtValue[] outputs = [.. network.Outputs.Take(_outputs.Length).Select((o, k) => Value(_outputs[k], o.Shape.Dimensions))];
        OrtValue[] states = [.. _state.Select((s, k) => Value(s, network.Inputs[own + (k / 2)].Shape.Dimensions))];
        _bindings = [.. Enumerable.Range(0, samples).Select(Bind)];

        OrtIoBinding Bind(int sample)
        {
            OrtIoBinding binding = _session.CreateIoBinding();
            for (int k = 0; k < own; k++)
            {
                InputPart input = network.Inputs[k];
                binding.BindInput(_session.InputNames[k], Value(inputs.AsMemory((sample * size) + input.Offset, input.Shape.Size), input.Shape.Dimensions));
            }

            for (int k = 0; k < outputs.Length; k++)
                binding.BindOutput(_session.OutputNames[k], outputs[k]);
            for (int k = 0; k < states.Length / 2; k++)
            {
                binding.BindInput(_session.InputNames[own + k], states[(2 * k) + (sample % 2)]);
                binding.BindOutput(_session.OutputNames[outputs.Length + k], states[(2 * k) + 1 - (sample % 2)]);
            }

            return binding;
        }
    }

    public float[] Outputs()
    {
        Array.ForEach(_state, Array.Clear);
        List<float> all = [];
        for (int sample = 0; sample < _bindings.Length; sample++)
        {
            Run(sample, 1);
            all.AddRange(_outputs.SelectMany(static o => o));
        }

        return [.. all];
    }

    public double Time(long calls)
    {
        Array.ForEach(_state, Array.Clear);
        long start = Stopwatch.GetTimestamp();
        Run(0, calls);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    public void Dispose()
    {
        foreach (IDisposable item in (IEnumerable<IDisposable>)[.. _bindings, .. _values, _options, _session])
            item.Dispose();
    }

    private OrtValue Value(Memory<float> memory, IEnumerable<int> shape)
    {
        OrtValue value = OnnxContender.Value(memory, [1, .. shape]);
        _values.Add(value);
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Run(int sample, long calls)
    {
        for (long k = 0; k < calls; k++)
        {
            _session.RunWithBinding(_options, _bindings[sample]);
            sample = sample + 1 == _bindings.Length ? 0 : sample + 1;
        }
    }
}
